import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { createServer } from 'node:http2';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { createSigningKey, keySetOf, type SigningKey } from '../../../lib/twin/signing-key.js';
import { signToken, type TokenOptions } from '../../../lib/twin/token.js';
import { type Answer, type Asked, Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: { orders: { image: 'orders', listen: { protocol: 'http2', port: 8080 } } },
    external: { monolith: { host: 'legacy.internal', protocol: 'http', port: 8081 } },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['trial'] } },
    gateways: {
      web: {
        kind: 'http',
        throttle: { rate: 10, burst: 10 },
        routes: {
          'GET /orders/{id}': { to: 'orders', auth: 'customers' },
          'POST /orders': { to: 'orders', auth: { use: 'customers', scopes: ['orders:write', 'orders:admin'] } },
          'GET /menu': { to: 'orders', auth: 'public' },
          'GET /forgotten': { to: 'orders' },
          'ANY /legacy/{path+}': { to: 'monolith', path: '/{path}', auth: 'public' },
        },
      },
    },
  }),
);
const [customers] = architecture.authorizers;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let front: number;
let ready: number;
let key: SigningKey;
let monolith: IncomingMessage[] = [];
let says: OutgoingHttpHeaders;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  key = await createSigningKey();
  const app = await trial.listen(createServer((request, response) => response.end(JSON.stringify(request.headers))));
  const outside = await trial.app((request, response) => {
    monolith.push(request);
    response.writeHead(200, says).end();
  });
  const issuer = await trial.app((_request, response) => response.end(keySetOf(key)));
  const inbound = at(trial.port());
  [front, ready] = [trial.port(), trial.port()];
  const ingress = trial.placement('ingress', {
    front: () => at(front),
    ready: at(ready),
    endpoints: () => ({ addresses: [inbound] }),
    external: ({ host }) => ({ addresses: [at(outside.port)], sni: host!, roots: { filename: trial.authority.roots } }),
    keys: () => ({ uri: `http://127.0.0.1:${issuer.port}/keys`, roots: { filename: trial.authority.roots } }),
  });
  const sidecar = trial.placement('orders', { inbound, app: at(app.port) });
  await trial.start({
    ingress: compileIngress(architecture, ingress),
    orders: compileSidecar(architecture, architecture.services[0]!.versions[0]!, sidecar),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  monolith = [];
  says = {};
});

/** As the gateway sends it: with the route that it matched. */
const send = (route: string | undefined, path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const [method] = (route ?? 'GET').split(' ');
  const asked: Asked = {
    port: front,
    method: method === 'ANY' ? 'GET' : method!,
    path,
    headers: { ...headers, ...(route && { 'x-edge-route': route }) },
  };
  return trial.send(asked);
};

const bearer = async (options: TokenOptions = {}, by: SigningKey = key) => ({
  authorization: `Bearer ${await signToken(customers!, by, options)}`,
});

test('a public route passes, with what the gateway says and with nothing of what only Envoys say', async () => {
  const answer = await send('GET /menu', '/menu?day=1', { 'x-edge-principal': 'alice', 'x-envoy-upstream-rq-timeout-ms': '1' });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({
    ':path': '/menu?day=1',
    ':authority': 'orders',
    'x-edge-principal': 'alice',
    'x-edge-route': 'GET /menu',
  });
  expect(Object.keys(answer.headers).filter((name) => /^x-(envoy|mesh)/.test(name))).toEqual([]);
});

test.each([
  ['without a route', undefined, '/menu'],
  ['with a route that is not declared', 'GET /admin', '/menu'],
  ["on another path than its route's", 'GET /menu', '/admin'],
  ['on a path that only begins like its route', 'GET /menu', '/menus'],
  ["with another method than its route's", 'GET /menu', '/menu', 'POST'],
])('[gateway-identity] a request %s is not found', async (_how, route, path, method = 'GET') => {
  const headers: Record<string, string> = route === undefined ? {} : { 'x-edge-route': route };
  expect(await trial.send({ port: front, method, path, headers })).toMatchObject({ status: 404 });
});

test('[safe-defaults] a route that nobody gave auth is refused to everyone', async () => {
  expect(await send('GET /forgotten', '/forgotten', await bearer())).toMatchObject({ status: 403 });
});

test('a good token passes, and goes on to the service', async () => {
  const headers = await bearer();
  const answer = await send('GET /orders/{id}', '/orders/7', headers);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject(headers);
});

test('no token, and a token that is wrong in any way, is refused', async () => {
  const stranger = await createSigningKey();
  const [good, expired, elsewhere, issuer, forged] = await Promise.all([
    bearer(),
    bearer({ expiresIn: -600 }),
    bearer({ audience: 'other' }),
    bearer({ issuer: 'https://login.example' }),
    bearer({}, { ...stranger, id: key.id }),
  ]);
  for (const headers of [{}, expired, issuer, forged])
    expect(await send('GET /orders/{id}', '/orders/7', headers)).toMatchObject({ status: 401 });
  expect(await send('GET /orders/{id}', '/orders/7', elsewhere)).toMatchObject({ status: 403 });
  const inQuery = `/orders/7?access_token=${good.authorization.slice('Bearer '.length)}`;
  expect(await send('GET /orders/{id}', inQuery)).toMatchObject({ status: 401 });
  expect(await trial.statistics('ingress', 'jwt_authn.denied')).toEqual({ 'http.from/web.jwt_authn.denied': 6 });
});

describe('a token', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({ iss: 'https://login.example/', aud: 'trial', sub: 'root', exp: now() + 600 });
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = (header: object, payload: object) => `${encoded(header)}.${encoded(payload)}`;
  const signed = (payload: object, header: object = {}) => {
    const said = text({ alg: 'RS256', kid: key.id, ...header }, payload);
    const signature = sign('sha256', Buffer.from(said), createPrivateKey({ key: key.privateKey, format: 'jwk' }));
    return `${said}.${signature.toString('base64url')}`;
  };
  const byPublicKey = () => {
    const said = text({ alg: 'HS256', kid: key.id }, claims());
    const secret = createPublicKey({ key: key.publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
  };

  test.each([
    ['has no end', () => signed({ ...claims(), exp: undefined })],
    ['begins later', () => signed({ ...claims(), nbf: now() + 300 })],
    ['names no issuer', () => signed({ ...claims(), iss: undefined })],
    ['needs no signature', () => `${text({ alg: 'none', kid: key.id }, claims())}.`],
    ['is signed with the public key as a secret', byPublicKey],
    ['names another key', () => signed(claims(), { kid: 'other' })],
    ['names another algorithm', () => signed(claims(), { alg: 'RS512' })],
  ])('that %s is refused', async (_how, token) => {
    expect(await send('GET /orders/{id}', '/orders/7', { authorization: `Bearer ${token()}` })).toMatchObject({ status: 401 });
  });

  test('made the same way, with nothing wrong, passes', async () => {
    expect(await send('GET /orders/{id}', '/orders/7', { authorization: `Bearer ${signed(claims())}` })).toMatchObject({ status: 200 });
    const several = { ...claims(), aud: ['other', 'trial'], scp: ['menu', 'orders:write'] };
    expect(await send('POST /orders', '/orders', { authorization: `Bearer ${signed(several)}` })).toMatchObject({ status: 200 });
  });
});

test('a token passes with one of the scopes, and is a 403 with none of them', async () => {
  const order = async (scopes: string[]) => (await send('POST /orders', '/orders', await bearer({ scopes }))).status;
  expect(await order(['menu:read', 'orders:write'])).toBe(200);
  expect(await order(['orders:admin'])).toBe(200);
  expect(await order(['orders:writer', 'xorders:write'])).toBe(403);
  expect(await order([])).toBe(403);
});

test('[gateway-identity] of what looks like the word of a gateway, its own three headers pass', async () => {
  const own = { 'x-edge-principal': 'alice', 'x-edge-source-ip': '192.0.2.7' };
  const others = { 'x-edge-role': 'admin', 'X-Edge-': '', 'x-mesh-edge-principal': 'root' };
  for (const said of [own, {}]) {
    const answer = await send('GET /menu', '/menu', { ...said, ...others });
    const seen = Object.entries(JSON.parse(answer.body) as Record<string, string>).filter(([name]) => /^x-(mesh-)?edge/.test(name));
    expect(Object.fromEntries(seen)).toEqual({ ...said, 'x-edge-route': 'GET /menu' });
  }
});

test('a header with a good token and something else is refused: an app may take that for the token', async () => {
  const [good, forged] = [
    (await bearer({ scopes: ['orders:write'] })).authorization,
    (await bearer({ subject: 'root' }, await createSigningKey())).authorization,
  ];
  const counter = 'http.from/web.rbac.denied';
  const before = (await trial.statistics('ingress', counter))[counter]!;
  for (const authorization of [`${forged.replace('B', 'b')},${good}`, `Basic YTpi, ${good}`, `Basic YTpi ${good}`])
    for (const [key, path] of [
      ['GET /orders/{id}', '/orders/7'],
      ['POST /orders', '/orders'],
    ] as const)
      expect(await send(key, path, { authorization })).toMatchObject({ status: 403 });
  expect((await trial.statistics('ingress', counter))[counter]! - before).toBe(6);
  for (const authorization of [`${good},${forged}`, `${forged},${good}`, `${good} ${forged}`, good.replace('Bearer ', ''), `${good}=`])
    expect(await send('GET /orders/{id}', '/orders/7', { authorization })).toMatchObject({ status: 401 });
});

test.each(['TRACE', 'PROPFIND'])('[safe-defaults] ANY does not stand for %s, which no API Gateway takes', async (method) => {
  const headers = { 'x-edge-route': 'ANY /legacy/{path+}' };
  expect(await trial.send({ port: front, method, path: '/reports/1', headers })).toMatchObject({ status: 404 });
  expect(monolith).toEqual([]);
});

test('[externals] a host outside the mesh gets its own name and nothing of what the mesh says to itself', async () => {
  const answer = await send('ANY /legacy/{path+}', '/reports/1', {
    'x-edge-principal': 'alice',
    'x-edge-source-ip': '192.0.2.7',
    host: 'front',
  });
  expect(answer.status).toBe(200);
  expect(monolith[0]!.headers.host).toBe('legacy.internal:8081');
  expect(Object.keys(monolith[0]!.headers).filter((name) => /^x-(edge|envoy|mesh)/.test(name))).toEqual([]);
});

test('what Envoys and sidecars say to each other in an answer does not reach a client', async () => {
  says = { 'x-mesh-unprocessed': 'true', 'x-mesh-overdue': 'true', 'x-envoy-overloaded': 'true', 'x-own': 'kept' };
  const { headers } = await send('ANY /legacy/{path+}', '/reports/1');
  expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual(['x-own']);
});

test.each(['%2e%2e;', '..%3b', '%2e.%3B', '..%20', '..%23'])(
  '[safe-defaults] %s, an escaped parent folder that only shows after escapes are resolved, is refused',
  async (segment) => {
    expect(await send('ANY /legacy/{path+}', `/reports/${segment}/admin`)).toMatchObject({ status: 400 });
    expect(monolith).toEqual([]);
  },
);

test('readiness has one path, which says no while draining', async () => {
  const status = async (path: string, method = 'GET') => (await trial.send({ port: ready, method, path })).status;
  expect([await status('/ready'), await status('/stats'), await status('/ready', 'POST'), await status('/quitquitquit', 'POST')]).toEqual([
    200, 404, 404, 404,
  ]);
  await trial.admin('ingress', '/healthcheck/fail');
  expect(await status('/ready')).toBe(503);
});
