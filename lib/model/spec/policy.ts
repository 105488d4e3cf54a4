import type { Duration } from '../duration.js';
import type { BackOffSpec } from './resilience.js';

/** What a further try may follow; `RetriesSpec.on` says what each means. */
export type RetryEvent =
  | 'unprocessed'
  | 'unavailable'
  | 'gateway-error'
  | '5xx'
  | 'reset'
  | 'timeout'
  | 'cancelled'
  | 'deadline-exceeded'
  | 'grpc-unavailable'
  | 'internal'
  | 'resource-exhausted';

/** Further tries after the first, made by the caller's sidecar. */
export interface RetriesSpec {
  /** Further tries: 1 means two in all. 1 to 10. */
  max: number;
  /** The longest one try may take, such as `'150ms'`. Wants `timeout`, `reset` or `5xx` in `on`, else running out of it ends the request. @default the whole timeout */
  perTry?: Duration;
  /**
   * What is tried again. But for `unprocessed`, only requests that may be repeated are: GET, HEAD, PUT, DELETE, OPTIONS, and what says `idempotent: true`.
   *
   * - `unprocessed`: the request never reached the app: no connection, a stream refused, or the callee's sidecar says so. Always among them.
   * - `unavailable`: the app answered 503. `gateway-error`: 502, 503 or 504. `5xx`: any 5xx answer, or none at all.
   * - `reset`: the connection broke before an answer. `timeout`: the try took longer than `perTry`. Envoy has one event for both, so either means both.
   * - `cancelled`, `deadline-exceeded`, `grpc-unavailable`, `internal`, `resource-exhausted`: the status of gRPC, of an answer without a message. HTTP/2 only.
   *
   * @default ['unprocessed']
   */
  on?: RetryEvent[];
  /** Further tries at most, as a percentage of what one instance of the caller has under way to a version; 3 in any case. Where rules differ, the least holds. @default 20 */
  budget?: number;
  /** Waits between tries. @default { base: '25ms', max: '250ms' } */
  backOff?: BackOffSpec;
}

/** Whole fields: call > the call's `use` > route > `mesh.defaults`. Of a call's and a route's timeout the stricter holds. */
export interface PolicySpec {
  /** The whole answer, all tries together. @default '2s' */
  timeout?: Duration;
  /** How long nothing may travel in either direction, before the answer or in the middle of it. For requests: TCP has `listen.idleTimeout`. @default '5m' */
  idle?: Duration;
  /**
   * `false` for none. Over TCP connecting is tried again, and the timeout is divided among the tries.
   * @default { max: 1, on: ['unprocessed'] }: what never reached the app is tried once more
   */
  retries?: RetriesSpec | false;
}
