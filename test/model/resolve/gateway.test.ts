import { listening, resolved } from './shop';

const gateway = (members: object) =>
  resolved({
    services: { orders: listening() },
    external: { monolith: { protocol: 'http', host: 'legacy.internal' } },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['shop'] } },
    gateways: { web: { kind: 'rest', ...members } },
  }).gateways[0]!;

test('every default is explicit', () => {
  expect(gateway({ routes: { 'GET /orders': { to: 'orders' } } })).toMatchObject({
    name: 'web',
    identity: 'spiffe://shop.local.mesh.internal/ingress/web',
    throttle: { rate: 100, burst: 200 },
    routes: [{ at: 'gateways.web.routes["GET /orders"]', method: 'GET', auth: { kind: 'missing' }, throttle: undefined, timeout: 29_000 }],
  });
});

test.each([
  ['rest', 29_000],
  ['http', 30_000],
])('%s waits as long as API Gateway does, or as the route says', (kind, timeout) => {
  const { routes } = gateway({ kind, routes: { 'GET /a': { to: 'orders' }, 'GET /b': { to: 'orders', timeout: '700ms' } } });
  expect(routes.map((route) => route.timeout)).toEqual([timeout, 700]);
});

test('a route’s auth comes before the gateway’s; scopes are sorted', () => {
  const { routes } = gateway({
    auth: 'customers',
    routes: {
      'GET /a': { to: 'orders' },
      'GET /b': { to: 'orders', auth: 'public' },
      'GET /c': { to: 'orders', auth: { use: 'customers', scopes: ['b', 'a'] } },
    },
  });
  expect(routes.map(({ auth }) => auth)).toEqual([
    { kind: 'authorizer', name: 'customers', scopes: [] },
    { kind: 'public' },
    { kind: 'authorizer', name: 'customers', scopes: ['a', 'b'] },
  ]);
});

test('a target sees its own path, whose {rest} is as long as the client’s', () => {
  const { routes } = gateway({
    routes: { 'ANY /old/{rest+}': { to: 'monolith', path: '/{rest}' }, 'GET /status': { respond: { status: 204 } } },
  });
  expect(routes.map(({ method, target }) => ({ method, target }))).toMatchObject([
    {
      method: undefined,
      target: { kind: 'external', name: 'monolith', path: { segments: [{ kind: 'rest', name: 'rest' }] }, rules: [{ to: [] }] },
    },
    { method: 'GET', target: { kind: 'respond', status: 204, json: undefined } },
  ]);
});

test('each parameter of a target is the client’s of that name', () => {
  const { routes } = gateway({ routes: { 'ANY /{b}/old/{a+}': { to: 'monolith', path: '/{b}/{a}' } } });
  expect(routes[0]!.target).toMatchObject({
    path: {
      segments: [
        { kind: 'parameter', name: 'b' },
        { kind: 'rest', name: 'a' },
      ],
    },
  });
});

test('a route’s timeout bounds the service’s rules', () => {
  const { routes } = gateway({ routes: { 'GET /orders': { to: 'orders', timeout: '700ms' } } });
  expect(routes[0]!.target).toMatchObject({
    rules: [{ policy: { timeout: 700, from: { timeout: 'gateways.web.routes["GET /orders"].timeout' } } }],
  });
});

test.each([
  ['https://login.example', undefined, 'https://login.example/.well-known/jwks.json'],
  ['https://login.example/', undefined, 'https://login.example/.well-known/jwks.json'],
  ['https://login.example/', 'https://keys.example/jwks', 'https://keys.example/jwks'],
])('keys of %s, given %s, are at %s', (issuer, jwks, expected) => {
  const authorizer = { kind: 'jwt', issuer, audience: ['shop'], ...(jwks === undefined ? {} : { jwks }) };
  expect(resolved({ services: { orders: listening() }, authorizers: { customers: authorizer } }).authorizers[0]).toMatchObject({
    issuer,
    jwks: expected,
  });
});
