import { createServer, connect as dial } from 'node:net';
import { type Address, compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      catalog: { listen: { protocol: 'http', port: 8080 }, calls: { pricing: {} } },
      scraper: { calls: { 'pricing:metrics': { timeout: '2s' }, 'pricing:ledger': {}, pricing: {} } },
      auditor: { calls: { 'pricing:metrics': {} } },
      pricing: {
        listen: { protocol: 'http', port: 9090 },
        ports: {
          metrics: { protocol: 'http2', port: 9102 },
          ledger: { protocol: 'tcp', port: 9103 },
          debug: { protocol: 'http', port: 9104 },
        },
        access: { catalog: ['GET /quotes/{sku}'], scraper: '*' },
        routes: [{ match: { path: '/away' }, respond: { status: 418 } }],
        rateLimit: { rate: 0.001, burst: 5 },
      },
    },
    gateways: {
      web: { kind: 'http', auth: 'public', routes: { 'GET /numbers/{kind}': { to: 'pricing:metrics', path: '/metrics/{kind}' } } },
    },
  }),
);
const find = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number): Address => ({ address: '127.0.0.1', port });
const webIdentity = architecture.gateways[0]!.identity;

let trial: Trial;
const inbound: Record<string, number> = {};
const local: Record<string, number> = {};
let front: number;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const { createServer: http2 } = await import('node:http2');
  const apps = {
    main: await trial.app((request, response) => void response.end(`main ${request.url}`)),
    metrics: await trial.listen(http2((request, response) => void response.end(`metrics ${request.url}`))),
    ledger: await trial.listen(createServer((socket) => socket.end('ledger says hello\n'))),
  };
  for (const name of ['main', 'metrics', 'ledger']) inbound[name] = trial.port();
  for (const callee of ['pricing', 'pricing:metrics', 'pricing:ledger']) local[callee] = trial.port();
  front = trial.port();
  const version = (name: string) => find(name).versions[0]!;
  const pricing = trial.placement('pricing', {
    inbound: at(inbound['main']!),
    app: at(apps.main.port),
    further: ({ name }) => ({ inbound: at(inbound[name]!), app: at(apps[name as 'metrics' | 'ledger'].port) }),
  });
  const endpoints = (_: unknown, port?: { readonly name: string }) => ({ addresses: [at(inbound[port?.name ?? 'main']!)] });
  await trial.start({
    pricing: compileSidecar(architecture, version('pricing'), pricing),
    scraper: compileSidecar(
      architecture,
      version('scraper'),
      trial.placement('scraper', { local: ({ callee }) => at(local[callee]!), endpoints }),
    ),
    ingress: compileIngress(architecture, trial.placement('ingress', { front: () => at(front), endpoints })),
  });
});

afterAll(() => trial.stop());

const counter = async (envoy: string, name: string) => (await trial.statistics(envoy, `^${name}$`))[name] ?? 0;
const sendAs = (service: string, port: string, path: string) => trial.sendAs(find(service).identity, { port: inbound[port]!, path });

test('[further-ports] a call to a port reaches that port of the app, through its own listeners and clusters', async () => {
  expect(await trial.send({ port: local['pricing:metrics']!, path: '/metrics' })).toMatchObject({ status: 200, body: 'metrics /metrics' });
  expect(await trial.send({ port: local['pricing']!, path: '/quotes/7' })).toMatchObject({ status: 200, body: 'main /quotes/7' });
  expect(await counter('scraper', 'http.to/pricing/metrics.downstream_rq_2xx')).toBe(1);
  expect(await counter('scraper', 'cluster.pricing/metrics.upstream_rq_200')).toBe(1);
  expect(await counter('pricing', 'http.inbound/metrics.downstream_rq_2xx')).toBe(1);
  expect(await counter('pricing', 'listener.inbound/metrics.ssl.versions.TLSv1.3')).toBeGreaterThan(0);
});

test('[further-ports] bytes pass a port that speaks tcp', async () => {
  const heard = await new Promise<string>((resolve) => {
    const socket = dial(local['pricing:ledger']!, '127.0.0.1');
    socket.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  expect(heard).toBe('ledger says hello');
  expect(await counter('pricing', 'tcp.inbound/ledger.downstream_cx_total')).toBe(1);
});

test('[further-ports] each port has callers of its own: who may ask one is refused at the other, before the app hears of it', async () => {
  const main = 'listener.inbound.ssl.fail_verify_san';
  const metrics = 'listener.inbound/metrics.ssl.fail_verify_san';
  const [atMain, atMetrics] = [await counter('pricing', main), await counter('pricing', metrics)];
  expect(await sendAs('auditor', 'metrics', '/metrics')).toMatchObject({ status: 200, body: 'metrics /metrics' });
  await expect(sendAs('auditor', 'main', '/quotes/7')).rejects.toThrow();
  expect(await sendAs('catalog', 'main', '/quotes/7')).toMatchObject({ status: 200, body: 'main /quotes/7' });
  await expect(sendAs('catalog', 'metrics', '/metrics')).rejects.toThrow();
  await expect(sendAs('catalog', 'ledger', '/')).rejects.toThrow();
  expect([await counter('pricing', main), await counter('pricing', metrics)]).toEqual([atMain + 1, atMetrics + 1]);
  expect(await counter('pricing', 'listener.inbound/ledger.ssl.fail_verify_san')).toBe(1);
});

test('[further-ports] a gateway reaches a port by its declared routes alone, and its refusals are counted at the port', async () => {
  const route = { 'x-edge-route': 'GET /numbers/{kind}' };
  expect(await trial.send({ port: front, path: '/metrics/jobs', headers: route })).toMatchObject({
    status: 200,
    body: 'metrics /metrics/jobs',
  });
  const denied = await counter('pricing', 'http.inbound/metrics.rbac.denied');
  expect(await trial.sendAs(webIdentity, { port: inbound['metrics']!, path: '/other' })).toMatchObject({ status: 403 });
  expect(await counter('pricing', 'http.inbound/metrics.rbac.denied')).toBe(denied + 1);
  await expect(trial.sendAs(webIdentity, { port: inbound['main']!, path: '/metrics/jobs' })).rejects.toThrow();
});

test("[further-ports] the service's own routes and rate limit do not hold at a port", async () => {
  for (let each = 0; each < 8; each += 1) expect((await sendAs('auditor', 'metrics', '/away')).body).toBe('metrics /away');
  const limited = await Promise.all(Array.from({ length: 8 }, () => sendAs('scraper', 'main', '/quotes/7')));
  expect(limited.some(({ status }) => status === 429)).toBe(true);
});

test('[further-ports] a port that nobody calls has no listener', async () => {
  const names = (
    compileSidecar(architecture, find('pricing').versions[0]!, trial.placement('none', {}))['static_resources'] as unknown as {
      readonly listeners: readonly { readonly name: string }[];
    }
  ).listeners.map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('inbound')).sort()).toEqual(['inbound', 'inbound/ledger', 'inbound/metrics']);
});
