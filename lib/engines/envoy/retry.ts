import type { Retries } from '../../model/architecture/index.js';
import type { RetryEvent } from '../../model/spec/index.js';
import { overdueHeader, unprocessedHeader } from './header.js';
import { duration, extension, type JsonObject, optional } from './json.js';

/** Methods that HTTP defines to be repeatable (RFC 9110, 9.2.2). */
export const idempotentMethods: readonly string[] = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'];

interface Words {
  readonly on: readonly string[];
  readonly statuses?: readonly number[];
  /** On an answer of the callee's sidecar, which says that it happened there. */
  readonly header?: string;
}

/**
 * What Envoy calls each event. Statuses are named one by one, because Envoy's own `gateway-error` also takes broken connections and timeouts.
 *
 * Envoy has one word for a broken connection and for a try that ran out of time: `reset`. Either of our two retries on both, and so does `5xx`,
 * which is why a try's time limit is given only where one of them is asked for.
 */
const words: Record<RetryEvent, Words> = {
  unprocessed: { on: ['connect-failure', 'refused-stream'], header: unprocessedHeader },
  unavailable: { on: ['retriable-status-codes'], statuses: [503] },
  'gateway-error': { on: ['retriable-status-codes'], statuses: [502, 503, 504] },
  '5xx': { on: ['5xx'] },
  reset: { on: ['reset'] },
  timeout: { on: ['reset'], header: overdueHeader },
  cancelled: { on: ['cancelled'] },
  'deadline-exceeded': { on: ['deadline-exceeded'] },
  'grpc-unavailable': { on: ['unavailable'] }, // Envoy's word for the gRPC status; ours of that name is HTTP's
  internal: { on: ['internal'] },
  'resource-exhausted': { on: ['resource-exhausted'] },
};

/** Whether every event is safe for a request that must not be carried out twice. */
export const isSafe = ({ on }: Retries): boolean => on.every((event) => event === 'unprocessed');

/** What remains for a request that must not be carried out twice: it is tried again only where it never reached the app, and no try is cut short. */
export const safePart = (retries: Retries): Retries | undefined =>
  retries.on.includes('unprocessed') ? { ...retries, perTry: undefined, on: ['unprocessed'] } : undefined;

/** The waits between tries that Envoy has by itself: not stated again. */
const usual = { base: 25, max: 250 };

/**
 * Envoy's retry policy. Its budget is the cluster's.
 * @param fromSidecar whether the answer is a sidecar's, whose word on what became of a request can be trusted
 */
export function retryPolicy({ max, perTry, on, backOff }: Retries, fromSidecar: boolean): JsonObject {
  const asked = on.map((event) => words[event]);
  const statuses = [...new Set(asked.flatMap((word) => word.statuses ?? []))].sort();
  const headers = fromSidecar ? asked.flatMap(({ header }) => (header === undefined ? [] : [header])) : [];
  return {
    retry_on: [...new Set([...asked.flatMap((word) => word.on), ...(headers.length === 0 ? [] : ['retriable-headers'])])].sort().join(','),
    num_retries: max,
    ...optional('per_try_timeout', perTry === undefined ? undefined : duration(perTry)),
    ...optional('retriable_status_codes', statuses.length === 0 ? undefined : statuses),
    ...optional('retriable_headers', headers.length === 0 ? undefined : headers.map((name) => ({ name, present_match: true }))),
    ...(backOff.base === usual.base && backOff.max === usual.max
      ? {}
      : { retry_back_off: { base_interval: duration(backOff.base), max_interval: duration(backOff.max) } }),
    retry_host_predicate: [
      extension('envoy.retry_host_predicates.previous_hosts', 'envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate'),
    ],
    host_selection_retry_max_attempts: 5, // draws until an instance comes up that was not tried; with none left, the last draw is taken
  };
}

/** A further try prefers whom no earlier try asked. */
export const nextPriority: JsonObject = {
  retry_priority: extension(
    'envoy.retry_priorities.previous_priorities',
    'envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig',
    { update_frequency: 1 },
  ),
};
