import { isSafe, retryPolicy, safePart } from '../../../lib/engines/envoy/retry.js';
import type { RetryEvent } from '../../../lib/index.js';

const retries = (on: readonly RetryEvent[], perTry?: number) => ({ max: 2, perTry, on, budget: 20, backOff: { base: 25, max: 250 } });

test.each([
  [
    'unprocessed',
    {
      retry_on: 'connect-failure,refused-stream,retriable-headers',
      retriable_headers: [{ name: 'x-mesh-unprocessed', present_match: true }],
    },
  ],
  ['unavailable', { retry_on: 'retriable-status-codes', retriable_status_codes: [503] }],
  ['gateway-error', { retry_on: 'retriable-status-codes', retriable_status_codes: [502, 503, 504] }],
  ['5xx', { retry_on: '5xx' }],
  ['reset', { retry_on: 'reset' }],
  ['timeout', { retry_on: 'reset,retriable-headers', retriable_headers: [{ name: 'x-mesh-overdue', present_match: true }] }],
  ['cancelled', { retry_on: 'cancelled' }],
  ['deadline-exceeded', { retry_on: 'deadline-exceeded' }],
  ['grpc-unavailable', { retry_on: 'unavailable' }],
  ['internal', { retry_on: 'internal' }],
  ['resource-exhausted', { retry_on: 'resource-exhausted' }],
] as const)('%s becomes %j', (event, words) => {
  const { retry_host_predicate: _, host_selection_retry_max_attempts: __, ...policy } = retryPolicy(retries([event]), true);
  expect(policy).toEqual({ num_retries: 2, ...words });
});

test('events add up, each word and status once', () => {
  expect(retryPolicy(retries(['gateway-error', 'reset', 'timeout', 'unavailable', 'unprocessed'], 150), true)).toEqual({
    retry_on: 'connect-failure,refused-stream,reset,retriable-headers,retriable-status-codes',
    num_retries: 2,
    per_try_timeout: '0.15s',
    retriable_status_codes: [502, 503, 504],
    retriable_headers: [
      { name: 'x-mesh-overdue', present_match: true },
      { name: 'x-mesh-unprocessed', present_match: true },
    ],
    retry_host_predicate: [
      {
        name: 'envoy.retry_host_predicates.previous_hosts',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate' },
      },
    ],
    host_selection_retry_max_attempts: 5,
  });
});

test("a host outside the mesh is not asked whether it saw a request, only the connection's end is", () => {
  expect(retryPolicy(retries(['unprocessed']), false)).toMatchObject({ retry_on: 'connect-failure,refused-stream' });
  expect(retryPolicy(retries(['unprocessed']), false)).not.toHaveProperty('retriable_headers');
});

test('only unprocessed is safe for every request', () => {
  expect([isSafe(retries(['unprocessed'])), isSafe(retries(['unavailable', 'unprocessed'])), isSafe(retries(['timeout']))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('waits other than Envoy’s own are stated', () => {
  expect(retryPolicy({ ...retries(['reset']), backOff: { base: 40, max: 90 } }, true)['retry_back_off']).toEqual({
    base_interval: '0.04s',
    max_interval: '0.09s',
  });
});

test('the safe part of retries keeps their number and no time limit for a try', () => {
  expect(safePart(retries(['timeout', 'unprocessed'], 150))).toEqual({ ...retries(['unprocessed']), perTry: undefined });
  expect(safePart(retries(['timeout'], 150))).toBeUndefined();
});
