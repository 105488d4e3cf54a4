import { setTimeout as wait } from 'node:timers/promises';
import { type Architecture, defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Rehearsal, rehearse, resolveScenario, verdictOf } from '../../lib/rehearsal/index.js';
import type { ScenarioSpec } from '../../lib/rehearsal/spec.js';

const listen = { protocol: 'http', port: 8080 } as const;

/** Retries what broke: two versions below, and beside them a route that has nothing to do with either. */
const tea = resolve(
  defineArchitecture({
    name: 'tea',
    mesh: { defaults: { timeout: '10s', retries: { max: 2, on: ['unprocessed', 'reset'] } } },
    services: {
      menu: { image: 'menu', listen, calls: { price: {} } },
      price: { listen, versions: { v1: { image: 'a' }, v2: { image: 'b' } }, traffic: { v1: 100 } },
      alone: { image: 'alone', listen },
    },
    authorizers: { members: { kind: 'jwt', issuer: 'https://login.tea.example/', audience: ['tea'] } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        throttle: { rate: 200, burst: 400 },
        routes: {
          'GET /menu/{kind}': { to: 'menu' },
          'POST /menu': { to: 'menu', auth: { use: 'members', scopes: ['write'] } },
          'GET /alone': { to: 'alone' },
        },
      },
    },
  }),
);

const reads = 'GET /menu/{kind}';

function run(scenario: Omit<ScenarioSpec, 'name'>, architecture: Architecture = tea): Promise<Rehearsal> {
  return rehearse(architecture, resolveScenario({ name: 'trial', ...scenario }, architecture));
}

const outcomes = ({ routes }: Rehearsal) => Object.fromEntries(routes.map((route) => [route.label, route.outcomes]));
const retriesOf = ({ rises }: Rehearsal) => rises.filter(({ count }) => count === 'retries').reduce((sum, { by }) => sum + by, 0);
const allMet = (rehearsal: Rehearsal) => expect({ ...verdictOf(rehearsal), outcomes: outcomes(rehearsal) });

test('an instance dies with its sidecar: no request that may be repeated is lost, and the retries that it took are told', async () => {
  const rehearsal = await run({
    duration: '5s',
    load: { [reads]: { rate: 40 }, 'GET /alone': { rate: 10 } },
    instances: { 'price-v1': 2 },
    events: [{ at: '2s', kill: 'price-v1#2' }],
    expect: { [reads]: { failed: 0, triesEach: 1.5 }, 'GET /alone': { failed: 0, triesEach: 1 } },
  });
  allMet(rehearsal).toEqual({ met: 4, all: 4, outcomes: { [reads]: { 200: 200 }, 'GET /alone': { 200: 50 } } });
  const [menu, alone] = rehearsal.routes;
  // Twice: the ingress asks menu, menu asks price.
  expect(menu!.calls).toBe(400);
  expect(retriesOf(rehearsal)).toBeGreaterThan(0);
  expect(menu!.tries - menu!.calls).toBe(retriesOf(rehearsal));
  expect(alone).toMatchObject({ calls: 50, tries: 50 });
  expect(rehearsal.deaths).toEqual([]);
});

test('a canary takes 10, 50, then 100 %: no request is lost, of whatever method', async () => {
  const rehearsal = await run({
    duration: '6s',
    load: { [reads]: { rate: 40 }, 'POST /menu': { rate: 10 } },
    events: [
      { at: '1s', shift: 'price', to: { v1: 90, v2: 10 } },
      { at: '2.5s', shift: 'price', to: { v1: 50, v2: 50 } },
      { at: '4s', shift: 'price', to: { v2: 100 } },
    ],
    expect: { [reads]: { failed: 0 }, 'POST /menu': { failed: 0 } },
  });
  allMet(rehearsal).toEqual({ met: 2, all: 2, outcomes: { [reads]: { 200: 240 }, 'POST /menu': { 200: 60 } } });
  const asked = (version: string, from: number) =>
    rehearsal.rises
      .filter(({ count, callee, at }) => count === 'requests' && callee === version && at > from)
      .reduce((sum, { by }) => sum + by, 0);
  expect(asked('price-v1', 0)).toBeGreaterThan(100);
  // Counters are read twice a second: long after the last shift, each is of after it.
  const [, , last] = rehearsal.happened;
  expect(asked('price-v1', last!.at + last!.took + 1_500)).toBe(0);
  expect(asked('price-v2', last!.at)).toBeGreaterThan(50);
});

test('all certificates rotate, twice: no request is lost', async () => {
  const rehearsal = await run({
    duration: '4s',
    load: { [reads]: { rate: 40 }, 'POST /menu': { rate: 10 } },
    events: [
      { at: '1s', rotate: 'certificates' },
      { at: '2s', rotate: 'certificates' },
    ],
    expect: { [reads]: { failed: 0 }, 'POST /menu': { failed: 0 } },
  });
  allMet(rehearsal).toEqual({ met: 2, all: 2, outcomes: { [reads]: { 200: 160 }, 'POST /menu': { 200: 40 } } });
});

test('what is expected and does not come is said: 503 everywhere, stopped, restored', async () => {
  const rehearsal = await run({
    duration: '5s',
    load: { [reads]: { rate: 20 }, 'GET /alone': { rate: 10 } },
    events: [
      { at: '1s', fail: 'price', status: 503 },
      { at: '2s', restore: 'price' },
      { at: '2s', slow: 'alone', by: '150ms' },
    ],
    expect: { [reads]: { failed: 0, recoveredAfter: '3.5s' }, 'GET /alone': { failed: 0, p50: '100ms' } },
  });
  const [menu, alone] = rehearsal.routes;
  expect(menu!.judged.map(({ met }) => met)).toEqual([false, true]);
  expect(menu!.failures.length).toBeGreaterThan(10);
  expect(menu!.outcomes).toEqual({ 200: menu!.ok, 502: menu!.failures.length });
  // It answers, only late: half of its requests came after it was slowed.
  expect(alone!.outcomes).toEqual({ 200: 50 });
  expect(alone!.judged.map(({ met }) => met)).toEqual([true, false]);
  expect(rehearsal.happened.map(({ event }) => event.kind)).toEqual(['fail', 'restore', 'slow']);
});

test('a signal ends it, and nothing is left', async () => {
  const before = process.listenerCount('SIGTERM');
  const running = run({ duration: '20s', load: { [reads]: { rate: 5 } }, expect: { [reads]: { failed: 0 } } });
  const ended = expect(running).rejects.toThrow(/^SIGTERM came while /);
  await wait(2_000);
  process.emit('SIGTERM');
  await ended;
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
