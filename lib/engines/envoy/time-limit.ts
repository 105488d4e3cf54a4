import type { Rule } from '../../model/architecture/index.js';
import { duration, type JsonObject, optional } from './json.js';

/**
 * How long a whole answer may take, all tries together: the rule's timeout, in milliseconds. For gRPC the request's own `grpc-timeout` where that is shorter;
 * the status is then DEADLINE_EXCEEDED. Either way Envoy passes on what is left: to a gRPC app as `grpc-timeout`.
 */
const timeLimit = (timeout: number, grpc: boolean): JsonObject =>
  grpc
    ? { max_stream_duration: { max_stream_duration: duration(timeout), grpc_timeout_header_max: duration(timeout) } }
    : { timeout: duration(timeout) };

/** Silence that Envoy bears by itself: not stated again. */
const usualIdle = 300_000;

/** A stream has no timeout but its age, which counts from the first byte of the request, where a timeout counts from its last. */
export const timeLimits = ({ policy: { timeout, idle }, stream }: Rule, grpc: boolean): JsonObject => ({
  ...(stream && !grpc
    ? { timeout: duration(0), max_stream_duration: { max_stream_duration: duration(timeout) } }
    : timeLimit(timeout, grpc)),
  ...optional('idle_timeout', idle === usualIdle ? undefined : duration(idle)),
});
