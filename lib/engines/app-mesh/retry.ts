import type { Policy } from '../../model/architecture/index.js';
import type { RetryEvent } from '../../model/spec/index.js';
import { type HttpRetryEvent, milliseconds, type RetryPolicy } from './spec.js';

/** The nearest events that App Mesh has. Never narrower than declared, except for a broken connection, which has none of its own. */
const nearest: Record<RetryEvent, { readonly http?: HttpRetryEvent; readonly tcp?: 'connection-error' }> = {
  unprocessed: { http: 'stream-error', tcp: 'connection-error' },
  unavailable: { http: 'gateway-error' },
  'gateway-error': { http: 'gateway-error' },
  '5xx': { http: 'server-error' },
  reset: {},
  timeout: { http: 'gateway-error' },
  cancelled: {},
  'deadline-exceeded': {},
  'grpc-unavailable': {},
  internal: {},
  'resource-exhausted': {},
};

const notRetried = 'not retried';

/** What becomes of an event that App Mesh does not have; undefined where it has it. */
export const inexact: Record<RetryEvent, string | undefined> = {
  unprocessed: "retried on refused streams and connection errors; what the callee's own sidecar could not hand to its app is not retried",
  unavailable: 'retried on 502 and 504 as well, and on broken connections',
  'gateway-error': undefined,
  '5xx': undefined,
  reset: notRetried,
  timeout: 'retried on 502, 503 and 504, whoever answers so',
  cancelled: notRetried,
  'deadline-exceeded': notRetried,
  'grpc-unavailable': notRetried,
  internal: notRetried,
  'resource-exhausted': notRetried,
};

/** Always stated: a route without one gets the service's hidden default of two retries, whatever the method. */
export function retryPolicy({ timeout, retries }: Policy): RetryPolicy {
  const none: RetryPolicy = { MaxRetries: 0, PerRetryTimeout: milliseconds(timeout), TcpRetryEvents: ['connection-error'] };
  if (retries === undefined) return none;
  const http = [...new Set(retries.on.flatMap((event) => nearest[event].http ?? []))].sort();
  const tcp = retries.on.some((event) => nearest[event].tcp !== undefined);
  if (http.length === 0 && !tcp) return none;
  return {
    MaxRetries: retries.max,
    PerRetryTimeout: milliseconds(Math.min(retries.perTry ?? timeout, timeout)),
    ...(http.length > 0 ? { HttpRetryEvents: http } : {}),
    ...(tcp ? { TcpRetryEvents: ['connection-error'] } : {}),
  };
}
