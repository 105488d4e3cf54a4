import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { type Answer, Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      hasty: { image: 'hasty', calls: { pricing: { timeout: '300ms', retries: false } } },
      patient: { image: 'patient', calls: { pricing: { timeout: '3s', retries: { max: 2, on: ['unavailable'] } } } },
      pricing: {
        image: 'pricing',
        listen: { protocol: 'http', port: 8080 },
        pool: { connections: 2, pendingRequests: 1 },
        outlierDetection: { errors: 3, interval: '200ms', ejectFor: '2s', maxEjectedPercent: 50 },
      },
    },
  }),
);
const find = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: Readonly<Record<'hasty' | 'patient', number>>;
let inbounds: number[];
/** How many requests the app of each instance got since the test began, and how each of them answers. */
let seen: number[];
let respond: (instance: number) => { status: number; after?: number };

beforeAll(async () => {
  trial = await Trial.of(architecture);
  local = { hasty: trial.port(), patient: trial.port() };
  inbounds = [trial.port(), trial.port()];
  const app = (instance: number) =>
    trial.app(async (_request, response) => {
      seen[instance]! += 1;
      const { status, after = 0 } = respond(instance);
      await wait(after);
      response.writeHead(status).end(String(instance));
    });
  const apps = [await app(0), await app(1)];
  const sidecar = (instance: number) =>
    compileSidecar(
      architecture,
      find('pricing').versions[0]!,
      trial.placement(`pricing-${instance}`, { inbound: at(inbounds[instance]!), app: at(apps[instance]!.port) }),
    );
  // Each caller knows one instance of its own, so that what is done to one caller's does not touch the other's; hasty knows both.
  const caller = (name: 'hasty' | 'patient', known: readonly number[]) =>
    compileSidecar(
      architecture,
      find(name).versions[0]!,
      trial.placement(name, { local: () => at(local[name]), endpoints: () => ({ addresses: known.map(at) }) }),
    );
  await trial.start({
    'pricing-0': sidecar(0),
    'pricing-1': sidecar(1),
    hasty: caller('hasty', inbounds),
    patient: caller('patient', [inbounds[0]!]),
  });
});

afterAll(() => trial.stop());
beforeEach(() => {
  seen = [0, 0];
  respond = () => ({ status: 200 });
});

const ask = (as: 'hasty' | 'patient') => trial.send({ port: local[as], path: '/' });
const total = () => seen[0]! + seen[1]!;

test('[policy-per-caller] of one callee each caller has its own timeout', async () => {
  respond = () => ({ status: 200, after: 700 });
  // One after the other: while the first connection to the app is made, one request may wait for it, and a second is turned away.
  expect((await ask('hasty')).status).toBe(504);
  expect((await ask('patient')).status).toBe(200);
});

test('[policy-per-caller] of one callee each caller has its own retries', async () => {
  respond = () => ({ status: total() === 1 ? 503 : 200 });
  expect([(await ask('hasty')).status, total()]).toEqual([503, 1]);
  seen = [0, 0];
  expect([(await ask('patient')).status, total()]).toEqual([200, 2]);
});

test('[pool] an instance takes as many requests as its pool has connections and places to wait; the rest is refused at once', async () => {
  respond = () => ({ status: 200, after: 1_500 });
  const counter = 'cluster.local/app.upstream_rq_pending_overflow';
  const before = await trial.statistics('pricing-0', counter);
  const asked: Promise<Answer>[] = [];
  for (let request = 0; request < 6; request += 1) {
    asked.push(trial.sendAs(find('hasty').identity, { port: inbounds[0]!, path: '/' }));
    while (request < 2 && seen[0]! <= request) await wait(10); // a request also waits while its connection is being opened
  }
  const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 503, 503, 503]);
  expect(seen[0]).toBe(3);
  const after = await trial.statistics('pricing-0', counter);
  expect(after[counter]! - before[counter]!).toBe(3);
});

test('[outlier-detection] an instance that fails is left alone for its time, and asked again after it', async () => {
  const active = 'cluster.pricing.outlier_detection.ejections_active';
  for (let request = 0; request < 10; request += 1) await ask('hasty'); // a success ends a row of errors
  seen = [0, 0];
  respond = (instance) => ({ status: instance === 1 ? 500 : 200 });
  const statuses: number[] = [];
  for (let request = 0; request < 40; request += 1) statuses.push((await ask('hasty')).status);
  expect(seen[1]).toBe(3);
  expect(statuses.filter((status) => status === 500)).toHaveLength(3);
  expect(await trial.statistics('hasty', active)).toEqual({ [active]: 1 });
  respond = () => ({ status: 200 });
  while ((await trial.statistics('hasty', active))[active] !== 0) await wait(50);
  for (let request = 0; request < 20; request += 1) expect((await ask('hasty')).status).toBe(200);
  expect(seen[1]).toBeGreaterThan(3);
});

test('[outlier-detection] no more than the declared share is left alone, even where all fail', async () => {
  respond = () => ({ status: 500 });
  for (let request = 0; request < 30; request += 1) expect((await ask('hasty')).status).toBe(500);
  expect(await trial.statistics('hasty', 'cluster.pricing.outlier_detection.ejections_(active|overflow)')).toMatchObject({
    'cluster.pricing.outlier_detection.ejections_active': 1,
  });
  expect(total()).toBe(30);
});
