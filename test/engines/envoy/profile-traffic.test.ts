import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar, deadlineHeader, edgeRouteHeader } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve, type Service } from '../../../lib/index.js';
import { Trial } from './trial.js';

/** Nobody says anything but whose defaults hold. */
const saying = (mesh: { compatibility?: 'app-mesh' }): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      mesh,
      services: {
        client: { image: 'client', calls: { pricing: {}, ledger: {} } },
        pricing: { image: 'pricing', listen: { protocol: 'http', port: 8080 } },
        ledger: { image: 'ledger', listen: { protocol: 'http', port: 8081 } },
      },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /prices': { to: 'pricing' } } } },
    }),
  );
const callers = { profile: saying({ compatibility: 'app-mesh' }), own: saying({}) } as const;
type Caller = keyof typeof callers;
const service = (name: string, { services }: Architecture): Service => services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: ReadonlyMap<string, number>;
let front: number;
/** What the app got since the test began; how it answers: with these statuses one after the other, then 200; after how long. */
let seen: IncomingMessage[];
let statuses: number[];
let delay: number;

beforeAll(async () => {
  trial = await Trial.of(callers.profile);
  const app = await trial.app(async (request, response) => {
    seen.push(request);
    const status = statuses.shift() ?? 200;
    await wait(delay);
    response.writeHead(status).end();
  });
  const inbound = trial.port();
  local = new Map(['profile', 'own'].flatMap((caller) => ['pricing', 'ledger'].map((to) => [`${caller} ${to}`, trial.port()])));
  front = trial.port();
  const caller = (name: Caller) =>
    compileSidecar(
      callers[name],
      service('client', callers[name]).versions[0]!,
      // Where ledger should be, pricing answers, with its own certificate.
      trial.placement(name, { local: ({ to }) => at(local.get(`${name} ${to}`)!), endpoints: () => ({ addresses: [at(inbound)] }) }),
    );
  await trial.start({
    profile: caller('profile'),
    own: caller('own'),
    ingress: compileIngress(
      callers.profile,
      trial.placement('ingress', { front: () => at(front), endpoints: () => ({ addresses: [at(inbound)] }) }),
    ),
    pricing: compileSidecar(
      callers.profile,
      service('pricing', callers.profile).versions[0]!,
      trial.placement('pricing', { inbound: at(inbound), app: at(app.port) }),
    ),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  [seen, statuses, delay] = [[], [], 0];
});

const send = (from: Caller, method = 'GET', to = 'pricing') =>
  trial.send({ port: local.get(`${from} ${to}`)!, path: '/prices', method }).then(({ status }) => status);
const counter = async (from: Caller, name: string) => (await trial.statistics(from, `^${name}$`))[name];
const grown = async (from: Caller, name: string, task: () => Promise<unknown>) => {
  const before = (await counter(from, name)) ?? 0;
  await task();
  return ((await counter(from, name)) ?? 0) - before;
};

test("[app-mesh-defaults] an answer that takes longer than the mesh's own two seconds arrives: fifteen are given", async () => {
  delay = 2_600;
  expect(await Promise.all([send('profile'), send('own')])).toEqual([200, 504]);
  expect(seen.map(({ headers }) => headers[deadlineHeader]).sort()).toEqual(['15000', '2000']);
});

test('[app-mesh-defaults] a 503 is tried again twice; by the defaults of the mesh it is an answer', async () => {
  statuses = [503, 503];
  expect(await grown('profile', 'cluster.pricing.upstream_rq_retry_success', () => send('profile'))).toBe(1);
  expect(seen).toHaveLength(3);
  [seen, statuses] = [[], [503, 503]];
  expect(await send('own')).toBe(503);
  expect(seen).toHaveLength(1);
});

test('[app-mesh-defaults] two further tries are all, and no budget holds them back', async () => {
  statuses = Array.from({ length: 60 }, () => 503);
  delay = 50;
  const answers = () => Promise.all(Array.from({ length: 20 }, () => send('profile')));
  let got: number[] = [];
  expect(await grown('profile', 'cluster.pricing.upstream_rq_retry_limit_exceeded', async () => (got = await answers()))).toBe(20);
  expect({ got: new Set(got), seen: seen.length }).toEqual({ got: new Set([503]), seen: 60 });
  expect(await counter('profile', 'cluster.pricing.upstream_rq_retry_overflow')).toBe(0);
});

test('[app-mesh-defaults] a POST that was answered 503 is not sent again, though App Mesh did so', async () => {
  statuses = [503];
  expect(await grown('profile', 'cluster.pricing.upstream_rq_retry', async () => expect(await send('profile', 'POST')).toBe(503))).toBe(0);
  expect(seen).toHaveLength(1);
});

test('[app-mesh-defaults] no instance is left alone, however often it fails', async () => {
  const noticed = 'cluster.pricing.outlier_detection.ejections_detected_consecutive_5xx';
  for (const from of ['profile', 'own'] as const) {
    statuses = Array.from({ length: 8 }, () => 500);
    for (let request = 0; request < 8; request += 1) await send(from);
  }
  expect(await counter('profile', noticed)).toBeUndefined(); // nothing is even counted
  expect(await counter('own', noticed)).toBeGreaterThan(0);
});

test('[app-mesh-defaults] an ingress asks by them too', async () => {
  statuses = [503, 503];
  expect(await trial.send({ port: front, path: '/prices', headers: { [edgeRouteHeader]: 'GET /prices' } })).toMatchObject({ status: 200 });
  expect(seen.map(({ headers }) => headers[deadlineHeader])).toEqual(['15000', expect.anything(), expect.anything()]);
});

test('[app-mesh-defaults] nothing limits what is under way', async () => {
  const limitOf = async (envoy: string, cluster: string) =>
    /::default_priority::max_requests::(\d+)/.exec(
      (await trial.admin(envoy, '/clusters')).body
        .split('\n')
        .filter((line) => line.startsWith(`${cluster}::`))
        .join('\n'),
    )?.[1];
  const unlimited = [
    await limitOf('profile', 'pricing'),
    await limitOf('pricing', 'local/app'),
    await limitOf('ingress', 'gateway/web/pricing'),
  ];
  expect(unlimited).toEqual(['2147483647', '2147483647', '2147483647']);
  expect(await limitOf('own', 'pricing')).toBe('1024');
});

test('[app-mesh-defaults] who is asked has to prove its identity, though App Mesh took anyone where nobody said whom', async () => {
  expect(
    await grown('profile', 'cluster.ledger.ssl.fail_verify_san', async () => expect(await send('profile', 'GET', 'ledger')).toBe(503)),
  ).toBeGreaterThan(0);
  expect(seen).toEqual([]);
});
