import { tokensArrive } from '../../lib/checks/tokens-arrive.js';
import { architecture, found, gateway, service, worker } from './build.js';

const authorizers = Object.fromEntries(
  ['customers', 'staff'].map((name) => [name, { kind: 'jwt', issuer: 'https://id.example/', audience: [name] }]),
);
const shop = (tokens: object | undefined, auth: string, others: object = {}) =>
  architecture({ orders: service({ tokens }), ...others }, { authorizers, ...gateway({ 'GET /orders/{id}': { to: 'orders', auth } }) });
const every = { use: 'customers' };

test("a route that takes another authorizer's tokens is an error, one that takes none a warning", () => {
  const fix = { set: 'gateways.web.routes["GET /orders/{id}"].auth', to: "'customers'" };
  const at = 'gateways.web.routes["GET /orders/{id}"]';
  expect(found(tokensArrive, shop(every, 'staff'))).toEqual([
    { at, is: 'GET /orders/{id} takes tokens of staff, and orders asks for a token of customers', fix },
  ]);
  expect(found(tokensArrive, shop(every, 'public'))).toEqual([
    { at, is: 'GET /orders/{id} is public, and orders asks for a token of customers', fix, severity: 'warning' },
  ]);
});

test('a worker has no token to pass on', () => {
  const nightly = worker({ calls: { orders: {} } });
  expect(found(tokensArrive, shop(every, 'customers', { nightly }))).toEqual([
    {
      at: 'services.nightly.calls.orders',
      is: 'nightly is a worker, which has no user whose token it could pass on, and orders asks for one of customers with every request',
      fix: 'name the requests that need a token in services.orders.tokens.requests, or let nightly have a token of its own',
      severity: 'warning',
    },
  ]);
  expect(found(tokensArrive, shop({ ...every, requests: ['GET /orders/{id}'] }, 'customers', { nightly }))).toEqual([]);
});

test('a route of the same authorizer holds, and so does a request that needs no token', () => {
  expect(found(tokensArrive, shop(every, 'customers'))).toEqual([]);
  expect(found(tokensArrive, shop({ ...every, requests: ['POST /orders'] }, 'public'))).toEqual([]);
});

test('a service that asks for no tokens is none of its business', () => expect(found(tokensArrive, shop(undefined, 'public'))).toEqual([]));
