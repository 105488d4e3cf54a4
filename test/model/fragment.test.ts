import { ArchitectureError, defineArchitecture, defineService, parseArchitecture, resolve, vocabulary } from 'cdk-edge-mesh';

const listen = { protocol: 'http', port: 8080 } as const;
const orders = defineService({ image: 'acme/orders:7', listen, calls: { pricing: { timeout: '1s' } } });
const pricing = vocabulary(['orders', 'pricing']).service({ image: 'acme/pricing:1', listen, access: { orders: ['GET /prices/{sku}'] } });

test('an architecture of fragments is the same as one that is written at once', () => {
  const atOnce = parseArchitecture({
    name: 'shop',
    services: {
      orders: { image: 'acme/orders:7', listen, calls: { pricing: { timeout: '1s' } } },
      pricing: { image: 'acme/pricing:1', listen, access: { orders: ['GET /prices/{sku}'] } },
    },
  });
  expect(resolve(defineArchitecture({ name: 'shop', services: { orders, pricing } }))).toEqual(resolve(atOnce));
});

test('what the compiler does not see, the architecture refuses where fragments meet, by the names that they have there', () => {
  const alone = () => parseArchitecture({ name: 'shop', services: { checkout: orders } });
  expect(alone).toThrow(
    new ArchitectureError([
      { path: 'services.checkout.calls.pricing', message: '"pricing" is not a service or external; none but checkout is declared' },
    ]),
  );
});

test('one fragment may stand for several services', () => {
  const { services } = resolve(
    defineArchitecture({ name: 'shop', services: { orders, wholesale: orders, pricing: defineService({ listen }) } }),
  );
  expect(services.map(({ identity }) => identity)).toEqual([
    'spiffe://shop.local.mesh.internal/svc/orders',
    'spiffe://shop.local.mesh.internal/svc/pricing',
    'spiffe://shop.local.mesh.internal/svc/wholesale',
  ]);
});
