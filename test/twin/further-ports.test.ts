import { parseArchitecture, resolve } from '../../lib/index.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { ask } from './client.js';

const shop = parseArchitecture({
  name: 'shop',
  services: {
    pricing: {
      listen: { protocol: 'http2', port: 9090 },
      ports: { metrics: { protocol: 'http', port: 9102 }, ledger: { protocol: 'tcp', port: 9103 } },
      versions: { v1: {}, v2: {} },
      traffic: { v1: 100, v2: 0 },
      calls: { tax: {} },
    },
    tax: { listen: { protocol: 'http', port: 8080 } },
    scraper: { calls: { pricing: {}, 'pricing:metrics': {}, 'pricing:ledger': {} } },
  },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /numbers': { to: 'pricing:metrics' } } } },
});

let twin: Twin;
beforeAll(async () => {
  twin = await up(resolve(shop), { instances: { 'pricing-v1': 2 } });
}, 30_000);
afterAll(() => twin.stop());

test('a caller finds a service and each of its ports in places of their own', async () => {
  expect([...twin.instance('scraper').localPorts.keys()].sort()).toEqual(['pricing', 'pricing:ledger', 'pricing:metrics']);
  expect(await twin.run('scraper')).toMatchObject([
    { to: 'pricing', status: 200, answer: { service: 'pricing', version: 'v1', calls: [{ to: 'tax', status: 200 }] } },
    { to: 'pricing:ledger', status: 'connected', answer: expect.stringMatching(/^pricing-v1-[12]:ledger heard: hello from scraper$/) },
    { to: 'pricing:metrics', status: 200, answer: { service: 'pricing', port: 'metrics', version: 'v1', calls: [] } },
  ]);
});

test('so does a gateway', async () => {
  const { status, text } = await ask(`${twin.gateway('web').url}/numbers`);
  expect({ status, answer: JSON.parse(text) }).toMatchObject({ status: 200, answer: { port: 'metrics', path: '/numbers' } });
});

test('an app that dies is gone from all its ports, and comes back on them', async () => {
  await twin.instance('pricing-v1', 1).stopApp();
  await twin.instance('pricing-v1', 2).stopApp();
  expect((await twin.run('scraper')).map(({ status }) => status)).toEqual([503, 'failed', 503]);
  await twin.instance('pricing-v1', 1).startApp();
  await twin.instance('pricing-v1', 2).startApp();
  expect((await twin.run('scraper')).map(({ status }) => status)).toEqual([200, 'connected', 200]);
});

test('shifting a service shifts its ports with it', async () => {
  await twin.shift('pricing', { 'pricing-v1': 0, 'pricing-v2': 100 });
  const [, , metrics] = await twin.run('scraper');
  expect(metrics).toMatchObject({ to: 'pricing:metrics', status: 200, answer: { version: 'v2' } });
  await twin.shift('pricing', undefined);
});
