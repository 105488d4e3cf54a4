import { localPortOf, meshPortOf } from '../../../lib/model/port';
import { listening, resolved } from './shop';

const subject = resolved({
  mesh: { defaults: { timeout: '7s' } },
  services: {
    orders: listening({ calls: { pricing: {}, 'pricing:metrics': { timeout: '300ms' } } }),
    pricing: listening({
      ports: { metrics: { protocol: 'http', port: 9102 }, ledger: { protocol: 'tcp', port: 9103, maxAge: '5m' } },
      routes: [{ match: { path: '/a' }, timeout: '1s' }],
      access: { orders: ['GET /a'] },
    }),
  },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /numbers': { to: 'pricing:metrics' } } } },
});
const pricing = subject.services.find(({ name }) => name === 'pricing')!;

test('a further port has a listener, a place at the sidecar by its name alone, and callers of its own', () => {
  expect(pricing.ports).toEqual([
    {
      name: 'ledger',
      path: 'services.pricing.ports.ledger',
      listen: { protocol: 'tcp', port: 9103, idleTimeout: 3_600_000, maxAge: 300_000 },
      inbound: meshPortOf('ledger'),
      admits: [],
    },
    {
      name: 'metrics',
      path: 'services.pricing.ports.metrics',
      listen: { protocol: 'http', port: 9102 },
      inbound: meshPortOf('metrics'),
      admits: [
        expect.objectContaining({ caller: { kind: 'service', name: 'orders' }, requests: undefined }),
        expect.objectContaining({ caller: { kind: 'gateway', name: 'web' }, requests: [expect.objectContaining({ method: 'GET' })] }),
      ],
    },
  ]);
});

test('where the service listens, nobody is admitted for the sake of a port', () => {
  expect(pricing.admits).toMatchObject([{ caller: { name: 'orders' }, requests: [{ method: 'GET', path: { text: '/a' } }] }]);
  expect(pricing.admits).toHaveLength(1);
});

test('a call to a port is one of its own: name, local port, variables, and none of the routes', () => {
  expect(subject.calls.map(({ to, port, callee, path }) => ({ to, port, callee, path }))).toEqual([
    { to: 'pricing', port: undefined, callee: 'pricing', path: 'services.orders.calls.pricing' },
    { to: 'pricing', port: 'metrics', callee: 'pricing:metrics', path: 'services.orders.calls["pricing:metrics"]' },
  ]);
  const [, call] = subject.calls;
  expect(call).toMatchObject({
    localPort: localPortOf('pricing:metrics'),
    variables: { url: 'PRICING_METRICS_URL', host: 'PRICING_METRICS_HOST', port: 'PRICING_METRICS_PORT' },
    speaks: 'http',
  });
  expect(call!.rules.map(({ path, policy }) => [path, policy.timeout])).toEqual([['services.pricing.traffic', 300]]);
});

test('a gateway’s route to a port meets none of the routes either', () => {
  const { target } = subject.gateways[0]!.routes[0]!;
  expect(target).toMatchObject({ kind: 'service', name: 'pricing', port: 'metrics', rules: [{ path: 'services.pricing.traffic' }] });
});

test('the place at the sidecar is between 15100 and 15899, and the same for a name everywhere', () => {
  for (const name of ['metrics', 'admin', 'debug', 'a', 'z'.repeat(20)]) {
    expect(meshPortOf(name)).toBeGreaterThanOrEqual(15_100);
    expect(meshPortOf(name)).toBeLessThanOrEqual(15_899);
  }
  expect(meshPortOf('metrics')).toBe(15_538);
});
