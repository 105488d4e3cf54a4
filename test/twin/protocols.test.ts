import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';
import { quotesDescriptors } from '../engines/envoy/descriptors/index.js';
import { ask } from './client.js';

const architecture = resolve(
  defineArchitecture({
    name: 'spoken',
    services: {
      buyer: { image: 'buyer', calls: { quotes: {}, ledger: {}, vault: {} } },
      quotes: {
        image: 'quotes',
        listen: { protocol: 'grpc', port: 9090 },
        descriptors: quotesDescriptors,
        calls: { rates: {} },
        access: { buyer: ['POST /acme.Quotes/Get'], gateways: ['POST /acme.Quotes/Get'] },
      },
      rates: { image: 'rates', listen: { protocol: 'grpc', port: 9091 } },
      ledger: { image: 'ledger', listen: { protocol: 'tcp', port: 5432 } },
    },
    external: { vault: { host: 'vault.example', protocol: 'tls' } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' } } } },
  }),
);

let twin: Twin;
beforeAll(async () => {
  twin = await up(architecture);
});
afterAll(() => twin?.stop());

test('stubs call each other by gRPC, TCP and TLS of their own, each through its sidecar', async () => {
  const reports = await twin.instance('buyer').work();
  expect(reports).toMatchObject([
    { to: 'ledger', status: 'connected', answer: 'ledger-1 heard: hello from buyer' },
    {
      to: 'quotes',
      status: 200,
      answer: { service: 'quotes', method: 'POST', path: '/acme.Quotes/Get', calls: [{ to: 'rates', status: 200 }] },
    },
    { to: 'vault', status: 'connected', answer: 'vault heard: hello from buyer' },
  ]);
});

test('a gRPC stub that fails says so in its status, and its caller fails with it', async () => {
  twin.instance('rates').failApp(503);
  const quotes = (await twin.instance('buyer').work()).find(({ to }) => to === 'quotes');
  twin.instance('rates').failApp(undefined);
  expect(quotes).toMatchObject({ status: 503, answer: { grpcStatus: 14 } });
});

test('[grpc-json] clients of a gateway ask a gRPC stub by JSON: it answers with a message without fields, or its status', async () => {
  const url = `${twin.gateways[0]!.url}/quotes/7`;
  expect(await ask(`${url}?count=2`)).toMatchObject({ status: 200, text: '{}' });
  expect(await ask(`${url}?nope=2`)).toMatchObject({ status: 400 });
  twin.instance('quotes').failApp(503);
  const failed = await ask(url);
  twin.instance('quotes').failApp(undefined);
  expect([failed.status, JSON.parse(failed.text)]).toEqual([503, { code: 14 }]);
});

test('a TCP stub that fails closes connections', async () => {
  twin.instance('ledger').failApp(503);
  const ledger = (await twin.instance('buyer').work()).find(({ to }) => to === 'ledger');
  twin.instance('ledger').failApp(undefined);
  expect(ledger).toMatchObject({ status: 'failed' });
});

test('each sidecar of a twin shows its statistics, where metrics are declared', async () => {
  const spec = {
    name: 'shown',
    services: { one: { image: 'one', calls: { two: {} } }, two: { image: 'two', listen: { protocol: 'http', port: 8080 } } },
  } as const;
  const shown = await up(resolve(defineArchitecture({ ...spec, observability: { metrics: 'task' } })));
  try {
    const answer = await ask(`http://127.0.0.1:${shown.instance('two').metricsPort}/stats/prometheus`);
    expect(answer.text).toContain('service="two"');
    expect(twin.instance('rates').metricsPort).toBeUndefined();
  } finally {
    await shown.stop();
  }
});
