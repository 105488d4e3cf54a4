import type { IncomingHttpHeaders } from 'node:http';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Call, defineArchitecture, resolve, type Service } from '../../../lib/index.js';
import { type App, type Asked, Trial } from './trial.js';

const listen = { protocol: 'http', port: 8080 } as const;
const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: {
        image: 'client',
        calls: {
          first: { failover: ['second', 'saas'], retries: { max: 2 } },
          second: {},
          saas: {},
          gone: { failover: 'impostor' },
          impostor: {},
        },
      },
      first: { image: 'first', listen },
      second: { image: 'second', listen, outlierDetection: { errors: 1 } },
      gone: { image: 'gone', listen },
      impostor: { image: 'impostor', listen },
    },
    external: { saas: { protocol: 'http', host: 'saas.example' } },
  }),
);
const service = (name: string): Service => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: ReadonlyMap<string, number>;
let apps: Record<'first' | 'second' | 'saas', App>;
/** Who got what since the test began, in the order of their coming. */
let seen: { readonly by: string; readonly headers: IncomingHttpHeaders }[];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const app = (by: string) =>
    trial.app((request, response) => {
      seen.push({ by, headers: request.headers });
      response.end(by);
    });
  apps = { first: await app('first'), second: await app('second'), saas: await app('saas') };
  const [first, second, closed] = [trial.port(), trial.port(), trial.port()];
  // In the impostor's place stands the second, which cannot prove to be the impostor.
  const places: Record<string, number> = { first, second, gone: closed, impostor: second };
  local = new Map(architecture.calls.map(({ to }) => [to, trial.port()]));
  const caller = trial.placement('client', {
    local: ({ to }: Call) => at(local.get(to)!),
    endpoints: (version) => ({ addresses: [at(places[version.service]!)] }),
    external: () => ({ addresses: [at(apps.saas.port)], sni: 'saas.example', roots: { filename: trial.authority.roots } }),
  });
  const callee = (name: 'first' | 'second', inbound: number) =>
    compileSidecar(architecture, service(name).versions[0]!, trial.placement(name, { inbound: at(inbound), app: at(apps[name].port) }));
  await trial.start({
    client: compileSidecar(architecture, service('client').versions[0]!, caller),
    first: callee('first', first),
    second: callee('second', second),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
});

const send = (to: string, asked: Partial<Asked> = {}) =>
  trial.send({ port: local.get(to)!, method: 'POST', path: '/', body: 'x', ...asked });
const bodies = async (amount: number) => {
  const answers = [];
  for (let request = 0; request < amount; request += 1) answers.push(await send('first'));
  return [...new Set(answers.map(({ status, body }) => `${status} ${body}`))];
};
const counted = async (name: string) => (await trial.statistics('client', name))[name];

test('[failover] who stands in gets nothing while all is well', async () => {
  expect(await bodies(20)).toEqual(['200 first']);
});

test('[failover] who cannot prove to be the one that is named gets nothing', async () => {
  expect(await send('gone')).toMatchObject({ status: 503 });
  expect(seen).toEqual([]);
  expect(await counted('cluster.impostor.ssl.fail_verify_san')).toBeGreaterThan(0);
});

test('[failover] with the app of the first dead, the second takes every request, POST too, by its own name', async () => {
  apps.first.close();
  expect(await bodies(30)).toEqual(['200 second']);
  expect(new Set(seen.map(({ headers }) => headers.host))).toEqual(new Set(['second']));
  expect(Number(seen[0]!.headers['x-envoy-expected-rq-timeout-ms'])).toBeGreaterThan(1_000);
});

test('[outlier-detection] the first is ejected after its errors in a row, and not asked any more', async () => {
  expect(await counted('cluster.first.outlier_detection.ejections_active')).toBe(1);
  const before = await counted('cluster.first.upstream_rq_total');
  expect(await bodies(10)).toEqual(['200 second']);
  expect(await counted('cluster.first.upstream_rq_total')).toBe(before);
});

test('[failover] with the second dead too, the host outside takes them, by its name and without what the mesh says to itself', async () => {
  apps.second.close();
  expect(await bodies(10)).toEqual(['200 saas']);
  expect(new Set(seen.map(({ headers }) => headers.host))).toEqual(new Set(['saas.example']));
  await send('first', { headers: { 'x-edge-principal': 'alice', 'x-envoy-max-retries': '9' } });
  expect(Object.keys(seen.at(-1)!.headers).filter((name) => /^x-(edge|envoy)-/.test(name))).toEqual([]);
});
