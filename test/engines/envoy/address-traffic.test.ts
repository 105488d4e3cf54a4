import { createServer } from 'node:http2';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const route = { 'GET /menu': { to: 'orders' } } as const;
const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: { orders: { image: 'orders', listen: { protocol: 'http2', port: 8080 } } },
    gateways: {
      both: { kind: 'http', auth: 'public', routes: route, allow: ['203.0.113.0/24', '2001:db8::/32'], deny: ['203.0.113.64/26'] },
      denying: { kind: 'http', auth: 'public', routes: route, deny: ['198.51.100.7/32'] },
      open: { kind: 'http', auth: 'public', routes: route },
    },
  }),
);
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
const fronts = new Map<string, number>();

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const app = await trial.listen(createServer((_request, response) => response.end()));
  const inbound = at(trial.port());
  for (const { name } of architecture.gateways) fronts.set(name, trial.port());
  const ingress = trial.placement('ingress', { front: ({ name }) => at(fronts.get(name)!), endpoints: () => ({ addresses: [inbound] }) });
  await trial.start({
    ingress: compileIngress(architecture, ingress),
    orders: compileSidecar(architecture, architecture.services[0]!.versions[0]!, trial.placement('orders', { inbound, app: at(app.port) })),
  });
});

afterAll(() => trial.stop());

/** As the gateway sends it, for a client at this address. */
async function ask(gateway: string, address: string | undefined, headers: Record<string, string> = {}) {
  const counter = `http.from/${gateway}.rbac.addresses.denied`;
  const count = async () => (await trial.statistics('ingress', `^${counter}$`))[counter] ?? 0;
  const before = await count();
  const said: Record<string, string> = { 'x-edge-route': 'GET /menu', ...(address && { 'x-edge-source-ip': address }), ...headers };
  const { status } = await trial.send({ port: fronts.get(gateway)!, path: '/menu', headers: said });
  return { status, refused: (await count()) - before };
}
const passed = { status: 200, refused: 0 };
const refused = { status: 403, refused: 1 };

test.each(['203.0.113.9', '203.0.113.63', '203.0.113.128', '2001:db8::7'])('[address-lists] %s is allowed', async (address) => {
  expect(await ask('both', address)).toEqual(passed);
});

test.each(['203.0.112.255', '203.0.114.0', '198.51.100.7', '2001:db9::1', '127.0.0.1'])(
  '[address-lists] %s, which is not allowed, is refused and counted',
  async (address) => expect(await ask('both', address)).toEqual(refused),
);

test.each(['203.0.113.64', '203.0.113.127'])('[address-lists] %s is allowed and denied: denied wins', async (address) =>
  expect(await ask('both', address)).toEqual(refused),
);

test('[address-lists] where nothing but denying is said, everyone else may ask', async () => {
  expect(await ask('denying', '198.51.100.7')).toEqual(refused);
  expect(await ask('denying', '198.51.100.8')).toEqual(passed);
});

test.each([['x-forwarded-for'], ['x-real-ip'], ['x-envoy-external-address'], ['forwarded']])(
  '[address-lists] an address in %s changes nothing, for better or worse',
  async (header) => {
    expect(await ask('both', '192.0.2.1', { [header]: '203.0.113.9' })).toEqual(refused);
    expect(await ask('both', '203.0.113.9', { [header]: '203.0.113.64' })).toEqual(passed);
  },
);

test.each([undefined, 'nobody', '203.0.113.9, 192.0.2.1', ''])('a client of which the gateway says %j is refused', async (address) => {
  expect((await ask('both', address)).status).toBe(403);
  expect((await ask('denying', address)).status).toBe(403);
});

test('a gateway without lists asks nobody where it is', async () => {
  expect(await ask('open', undefined)).toEqual(passed);
});
