import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { createSigningKey, keySetOf, type SigningKey } from '../../../lib/twin/signing-key.js';
import { signToken, type TokenOptions } from '../../../lib/twin/token.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { vault: {}, desk: {} } },
      vault: {
        image: 'vault',
        listen: { protocol: 'http', port: 8080 },
        health: { path: '/healthz', active: { interval: '1h' } },
        tokens: { use: 'customers', claims: { scope: 'vault:open', sub: ['alice', 'bob'], level: 3, staff: true, team: ['red', 'blue'] } },
      },
      desk: { image: 'desk', listen: { protocol: 'http', port: 8081 }, tokens: { use: 'customers', requests: ['GET /orders/{id}'] } },
    },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['trial'] } },
  }),
);
const [customers] = architecture.authorizers;
const named = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let key: SigningKey;
let seen: (string | undefined)[] = [];
let fetched = 0;
const inbound = new Map<string, number>();

beforeAll(async () => {
  trial = await Trial.of(architecture);
  key = await createSigningKey();
  const app = await trial.app((request, response) => {
    seen.push(request.headers.authorization);
    response.end();
  });
  const issuer = await trial.app((_request, response) => {
    fetched += 1;
    response.end(keySetOf(key));
  });
  const sidecar = (name: string) => {
    inbound.set(name, trial.port());
    return compileSidecar(
      architecture,
      named(name).versions[0]!,
      trial.placement(name, {
        inbound: at(inbound.get(name)!),
        app: at(app.port),
        keys: () => ({ uri: `http://127.0.0.1:${issuer.port}/keys`, roots: { filename: trial.authority.roots } }),
      }),
    );
  };
  await trial.start({ vault: sidecar('vault'), desk: sidecar('desk') });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
});

/** Asks as the client's own sidecar does, with a user's token or without. */
async function ask(service: string, path: string, options?: TokenOptions, { by = key, method = 'GET' } = {}): Promise<number> {
  const headers: Record<string, string> =
    options === undefined ? {} : { authorization: `Bearer ${await signToken(customers!, by, options)}` };
  return (await trial.sendAs(named('client').identity, { port: inbound.get(service)!, path, headers, method })).status;
}

const count = async (envoy: string, counter: string) => (await trial.statistics(envoy, `^${counter}$`))[counter] ?? 0;
const claims = { level: 3, staff: true, team: ['green', 'blue'] };
const good: TokenOptions = { subject: 'alice', scopes: ['other', 'vault:open'], claims };

test("[tokens-inside] a user's token is verified at the callee itself, and goes on to the app", async () => {
  expect(await ask('vault', '/boxes/1', good)).toBe(200);
  expect(seen[0]).toMatch(/^Bearer /);
  expect(fetched).toBeGreaterThan(0);
});

test("[tokens-inside] the caller's own identity is not enough: 401 without a good token", async () => {
  const stranger = await createSigningKey();
  const before = await count('vault', 'http.inbound.jwt_authn.denied');
  expect(await ask('vault', '/boxes/1')).toBe(401);
  expect(await ask('vault', '/boxes/1', { ...good, expiresIn: -600 })).toBe(401);
  expect(await ask('vault', '/boxes/1', { ...good, issuer: 'https://elsewhere.example/' })).toBe(401);
  expect(await ask('vault', '/boxes/1', good, { by: { ...stranger, id: key.id } })).toBe(401);
  expect(await ask('vault', '/boxes/1', { ...good, audience: 'other' })).toBe(403);
  expect((await count('vault', 'http.inbound.jwt_authn.denied')) - before).toBe(5);
  expect(seen).toEqual([]);
});

test('[tokens-inside] a token without one of the claims is a 403, counted apart', async () => {
  const before = await count('vault', 'http.inbound.rbac.claims.denied');
  expect(await ask('vault', '/boxes/1', { ...good, scopes: ['other'] })).toBe(403);
  expect(await ask('vault', '/boxes/1', { ...good, scopes: ['vault:opener'] })).toBe(403);
  expect(await ask('vault', '/boxes/1', { ...good, subject: 'mallory' })).toBe(403);
  for (const wrong of [
    { level: 4 },
    { level: '3' },
    { staff: false },
    { staff: 'true' },
    { team: 'green' },
    { team: [] },
    { team: undefined },
  ])
    expect(await ask('vault', '/boxes/1', { ...good, claims: { ...claims, ...wrong } })).toBe(403);
  expect((await count('vault', 'http.inbound.rbac.claims.denied')) - before).toBe(10);
  expect(await ask('vault', '/boxes/1', { ...good, claims: { ...claims, team: 'red' } })).toBe(200);
  expect(await ask('vault', '/boxes/1', { ...good, subject: 'bob' })).toBe(200);
});

test.each([
  ['vault', '/boxes/1', good],
  ['desk', '/orders/7', {}],
])('[tokens-inside] %s refuses a good token that stands behind another: its app may take the first', async (service, path, options) => {
  const forged = await signToken(customers!, await createSigningKey(), { ...options, subject: 'root' });
  const authorization = `bearer ${forged},Bearer ${await signToken(customers!, key, options)}`;
  const asked = { port: inbound.get(service)!, path, headers: { authorization } };
  expect(await trial.sendAs(named('client').identity, asked)).toMatchObject({ status: 403 });
  expect(seen).toEqual([]);
});

test.each(['/orders/7', '/Orders/7', '/orders/7/', '/orders;v=1/7', '/%6frders/7', '//orders/7'])(
  '[tokens-inside] where some requests need a token, %s does, however it is spelled',
  async (path) => {
    expect(await ask('desk', path)).toBe(401);
    expect(await ask('desk', path, undefined, { method: 'HEAD' })).toBe(401);
    expect(await ask('desk', path, {})).toBe(200);
  },
);

test('what needs no token passes without one', async () => {
  expect([await ask('desk', '/menu'), await ask('desk', '/orders/7', undefined, { method: 'POST' })]).toEqual([200, 200]);
});

test("callers' questions about health need no token, and nothing else gets by as one", async () => {
  expect(await ask('vault', '/healthz')).toBe(200);
  expect([await ask('vault', '/healthz/'), await ask('vault', '/healthz', undefined, { method: 'POST' })]).toEqual([401, 401]);
});
