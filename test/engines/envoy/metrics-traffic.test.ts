import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { pricing: {} } },
      pricing: {
        listen: { protocol: 'http', port: 8081 },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 100, v2: 0 },
      },
    },
    observability: { metrics: 'task' },
  }),
);
const [client, pricing] = architecture.services;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
let metrics: Readonly<Record<'client' | 'pricing', number>>;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  local = trial.port();
  metrics = { client: trial.port(), pricing: trial.port() };
  const inbound = trial.port();
  const app = await trial.app((_request, response) => setTimeout(() => response.end('7'), 20));
  await trial.start({
    client: compileSidecar(
      architecture,
      client!.versions[0]!,
      trial.placement('client', { local: () => at(local), metrics: at(metrics.client), endpoints: () => ({ addresses: [at(inbound)] }) }),
    ),
    pricing: compileSidecar(
      architecture,
      pricing!.versions[0]!,
      trial.placement('pricing', { inbound: at(inbound), app: at(app.port), metrics: at(metrics.pricing) }),
    ),
  });
  for (let request = 0; request < 5; request += 1) await trial.send({ port: local, path: '/' });
});

afterAll(() => trial.stop());

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a scraper reads. */
async function scrape(port: number): Promise<Sample[]> {
  const { status, body } = await trial.send({ port, path: '/stats/prometheus' });
  expect(status).toBe(200);
  return body.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key!, text!] as const);
    return name === undefined ? [] : [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

test("[metrics] a scraper reads a caller's requests by service and call, with fine steps of latency", async () => {
  let ofCall: Sample[];
  do {
    await wait(100); // Envoy counts up its histograms every five seconds
    ofCall = (await scrape(metrics.client)).filter(({ labels }) => labels['call'] === 'pricing');
  } while (ofCall.find(({ name }) => name === 'envoy_http_downstream_rq_time_count')?.value === 0);
  expect(ofCall.filter(({ name }) => name === 'envoy_http_downstream_rq_total')).toMatchObject([
    { labels: { service: 'client', call: 'pricing' }, value: 5 },
  ]);
  const buckets = ofCall.filter(({ name }) => name === 'envoy_http_downstream_rq_time_bucket');
  expect(buckets.map(({ labels }) => labels['le'])).toEqual(expect.arrayContaining(['15', '20', '30', '50', '75', '+Inf']));
  expect(buckets.find(({ labels }) => labels['le'] === '+Inf')).toMatchObject({ value: 5 });
  expect(buckets.find(({ labels }) => labels['le'] === '15')).toMatchObject({ value: 0 });
});

test("[metrics] a callee's numbers carry its version", async () => {
  const samples = await scrape(metrics.pricing);
  const others = samples.filter(({ labels }) => labels['service'] !== 'pricing' || labels['version'] !== 'v1');
  // What Envoy counts of its files before it has read its configuration.
  expect(others.filter(({ name }) => !name.startsWith('envoy_filesystem_'))).toEqual([]);
  const taken = samples.filter(
    ({ name, labels }) => name === 'envoy_http_downstream_rq_total' && labels['envoy_http_conn_manager_prefix'] === 'inbound',
  );
  expect(taken).toMatchObject([{ value: 5 }]);
});

test.each([
  ['GET', '/'],
  ['GET', '/config_dump'],
  ['GET', '/certs'],
  ['GET', '/stats'],
  ['GET', '/stats/prometheus/../../config_dump'],
  ['GET', '/stats/prometheus%2f..%2f..%2fconfig_dump'],
  ['POST', '/stats/prometheus'],
  ['POST', '/quitquitquit'],
  ['POST', '/reset_counters'],
  ['POST', '/logging?level=trace'],
])('[metrics] %s %s is refused there', async (method, path) => {
  const before = await trial.statistics('client', '^http.admin.downstream_rq_total');
  expect([400, 404]).toContain((await trial.send({ port: metrics.client, method, path })).status);
  const after = await trial.statistics('client', '^http.admin.downstream_rq_total');
  // The only request that administration saw in between is the one that asked for these numbers.
  expect(after['http.admin.downstream_rq_total']! - before['http.admin.downstream_rq_total']!).toBe(1);
  expect((await trial.send({ port: local, path: '/' })).status).toBe(200);
});
