import { timeoutsShrinkInwards } from '../../lib/checks/timeouts-shrink-inwards.js';
import { architecture, found, gateway, service, worker } from './build.js';

/** POST /orders → orders → stock. */
const shop = (outer: string, inner: object, callers: object = {}) =>
  architecture(
    { orders: service({ routes: [{ timeout: outer }], calls: { stock: inner } }), stock: service(), ...callers },
    gateway({ 'POST /orders': { to: 'orders' } }),
  );

test('a call that can take longer than its caller is given is an error', () => {
  expect(found(timeoutsShrinkInwards, shop('1s', { timeout: '3s' }))).toEqual([
    {
      at: 'services.orders.calls.stock.timeout',
      is: 'orders can wait 3s for stock, but POST /orders gives orders 1s',
      fix: "timeout: '1s' here, or at least '3s' for POST /orders → orders",
    },
  ]);
});

test('a call that is made several times counts as often', () => {
  expect(found(timeoutsShrinkInwards, shop('1s', { timeout: '400ms', fanOut: 3 }))).toEqual([
    {
      at: 'services.orders.calls.stock.timeout',
      is: 'orders can wait 3 × 400ms = 1.2s for stock, but POST /orders gives orders 1s',
      fix: "timeout: '333ms' here, or at least '1.2s' for POST /orders → orders",
    },
  ]);
});

test('where another caller gives enough it is a warning, since nobody says which request makes the call', () => {
  const subject = shop('5s', { timeout: '3s' }, { desk: worker({ calls: { orders: { timeout: '2s' } } }) });
  expect(found(timeoutsShrinkInwards, subject)).toEqual([
    expect.objectContaining({ severity: 'warning', is: 'orders can wait 3s for stock, but desk gives orders 2s; POST /orders gives 5s' }),
  ]);
});

test('what one try is given counts, not the whole timeout', () => {
  const desk = worker({ calls: { orders: { timeout: '5s', retries: { max: 1, perTry: '700ms', on: ['timeout'] } } } });
  expect(
    found(timeoutsShrinkInwards, architecture({ desk, orders: service({ calls: { stock: { timeout: '1s' } } }), stock: service() })),
  ).toEqual([expect.objectContaining({ is: 'orders can wait 1s for stock, but desk gives orders 700ms' })]);
});

test('equal timeouts hold: the one default of a mesh', () => expect(found(timeoutsShrinkInwards, shop('2s', {}))).toEqual([]));

test('the calls of a worker, for which nobody waits, are none of its business', () => {
  expect(
    found(timeoutsShrinkInwards, architecture({ nightly: worker({ calls: { stock: { timeout: '1h' } } }), stock: service() })),
  ).toEqual([]);
});

test('nor is a database, whose connection outlives the request', () => {
  const services = { orders: service({ routes: [{ timeout: '100ms' }], calls: { db: {} } }) };
  expect(
    found(
      timeoutsShrinkInwards,
      architecture(services, { external: { db: { protocol: 'tcp', port: 5432 } }, ...gateway({ 'GET /': { to: 'orders' } }) }),
    ),
  ).toEqual([]);
});

test('a stream, which has no timeout, is left out', () => {
  const subject = architecture({
    web: service({ calls: { orders: { timeout: '1s' } } }),
    orders: service({ calls: { pricing: {} } }),
    pricing: service({ routes: [{ stream: true }] }),
  });
  expect(found(timeoutsShrinkInwards, subject)).toEqual([]);
});
