import { listening, policyOf, resolved } from './shop';

const safe = { max: 1, perTry: undefined, on: ['unprocessed'], budget: 20, backOff: { base: 25, max: 250 } };

test('where nobody says anything, 2 s and one further try of what was not processed', () => {
  expect(policyOf({})).toEqual({
    timeout: 2_000,
    idle: 300_000,
    retries: safe,
    from: { timeout: 'default', idle: 'default', retries: 'default' },
  });
});

describe('the nearest says, whole field by whole field: call, its policy, route, mesh', () => {
  const call = { timeout: '100ms', use: 'quick' };
  const policies = { quick: { timeout: '200ms', retries: { max: 2 } } };
  const route = { timeout: '300ms', retries: { max: 3, perTry: '30ms', on: ['timeout'] } };
  const defaults = { timeout: '400ms', retries: { max: 4 } };

  test.each([
    ['the call', { call, policies, route, defaults }, 100, 'services.orders.calls.pricing.timeout'],
    ['its policy', { call: { use: 'quick' }, policies, route, defaults }, 200, 'policies.quick.timeout'],
    ['the route', { route, defaults }, 300, 'services.pricing.routes[0].timeout'],
    ['the mesh', { defaults }, 400, 'mesh.defaults.timeout'],
  ])('timeout: %s', (_, said, timeout, from) => expect(policyOf(said)).toMatchObject({ timeout, from: { timeout: from } }));

  test.each([
    ['the call', { call: { retries: { max: 1 }, use: 'quick' }, policies, route, defaults }, 1, 'services.orders.calls.pricing.retries'],
    ['its policy', { call, policies, route, defaults }, 2, 'policies.quick.retries'],
    ['the route', { route, defaults }, 3, 'services.pricing.routes[0].retries'],
    ['the mesh', { defaults }, 4, 'mesh.defaults.retries'],
  ])('retries: %s', (_, said, max, from) => expect(policyOf(said)).toMatchObject({ retries: { max }, from: { retries: from } }));

  test('a field is taken whole: nothing of the route’s retries remains under the call’s', () => {
    expect(policyOf({ call: { retries: { max: 1 } }, route }).retries).toEqual(safe);
  });
});

describe('of a call’s and a route’s timeout the stricter holds', () => {
  test('the route’s, where it is shorter', () => {
    expect(policyOf({ call: { timeout: '900ms' }, route: { timeout: '300ms' } })).toMatchObject({
      timeout: 300,
      from: { timeout: 'services.pricing.routes[0].timeout' },
    });
  });
  test('the call’s, where both are the same', () => {
    expect(policyOf({ call: { timeout: '300ms' }, route: { timeout: '300ms' } }).from.timeout).toBe(
      'services.orders.calls.pricing.timeout',
    );
  });
  test('a mesh default is no bound', () => {
    expect(policyOf({ call: { timeout: '9s' }, defaults: { timeout: '1s' } }).timeout).toBe(9_000);
  });
  test('a route’s timeout that nobody else says anything about holds, even above the default', () => {
    expect(policyOf({ route: { timeout: '9s' } }).timeout).toBe(9_000);
  });
});

describe('retries', () => {
  test('false is none, at any place', () => {
    expect(policyOf({ call: { retries: false }, route: { retries: { max: 3 } } })).toMatchObject({
      retries: undefined,
      from: { retries: 'services.orders.calls.pricing.retries' },
    });
    expect(policyOf({ route: { retries: false } }).retries).toBeUndefined();
    expect(policyOf({ defaults: { retries: false } }).retries).toBeUndefined();
  });
  test('unprocessed is always among the events, sorted, once', () => {
    expect(policyOf({ call: { retries: { max: 2, perTry: '50ms', on: ['timeout', '5xx', 'timeout'] } } }).retries).toEqual({
      max: 2,
      perTry: 50,
      on: ['5xx', 'timeout', 'unprocessed'],
      budget: 20,
      backOff: { base: 25, max: 250 },
    });
  });
});

describe('externals have no rules of their own', () => {
  const { calls } = resolved({
    mesh: { defaults: { retries: { max: 1, on: ['5xx'] } } },
    services: { orders: listening({ calls: { stripe: { timeout: '3s', retries: { max: 2 }, idempotent: true }, db: { timeout: '1s' } } }) },
    external: { stripe: { protocol: 'https', host: 'api.stripe.com' }, db: { protocol: 'tcp', port: 5432 } },
  });
  test('over HTTP one rule takes every request, to no version', () => {
    expect(calls[1]).toMatchObject({
      to: 'stripe',
      kind: 'external',
      rules: [{ path: 'services.orders.calls.stripe', to: [], policy: { timeout: 3_000, retries: { max: 2 } }, idempotent: true }],
    });
  });
  test('over TCP there is no rule, only the time to connect, and connecting again', () => {
    expect(calls[0]).toMatchObject({ to: 'db', rules: [], policy: { timeout: 1_000, retries: { max: 1, on: ['unprocessed'] } } });
  });
});
