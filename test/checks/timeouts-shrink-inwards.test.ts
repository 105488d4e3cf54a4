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

test('what only some requests call, such a request waits for all the same', () => {
  expect(found(timeoutsShrinkInwards, shop('1s', { timeout: '3s', fanOut: 0.1 }))).toEqual([
    expect.objectContaining({ is: 'orders can wait 3s for stock, but POST /orders gives orders 1s' }),
  ]);
  expect(found(timeoutsShrinkInwards, shop('1s', { timeout: '600ms', fanOut: 1.5 }))).toEqual([
    expect.objectContaining({ is: 'orders can wait 2 × 600ms = 1.2s for stock, but POST /orders gives orders 1s' }),
  ]);
});

describe('a caller that meets several rules', () => {
  const subject = (...routes: object[]) =>
    architecture({
      desk: worker({ calls: { orders: {} } }),
      orders: service({ routes, calls: { stock: { timeout: '3s' } } }),
      stock: service(),
    });

  test('gives what each of them gives', () => {
    expect(found(timeoutsShrinkInwards, subject({ match: { path: '/slow' }, timeout: '5s' }))).toEqual([
      expect.objectContaining({ severity: 'warning', is: 'orders can wait 3s for stock, but desk gives orders 2s, for other requests 5s' }),
    ]);
  });

  test('gives nothing where it is a stream, which has no timeout', () => {
    expect(found(timeoutsShrinkInwards, subject({ match: { path: '/feed' }, stream: true }))).toEqual([
      expect.objectContaining({ is: 'orders can wait 3s for stock, but desk gives orders 2s' }),
    ]);
    expect(found(timeoutsShrinkInwards, subject({ stream: true }))).toEqual([]);
  });

  test('does not meet one below another that takes everything', () => {
    expect(found(timeoutsShrinkInwards, subject({ timeout: '5s' }, { match: { path: '/quick' }, timeout: '1s' }))).toEqual([]);
  });
});

test('who connects over TCP waits for no answer', () => {
  const subject = architecture({
    desk: worker({ calls: { store: {} } }),
    store: { listen: { protocol: 'tcp', port: 6379 }, calls: { stock: {} } },
    stock: service(),
  });
  expect(found(timeoutsShrinkInwards, subject)).toEqual([]);
});

test('where the tries do not fit into less, the fix says so', () => {
  const inner = { timeout: '1s', retries: { max: 2, perTry: '200ms', on: ['timeout'] }, idempotent: true };
  expect(found(timeoutsShrinkInwards, shop('500ms', inner))).toEqual([
    expect.objectContaining({
      is: 'orders can wait 700ms for stock, but POST /orders gives orders 500ms',
      fix: "fewer or shorter tries here, or at least '700ms' for POST /orders → orders",
    }),
  ]);
});
