import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Happened, type Rehearsal, rehearse, resolveScenario } from '../../lib/rehearsal/index.js';
import type { EventSpec } from '../../lib/rehearsal/spec.js';

const listen = { protocol: 'http', port: 8080 } as const;

/** As declared by somebody who says nothing of retries: what no app has seen is tried once more. */
const tea = resolve(
  defineArchitecture({
    name: 'tea',
    mesh: { defaults: { timeout: '10s' } },
    services: {
      menu: { image: 'menu', listen, calls: { price: {} } },
      price: { image: 'price', listen },
    },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        throttle: { rate: 200, burst: 400 },
        routes: { 'GET /menu': { to: 'menu' }, 'POST /menu': { to: 'menu' } },
      },
    },
  }),
);

/** Each request takes 100 ms in price, so that an instance has some in hand at any moment. */
function run(duration: `${number}s`, ...events: EventSpec[]): Promise<Rehearsal> {
  const scenario = {
    name: 'trial',
    duration,
    load: { 'GET /menu': { rate: 30 }, 'POST /menu': { rate: 10 } },
    instances: { price: 2 },
    events: [{ at: '0.1s', slow: 'price', by: '100ms' }, ...events],
    expect: { 'GET /menu': { failed: 0 }, 'POST /menu': { failed: 0 } },
  };
  return rehearse(tea, resolveScenario(scenario, tea));
}

const outcomes = ({ routes }: Rehearsal) => Object.fromEntries(routes.map((route) => [route.label, route.outcomes]));
const all = (gets: number, posts: number) => ({ 'GET /menu': { 200: gets }, 'POST /menu': { 200: posts } });
const furtherTries = ({ routes }: Rehearsal) => routes.reduce((sum, { tries, calls }) => sum + tries - calls, 0);

test('[draining] a task that ends in the order of the design loses nothing, of whatever method, and costs no further try', async () => {
  const rehearsal = await run('5s', { at: '1s', terminate: 'price#2' });
  expect(outcomes(rehearsal)).toEqual(all(150, 50));
  expect(furtherTries(rehearsal)).toBe(0);
  expect(rehearsal.deaths).toEqual([]);
  // Its log is read although it is gone: half of the requests of the first second went there.
  expect(rehearsal.routes.map(({ calls }) => calls)).toEqual([300, 100]);
});

test('one whose app stops first, as ECS would have it, loses what it has in hand', async () => {
  const rehearsal = await run('4s', { at: '1s', terminate: 'price#2', order: 'app-first' });
  const lost = rehearsal.routes.flatMap(({ failures }) => failures);
  expect(lost.length).toBeGreaterThan(0);
  // Whoever asks it afterwards is told that no app saw the request, and asks the other one.
  expect(furtherTries(rehearsal)).toBeGreaterThan(0);
  const [, { at, took }] = rehearsal.happened as [Happened, Happened];
  expect(Math.max(...lost)).toBeLessThan(at + took);
  // What became of those in hand nobody knows, so its sidecar does not say that they may be tried again.
  expect(rehearsal.routes.flatMap(({ causes }) => Object.keys(causes))).toContain('menu-1 → price: answered 503');
});

test('a rolling deployment, then out and in: no request is lost, and none is tried again', async () => {
  const rehearsal = await run(
    '9s',
    { at: '0.5s', replace: 'price' },
    { at: '6s', scale: 'menu', to: 3 },
    { at: '7s', scale: 'menu', to: 1 },
  );
  expect(outcomes(rehearsal)).toEqual(all(270, 90));
  expect(furtherTries(rehearsal)).toBe(0);
  expect(rehearsal.happened.map(({ event }) => event.kind)).toEqual(['slow', 'replace', 'scale', 'scale']);
});
