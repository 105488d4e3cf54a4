import { ArchitectureError, type Declaration, isDeclaration, parseArchitecture, resolve } from 'cdk-edge-mesh';
import fc from 'fast-check';
import bookinfo from '../../bin/bookinfo/architecture';
import shop from '../../bin/shop/architecture';
import { listening, resolved } from './resolve/shop';

describe.each<[string, Declaration]>([
  ['shop', shop],
  ['bookinfo', bookinfo],
])('%s', (_, declaration) => {
  test('resolves to the same bytes every time', () => {
    expect(JSON.stringify(resolve(declaration))).toBe(JSON.stringify(resolve(parseArchitecture(structuredClone(declaration.spec)))));
  });

  test('is frozen, to the last leaf', () => {
    const thawed = (value: unknown): unknown[] =>
      typeof value !== 'object' || value === null
        ? []
        : [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(thawed)];
    expect(thawed(resolve(declaration))).toEqual([]);
    expect(thawed(declaration)).toEqual([]);
  });

  test('does not depend on the order of names, but for versions and routes', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (random) => {
        const shuffled = shuffle(declaration.spec, () => random.next().value ?? 0);
        expect(resolve(parseArchitecture(shuffled))).toEqual(resolve(declaration));
        expect(JSON.stringify(sorted(resolve(parseArchitecture(shuffled))))).toBe(JSON.stringify(sorted(resolve(declaration))));
      }),
      { numRuns: 20 },
    );
  });
});

/** The same data with the members of its maps in another order; versions keep theirs, which has a meaning. */
function shuffle(value: unknown, next: () => number, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => shuffle(each, next));
  const members = Object.entries(value).map(([name, each]) => [name, shuffle(each, next, name)] as const);
  return Object.fromEntries(
    key === 'versions'
      ? members
      : members
          .map((each) => [next(), each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each),
  );
}

const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? Array.isArray(value)
      ? value.map(sorted)
      : value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, each]) => [key, sorted(each)]),
      );

describe('the environment', () => {
  test('is local unless told, and part of every identity', () => {
    const services = { orders: listening() };
    expect(resolved({ services })).toMatchObject({ environment: 'local', trustDomain: 'shop.local.mesh.internal' });
    expect(resolved({ services }, 'prod')).toMatchObject({
      environment: 'prod',
      trustDomain: 'shop.prod.mesh.internal',
      services: [{ identity: 'spiffe://shop.prod.mesh.internal/svc/orders' }],
    });
  });

  test('a trust domain that is declared stays', () => {
    expect(resolved({ mesh: { trustDomain: 'shop.example' }, services: { orders: listening() } }, 'prod').trustDomain).toBe('shop.example');
  });

  test.each(['', 'Prod', 'a b', '../prod', 'a'.repeat(31)])('%j is none', (environment) => {
    expect(() => resolve(shop, { environment })).toThrow(
      new ArchitectureError([
        {
          path: 'environment',
          message: `got "${environment}"; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30`,
        },
      ]),
    );
  });
});

test('what was never declared is refused, and where it may be', () => {
  expect(() => resolve(shop.spec as never)).toThrow(
    '1 problem in the architecture\n  architecture: is not what defineArchitecture or parseArchitecture returns',
  );
  expect(() => resolve({ default: shop } as never)).toThrow('parseArchitecture returns; this is a module: pass its default');
});

test('calls are sorted by caller, then callee, with ports and variables of their own', () => {
  const { calls } = resolved({
    services: {
      pricing: listening(),
      orders: listening({ calls: { pricing: { fanOut: 2, localPort: 21_000, env: { url: 'PRICES' } }, catalog: {} } }),
      catalog: listening({ calls: { pricing: {} } }),
    },
  });
  expect(calls.map(({ from, to, fanOut }) => [from, to, fanOut])).toEqual([
    ['catalog', 'pricing', 1],
    ['orders', 'catalog', 1],
    ['orders', 'pricing', 2],
  ]);
  expect(calls[0]).toMatchObject({ variables: { url: 'PRICING_URL', host: 'PRICING_HOST', port: 'PRICING_PORT' } });
  expect(calls[2]).toMatchObject({ localPort: 21_000, variables: { url: 'PRICES', host: 'PRICING_HOST', port: 'PRICING_PORT' } });
});

test('ports of externals follow from the protocol unless given', () => {
  const external = {
    web: { protocol: 'http' },
    api: { protocol: 'https' },
    other: { protocol: 'https', port: 8443 },
    db: { protocol: 'tcp', port: 5432 },
  };
  expect(resolved({ services: { orders: listening() }, external }).externals.map(({ name, port }) => [name, port])).toEqual([
    ['api', 443],
    ['db', 5432],
    ['other', 8443],
    ['web', 80],
  ]);
});

test('acknowledgements are found at every place that takes them', () => {
  const acknowledge = { 'some-check': 'because it is a test' };
  const { acknowledgements } = resolved({
    acknowledge,
    services: { orders: listening({ acknowledge, calls: { db: { acknowledge } }, routes: [{ acknowledge }] }) },
    external: { db: { protocol: 'https', acknowledge } },
    gateways: { web: { kind: 'http', auth: 'public', acknowledge, routes: { 'GET /': { to: 'orders', acknowledge } } } },
  });
  expect(acknowledgements.map(({ path }) => path)).toEqual([
    '',
    'services.orders',
    'services.orders.calls.db',
    'services.orders.routes[0]',
    'external.db',
    'gateways.web',
    'gateways.web.routes["GET /"]',
  ]);
});

describe('a declaration', () => {
  test('is known by its kind, whichever copy of the library made it', () => {
    expect(isDeclaration(shop)).toBe(true);
    expect(isDeclaration({ kind: 'cdk-edge-mesh.declaration', spec: {} })).toBe(true);
    for (const other of [undefined, null, 'shop', {}, { kind: 'shop' }]) expect(isDeclaration(other)).toBe(false);
  });

  test('does not change with what it was made from', () => {
    const spec = { name: 'shop', services: { orders: { image: 'acme/orders:7' } } };
    const declaration = parseArchitecture(spec);
    spec.services.orders.image = 'acme/orders:8';
    expect(declaration.spec.services?.['orders']?.image).toBe('acme/orders:7');
  });

  test('takes undefined as nothing said', () => {
    const services = { orders: listening({ owner: undefined, calls: { db: undefined }, scale: undefined }), pricing: undefined };
    expect(resolve(parseArchitecture({ name: 'shop', mesh: undefined, services })).services.map(({ name }) => name)).toEqual(['orders']);
  });
});
