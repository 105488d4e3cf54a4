import type { IncomingHttpHeaders } from 'node:http';
import { deadlineHeader, edgePrincipalHeader, nobody } from '../engines/envoy/header.js';

/** What an app passes on with each of its calls, so that a trace, a request and its user stay one. */
const passedOn = [
  'traceparent',
  'tracestate',
  'baggage',
  'x-amzn-trace-id',
  'x-datadog-trace-id',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-datadog-origin',
  'x-datadog-tags',
  'x-request-id',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-sampled',
  'b3',
  'end-user',
  'grpc-timeout',
];
/** Never repeated in an answer. */
const secret = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);

export type Headers = Readonly<Record<string, string>>;

/**
 * The headers for a call on behalf of a request.
 *
 * @param routed header names that some callee routes on
 * @param elapsed milliseconds since the request came; they are taken off the deadline that its sidecar named
 */
export function contextOf(headers: IncomingHttpHeaders, routed: readonly string[], elapsed: number): Headers {
  const context: Record<string, string> = {};
  for (const name of new Set([...passedOn, ...routed])) {
    const value = headers[name];
    if (typeof value === 'string' && !secret.has(name)) context[name] = value;
  }
  const left = Number(headers[deadlineHeader]);
  if (left > 0) context[deadlineHeader] = String(Math.max(1, Math.ceil(left - elapsed)));
  return context;
}

/** Who the gateway says the client is; undefined where it is nobody. */
export function principalOf(headers: IncomingHttpHeaders): string | undefined {
  const principal = headers[edgePrincipalHeader]?.toString();
  return principal === nobody ? undefined : principal;
}

/** What a stub shows of the headers that it saw. */
export function shownHeaders(headers: IncomingHttpHeaders): Headers {
  const shown = Object.entries(headers).filter(([name, value]) => value !== undefined && !secret.has(name) && !name.startsWith(':'));
  return Object.fromEntries(shown.map(([name, value]) => [name, String(value)]).sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
}

/** Who called, as its sidecar verified: the URI that this service's own sidecar put into x-forwarded-client-cert. */
export function callerOf(headers: IncomingHttpHeaders): string | undefined {
  return /(?:^|[;,])URI=([^;,]+)/.exec(String(headers['x-forwarded-client-cert'] ?? ''))?.[1];
}
