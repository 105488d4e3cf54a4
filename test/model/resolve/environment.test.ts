import { ArchitectureError, defineArchitecture, parseArchitecture, resolve } from 'cdk-edge-mesh';
import { retriesHaveAnotherInstance } from '../../../lib/checks/retries-have-another-instance';
import { spokenFor } from '../../../lib/model/resolve/environment';

const listen = { protocol: 'http', port: 8080 } as const;
const shop = defineArchitecture({
  name: 'shop',
  services: {
    orders: { image: 'acme/orders:7', listen, env: { A: '1', B: '2' }, scale: { min: 2, max: 4, requestsPerSecond: 300 } },
    pricing: { listen, versions: { v1: { image: 'acme/pricing:1' }, v2: { image: 'acme/pricing:2' } }, traffic: { v1: 90, v2: 10 } },
  },
  external: { stripe: { protocol: 'https', host: 'api.stripe.com' } },
  gateways: { web: { kind: 'rest', auth: 'public', routes: { 'GET /orders': { to: 'orders', throttle: { rate: 7, burst: 8 } } } } },
  environments: {
    prod: {
      production: true,
      services: {
        orders: { scale: { min: 6, max: 60 }, env: { C: '3' } },
        pricing: { scale: { min: 3, max: 3 }, versions: { v2: { image: 'acme/pricing:2-hardened', scale: { min: 1, max: 9 } } } },
      },
      external: { stripe: { host: 'stripe.prod.internal' } },
      gateways: { web: { throttle: { rate: 900, burst: 1_800 } } },
    },
    test: { services: { orders: { image: 'acme/orders:8' } } },
  },
});
const inProd = resolve(shop, { environment: 'prod' });
const versionsOf = (subject: typeof inProd) => subject.services.flatMap(({ versions }) => versions);

test('an environment replaces whole fields, and says where they are changed', () => {
  expect(versionsOf(inProd)).toMatchObject([
    {
      id: 'orders',
      image: 'acme/orders:7',
      environment: { C: '3' },
      scale: { min: 6, max: 60, requestsPerSecond: undefined, at: 'environments.prod.services.orders.scale' },
    },
    {
      id: 'pricing-v1',
      image: 'acme/pricing:1',
      scale: { min: 3, max: 3, at: 'environments.prod.services.pricing.versions.v1.scale' },
    },
    {
      id: 'pricing-v2',
      image: 'acme/pricing:2-hardened',
      scale: { min: 1, max: 9, at: 'environments.prod.services.pricing.versions.v2.scale' },
    },
  ]);
  expect(versionsOf(inProd)[0]!.environment).toEqual({ C: '3' });
  expect(inProd.externals[0]!.host).toBe('stripe.prod.internal');
});

test("a gateway's throttle is replaced; a route's own stays", () => {
  expect(inProd.gateways[0]).toMatchObject({ throttle: { rate: 900, burst: 1_800 }, routes: [{ throttle: { rate: 7, burst: 8 } }] });
});

test('another environment has nothing of it', () => {
  const inTest = resolve(shop, { environment: 'test' });
  expect(versionsOf(inTest)[0]).toMatchObject({
    image: 'acme/orders:8',
    scale: { min: 2, requestsPerSecond: 300, at: 'services.orders.scale' },
  });
  expect(inTest).toMatchObject({ production: false, externals: [{ host: 'api.stripe.com' }] });
});

test('everything but sizes, addresses and the trust domain is the same everywhere', () => {
  const rest = (environment: string) => {
    const { calls, authorizers, acknowledgements, environments, services, gateways } = resolve(shop, { environment });
    const who = services.map(({ name, rules, admits, pool }) => ({
      name,
      rules,
      pool,
      admits: admits.map(({ caller, requests }) => ({ caller, requests })),
    }));
    return { calls, authorizers, acknowledgements, environments, who, routes: gateways.map(({ routes }) => routes) };
  };
  expect(rest('prod')).toEqual(rest('local'));
});

test('every architecture knows all environments, and whether its own is marked production', () => {
  expect(inProd.production).toBe(true);
  expect(resolve(shop)).toMatchObject({
    environment: 'local',
    production: false,
    environments: [
      {
        name: 'prod',
        path: 'environments.prod',
        production: true,
        replaces: [
          { path: 'services.orders.env', value: { C: '3' } },
          { path: 'services.orders.scale', value: { min: 6, max: 60 } },
          { path: 'services.pricing.scale' },
          { path: 'services.pricing.versions.v2.image', value: 'acme/pricing:2-hardened' },
          { path: 'services.pricing.versions.v2.scale' },
          { path: 'external.stripe.host', value: 'stripe.prod.internal' },
          { path: 'gateways.web.throttle', value: { rate: 900, burst: 1_800 } },
        ],
      },
      { name: 'test', production: false, replaces: [{ path: 'services.orders.image', value: 'acme/orders:8' }] },
    ],
  });
});

test.each([
  ['prd', '"prd" is not an environment; did you mean "prod"?'],
  ['staging', '"staging" is not an environment; allowed: prod, test, local'],
])('%s is not declared, and the error names those that are', (environment, message) => {
  expect(() => resolve(shop, { environment })).toThrow(new ArchitectureError([{ path: 'environment', message }]));
});

test('any name will do where none is declared, and local always', () => {
  const plain = parseArchitecture({ name: 'shop', services: { orders: { image: 'acme/orders:7', listen } } });
  expect(resolve(plain, { environment: 'staging' })).toMatchObject({ environment: 'staging', production: false, environments: [] });
  expect(resolve(shop, { environment: 'local' }).services[0]!.versions[0]!.scale.min).toBe(2);
});

test('local can be declared too', () => {
  const small = parseArchitecture({
    name: 'shop',
    services: { orders: { image: 'acme/orders:7', listen } },
    environments: { local: { services: { orders: { scale: { min: 1, max: 1 } } } } },
  });
  expect(resolve(small).services[0]!.versions[0]!.scale.max).toBe(1);
  expect(() => resolve(small, { environment: 'prod' })).toThrow('"prod" is not an environment; allowed: local');
});

test('checks and reviews speak for production, else for local', () => {
  const marked = (...names: string[]) =>
    spokenFor({ name: 'shop', environments: Object.fromEntries(names.map((name) => [name, { production: true }])) });
  expect(spokenFor(shop.spec)).toBe('prod');
  expect(marked('us', 'eu')).toBe('eu');
  expect(marked()).toBe('local');
});

test('a finding is fixed where the environment says the number', () => {
  const single = parseArchitecture({
    name: 'shop',
    services: { nightly: { image: 'acme/nightly:3', calls: { orders: {} } }, orders: { image: 'acme/orders:7', listen } },
    environments: { prod: { services: { orders: { scale: { min: 1, max: 3 } } } } },
  });
  expect([...retriesHaveAnotherInstance.find(resolve(single, { environment: 'prod' }), [])]).toMatchObject([
    { at: 'services.orders.scale', fix: { set: 'environments.prod.services.orders.scale', to: '{ min: 2, max: 3 }' } },
  ]);
  expect([...retriesHaveAnotherInstance.find(resolve(single), [])]).toEqual([]);
});
