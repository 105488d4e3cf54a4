import { rewrittenPathsAreAdmitted } from '../../lib/checks/rewritten-paths-are-admitted.js';
import { architecture, found, service } from './build.js';

const subject = (...access: string[]) =>
  found(
    rewrittenPathsAreAdmitted,
    architecture({
      orders: service({ calls: { stock: {} } }),
      stock: service({
        routes: [{ match: { path: '/v1/{sku}', method: 'GET' }, rewrite: { path: '/v2/{sku}' } }],
        ...(access.length === 0 ? {} : { access: { orders: access } }),
      }),
    }),
  );

test('a list of the path before the rewriting is found', () => {
  expect(subject('ANY /v1/{sku}')).toEqual([
    {
      at: 'services.stock.access.orders',
      is: 'orders may ask stock for ANY /v1/{sku}, which routes[0] turns into /v2/{sku} before stock sees it',
      fix: 'list /v2/{sku}, with its methods',
    },
  ]);
  expect(subject('GET /v1/7', 'POST /v2/{sku}')).toHaveLength(1);
});

test('a list of the path that the service sees holds, with the other beside it too', () => {
  expect(subject('GET /v2/{sku}')).toEqual([]);
  expect(subject('GET /v1/{sku}', 'GET /v2/{sku}')).toEqual([]);
});

test('a caller that never meets the rule is none of its business', () => {
  expect(subject('POST /v1/{sku}')).toEqual([]);
  expect(subject('GET /health')).toEqual([]);
});

test('nor is one that may ask for anything', () => expect(subject()).toEqual([]));
