import { awsPlacement, compileIngress, compileSidecar, type Placement } from '../../../lib/engines/envoy/index.js';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { everywhere } from './everywhere.js';
import { inside, named } from './inside.js';

const shop = (pricing: object, metrics: object = { protocol: 'http', port: 9102 }) =>
  resolve(
    parseArchitecture({
      name: 'shop',
      services: {
        orders: { listen: { protocol: 'http', port: 8080 }, calls: { pricing: { timeout: '1s' }, 'pricing:metrics': {}, stock: {} } },
        pricing: { listen: { protocol: 'http', port: 8081 }, ports: { metrics }, ...pricing },
        stock: { listen: { protocol: 'http', port: 8082 } },
      },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /prices': { to: 'pricing' } } } },
    }),
  );
const zoned = shop({ zones: 'prefer-own', panic: 30 });

/** Two instances of everything, in b and in a. */
const here: Placement = {
  ...everywhere,
  endpoints: (_, port) => ({
    addresses: [
      { address: '10.1.0.2', port: port?.inbound ?? 1, zone: 'b' },
      { address: '10.1.0.1', port: port?.inbound ?? 1, zone: 'a' },
    ],
  }),
  near: {
    zone: 'a',
    instances: [
      { address: '10.2.0.1', port: 2, zone: 'a' },
      { address: '10.2.0.2', port: 2, zone: 'b' },
    ],
  },
};
const orders = (architecture = zoned, placement = here) => {
  const { versions } = architecture.services.find(({ name }) => name === 'orders')!;
  return compileSidecar(architecture, versions[0]!, placement);
};
const cluster = (configuration: JsonObject, name: string): JsonObject => named(configuration, 'clusters')[name]!;

test('an Envoy that prefers somebody by zone knows its own, and where its peers are', () => {
  expect(orders()).toMatchObject({ node: { locality: { zone: 'a' } }, cluster_manager: { local_cluster_name: 'local/peers' } });
  expect(inside(cluster(orders(), 'local/peers'), 'locality')).toEqual([{ zone: 'a' }, { zone: 'b' }]);
  expect(compileIngress(zoned, here)).toMatchObject({ node: { locality: { zone: 'a' } } });
});

test('the callee that says so is preferred by zone, at its further ports too, and another is not', () => {
  const preference = { routing_enabled: { value: 95 }, min_cluster_size: 1 };
  for (const name of ['pricing', 'pricing/metrics'])
    expect(cluster(orders(), name)).toMatchObject({
      common_lb_config: { healthy_panic_threshold: { value: 30 }, zone_aware_lb_config: preference },
      load_assignment: { endpoints: [{ locality: { zone: 'a' } }, { locality: { zone: 'b' } }] },
    });
  expect(cluster(orders(), 'stock')).not.toHaveProperty('common_lb_config');
  expect(inside(cluster(orders(), 'stock'), 'locality')).toEqual([]);
});

test('a further port over tcp is not', () => {
  const compiled = orders(shop({ zones: 'prefer-own' }, { protocol: 'tcp', port: 9102 }));
  expect(cluster(compiled, 'pricing/metrics')).not.toHaveProperty('common_lb_config');
});

test('zones that nobody prefers change nothing, and where DNS finds instances, nor does the preference', () => {
  const plain = shop({ panic: 30 });
  expect(orders(plain)).toEqual(orders(plain, { ...everywhere, endpoints: (_, port) => unplaced(here.endpoints(_, port)) }));
  const [version] = plain.services.find(({ name }) => name === 'orders')!.versions;
  const options = { version: version! };
  expect(orders(zoned, awsPlacement(zoned, options))).toEqual(orders(plain, awsPlacement(plain, options)));
  expect(compileIngress(zoned, awsPlacement(zoned))).toEqual(compileIngress(plain, awsPlacement(plain)));
});

function unplaced(endpoints: ReturnType<Placement['endpoints']>): ReturnType<Placement['endpoints']> {
  if (!('addresses' in endpoints)) return endpoints;
  return { addresses: endpoints.addresses.map(({ address, port }) => ({ address, port })) };
}
