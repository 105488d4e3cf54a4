import { unlimited } from '../../../lib/model/architecture/resilience.js';
import { listening, resolved } from './shop.js';

const profile = { compatibility: 'app-mesh' };
const none = { connections: unlimited, pendingRequests: unlimited, requests: unlimited };
const own = { connections: 1_024, pendingRequests: 1_024, requests: 1_024 };
const shop = (mesh: object, call: object = {}, pricing: object = {}) =>
  resolved({
    mesh,
    services: { orders: listening({ calls: { pricing: call } }), pricing: listening(pricing) },
    external: { db: { protocol: 'tcp', host: 'db.example', port: 5432 } },
  });
const policyOf = (...said: Parameters<typeof shop>) => shop(...said).calls[0]!.rules[0]!.policy;

test("the profile gives what App Mesh's Envoys had, and every value says where it comes from", () => {
  const { calls, services, compatibility } = shop(profile);
  const [pricing] = services.filter(({ name }) => name === 'pricing');
  expect(compatibility).toBe('app-mesh');
  expect(calls[0]).toMatchObject({ pool: none });
  expect(calls[0]!.rules[0]!.policy).toEqual({
    timeout: 15_000,
    idle: 300_000,
    retries: {
      max: 2,
      perTry: undefined,
      on: ['reset', 'unavailable', 'unprocessed'],
      budget: undefined,
      backOff: { base: 25, max: 250 },
    },
    from: { timeout: 'mesh.compatibility', idle: 'default', retries: 'mesh.compatibility' },
  });
  expect(pricing).toMatchObject({ pool: none, outlierDetection: undefined, panic: 50, balance: { kind: 'round-robin' } });
});

test.each([
  ['grpc', true],
  ['http2', true],
  ['http', false],
])('who speaks %s: a status of gRPC is retried on, %s', (protocol, retried) => {
  const { retries } = policyOf(profile, {}, { listen: { protocol, port: 8080 } });
  expect(retries!.on.includes('grpc-unavailable')).toBe(retried);
});

test('without it the defaults are the own ones', () => {
  const { calls, services, compatibility } = shop({});
  expect(compatibility).toBeUndefined();
  expect(calls[0]).toMatchObject({ pool: own, rules: [{ policy: { timeout: 2_000, retries: { max: 1, budget: 20 } } }] });
  expect(services[0]).toMatchObject({ pool: own, outlierDetection: { errors: 5 } });
});

describe('only what nobody wrote changes', () => {
  test('a timeout of the call, retries of the mesh: what they leave out of themselves is of the profile', () => {
    const said = policyOf({ ...profile, defaults: { retries: { max: 1 } } }, { timeout: '700ms' });
    expect(said).toMatchObject({
      timeout: 700,
      retries: { max: 1, on: ['unprocessed'], budget: undefined },
      from: { timeout: 'services.orders.calls.pricing.timeout', retries: 'mesh.defaults.retries' },
    });
  });

  test('retries that are false, and a budget', () => {
    expect(policyOf(profile, { retries: false }).retries).toBeUndefined();
    expect(policyOf(profile, { retries: { max: 1, budget: 30 } }).retries).toMatchObject({ budget: 30 });
  });

  test('a limit of a pool, and the number of errors', () => {
    const { calls, services } = shop(profile, { pool: { requests: 7 } }, { pool: { connections: 3 }, outlierDetection: { errors: 2 } });
    expect(calls[0]!.pool).toEqual({ ...none, requests: 7 });
    expect(services.find(({ name }) => name === 'pricing')).toMatchObject({
      pool: { ...none, connections: 3 },
      outlierDetection: { errors: 2, interval: 10_000, ejectFor: 30_000, maxEjectedPercent: 50 },
    });
  });

  test('a route bounds the timeout of the profile as any other', () => {
    expect(policyOf(profile, {}, { routes: [{ timeout: '3s' }] })).toMatchObject({
      timeout: 3_000,
      from: { timeout: 'services.pricing.routes[0].timeout' },
    });
  });
});

test('opening a connection is not what App Mesh had a policy for', () => {
  const { calls } = resolved({
    mesh: profile,
    services: { orders: listening({ calls: { db: {} } }) },
    external: { db: { protocol: 'tcp', host: 'db.example', port: 5432 } },
  });
  expect(calls[0]).toMatchObject({
    pool: none,
    policy: { timeout: 2_000, retries: { max: 1, on: ['unprocessed'] }, from: { timeout: 'default', retries: 'default' } },
  });
});

test("an ingress asks with the profile's policy too, an external as well", () => {
  const { gateways } = resolved({
    mesh: profile,
    services: { orders: listening() },
    external: { old: { protocol: 'http', host: 'old.example' } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' }, 'GET /old': { to: 'old' } } } },
  });
  for (const { target } of gateways[0]!.routes) expect(target).toMatchObject({ rules: [{ policy: { timeout: 15_000 } }] });
});

test('identities are proven all the same', () => {
  expect(shop(profile)).toMatchObject({ mtls: { mode: 'strict' } });
  expect(shop(profile).services.map(({ mtls }) => mtls)).toEqual(['on', 'on']);
});
