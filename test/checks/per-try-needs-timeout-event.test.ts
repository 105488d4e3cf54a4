import { perTryNeedsTimeoutEvent } from '../../lib/checks/per-try-needs-timeout-event.js';
import { architecture, found, service } from './build.js';

const call = (retries: object) => architecture({ orders: service({ calls: { stock: { timeout: '900ms', retries } } }), stock: service() });

test.each(['unavailable', 'gateway-error'])('a limit for each try is useless where only %s is retried', (event) => {
  expect(found(perTryNeedsTimeoutEvent, call({ max: 2, perTry: '200ms', on: [event] }))).toEqual([
    {
      at: 'services.orders.calls.stock.retries',
      is: `orders gives stock 200ms a try and 900ms in all, but retries on ${[event, 'unprocessed'].sort().join(', ')} only`,
      fix: {
        set: 'services.orders.calls.stock.retries',
        to: `{ max: 2, perTry: '200ms', on: [${['timeout', 'unprocessed', event]
          .sort()
          .map((each) => `'${each}'`)
          .join(', ')}] }`,
      },
    },
  ]);
});

test.each(['timeout', 'reset', '5xx'])('%s retries a try that ran out of time', (event) => {
  expect(found(perTryNeedsTimeoutEvent, call({ max: 2, perTry: '200ms', on: [event] }))).toEqual([]);
});

test('retries without a limit for each try are none of its business', () =>
  expect(found(perTryNeedsTimeoutEvent, call({ max: 2, on: ['unavailable'] }))).toEqual([]));

test('the fix keeps the rest of the retries, since the field is replaced as a whole', () => {
  const [finding] = found(
    perTryNeedsTimeoutEvent,
    call({ max: 2, perTry: '200ms', on: ['unavailable'], budget: 30, backOff: { base: '10ms' } }),
  );
  expect(finding?.fix).toEqual({
    set: 'services.orders.calls.stock.retries',
    to: "{ max: 2, perTry: '200ms', on: ['timeout', 'unavailable', 'unprocessed'], budget: 30, backOff: { base: '10ms', max: '100ms' } }",
  });
});

test('where nothing that an app may have done is repeated so far, the fix does not begin with it', () => {
  expect(found(perTryNeedsTimeoutEvent, call({ max: 2, perTry: '200ms' }))[0]?.fix).toBe(
    "take `perTry` out; or, if every such request may be repeated, say `idempotent: true` and retry on 'timeout' too",
  );
});
