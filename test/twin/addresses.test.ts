import { request } from 'node:http';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';

const clients = { from: ['10.0.4.0/24'], to: ['orders' as const] };
let twin: Twin;

beforeAll(async () => {
  const declared = defineArchitecture({
    name: 'lists',
    mesh: { mtls: { permissive: { until: '2027-03-31', clients: { legacy: clients } } } },
    services: { orders: { listen: { protocol: 'http', port: 8080 } } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' } }, allow: ['127.0.0.2/32'] } },
  });
  twin = await up(resolve(declared));
});
afterAll(() => twin?.stop());

const from = (localAddress: string, url: string, headers: Record<string, string> = {}): Promise<number | undefined> =>
  new Promise((resolve) => {
    const sent = request(url, { localAddress, agent: false, headers }, (answer) =>
      answer.resume().on('end', () => resolve(answer.statusCode)),
    );
    sent.on('error', () => resolve(undefined));
    sent.end();
  });

test('[address-lists] the twin holds the list against the address that its gateway sees, whatever the client says', async () => {
  const url = `${twin.gateways[0]!.url}/orders`;
  expect(await from('127.0.0.2', url)).toBe(200);
  expect(await from('127.0.0.1', url)).toBe(403);
  expect(await from('127.0.0.1', url, { 'x-edge-source-ip': '127.0.0.2', 'x-forwarded-for': '127.0.0.2' })).toBe(403);
  expect((await twin.statistics('ingress'))['http.from/web.rbac.addresses.denied']).toBe(2);
});

test('[mtls-permissive] a plaintext client has an address of its own in the twin', async () => {
  const url = `http://127.0.0.1:${twin.instance('orders').inboundPort}/anything`;
  expect(await from('127.77.0.1', url)).toBe(200);
  expect(await from('127.0.0.1', url)).toBeUndefined();
  expect((await twin.statistics('orders-1'))['listener.inbound.no_filter_chain_match']).toBe(1);
});
