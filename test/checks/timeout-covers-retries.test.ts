import { timeoutCoversRetries } from '../../lib/checks/timeout-covers-retries.js';
import { architecture, found, gateway, service, worker } from './build.js';

const retries = { max: 2, perTry: '100ms', on: ['timeout'] };
const shop = (timeout: string, own: object = { retries }) =>
  architecture({ orders: service({ calls: { pricing: { timeout, ...own } } }), pricing: service() });

test('a timeout shorter than its tries is found, with the arithmetic', () => {
  expect(found(timeoutCoversRetries, shop('250ms'))).toEqual([
    {
      at: 'services.orders.calls.pricing.timeout',
      is: 'orders gives pricing 250ms, its tries can take 400ms:\n3 tries × 100ms + back-off 25ms + 75ms = 400ms > 250ms',
      fix: { set: 'services.orders.calls.pricing.timeout', to: "'400ms'" },
    },
  ]);
});

test('a timeout that is just long enough holds', () => expect(found(timeoutCoversRetries, shop('400ms'))).toEqual([]));

test('where the callee is the stricter, its rule is named', () => {
  const subject = architecture({
    orders: service({ calls: { pricing: { timeout: '3s', retries } } }),
    pricing: service({ routes: [{ timeout: '399ms' }] }),
  });
  expect(found(timeoutCoversRetries, subject)).toEqual([
    expect.objectContaining({
      at: 'services.pricing.routes[0].timeout',
      fix: { set: 'services.pricing.routes[0].timeout', to: "'400ms'" },
    }),
  ]);
});

test('a timeout that nobody wrote is found at the call, and said to be the default', () => {
  const subject = architecture({
    orders: service({ calls: { pricing: { retries: { ...retries, perTry: '800ms' } } } }),
    pricing: service(),
  });
  expect(found(timeoutCoversRetries, subject)).toEqual([
    expect.objectContaining({
      at: 'services.orders.calls.pricing.timeout',
      is: expect.stringContaining('orders gives pricing 2s (the default), its tries can take 2.5s:'),
    }),
  ]);
});

test('back-off doubles up to 250ms', () => {
  expect(found(timeoutCoversRetries, shop('500ms', { retries: { ...retries, max: 5 } }))[0]?.is).toContain(
    '6 tries × 100ms + back-off 25ms + 75ms + 175ms + 250ms + 250ms = 1375ms > 500ms',
  );
});

test('a call whose tries share the timeout is none of its business', () =>
  expect(found(timeoutCoversRetries, shop('1ms', { retries: { max: 2 } }))).toEqual([]));

test('declared waits count', () => {
  const backOff = { base: '100ms', max: '200ms' };
  expect(found(timeoutCoversRetries, shop('500ms', { retries: { ...retries, backOff } }))[0]?.is).toContain(
    '3 tries × 100ms + back-off 100ms + 200ms = 600ms > 500ms',
  );
});

test('a gateway route, which has no such timeout of its own, is told where to change it', () => {
  const mesh = { defaults: { timeout: '250ms', retries: { max: 2, perTry: '100ms', on: ['timeout'] } } };
  const [finding] = found(
    timeoutCoversRetries,
    architecture({ stock: service() }, { ...gateway({ 'GET /stock': { to: 'stock' } }), mesh }),
  );
  expect(finding).toMatchObject({ at: 'gateways.web.routes["GET /stock"]', fix: { set: 'mesh.defaults.timeout', to: "'400ms'" } });
});

test('where several callers share the timeout, the fix is enough for all of them', () => {
  const desk = (max: number) => worker({ calls: { stock: { retries: { ...retries, max } } } });
  const subject = architecture({ a: desk(1), b: desk(3), stock: service({ routes: [{ timeout: '150ms' }] }) });
  expect(found(timeoutCoversRetries, subject)).toEqual([
    {
      at: 'services.stock.routes[0].timeout',
      is: 'b gives stock 150ms, its tries can take 675ms:\n4 tries × 100ms + back-off 25ms + 75ms + 175ms = 675ms > 150ms\nthe same for 1 more of its callers',
      fix: { set: 'services.stock.routes[0].timeout', to: "'675ms'" },
    },
  ]);
});

test('more time than its own callers give is no fix', () => {
  const subject = architecture({
    desk: worker({ calls: { orders: { timeout: '300ms' } } }),
    orders: service({ calls: { stock: { timeout: '250ms', retries, fanOut: 2 } } }),
    stock: service(),
  });
  expect(found(timeoutCoversRetries, subject)[0]?.fix).toBe(
    'fewer tries or a shorter `perTry`; or a timeout of 400ms, and of 800ms for desk → orders, which gives it 300ms',
  );
});
