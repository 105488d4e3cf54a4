import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import shop from '../../bin/shop/architecture.js';
import evening from '../../bin/shop/evening.js';
import { builtIns, resolveScenario } from '../../lib/rehearsal/index.js';

const architecture = resolve(shop);
const named = (name: string) => builtIns.find((builtIn) => builtIn.name === name)!;

test("the shop's own scenario fits the shop", () =>
  expect(resolveScenario(evening, architecture)).toMatchObject({ name: 'evening', duration: 20_000 }));

test('there are seven, and each fits the examples as it is', () => {
  expect(builtIns.map(({ name }) => name)).toEqual([
    'instance-dies',
    'slow-dependency',
    'retry-storm',
    'canary',
    'rotate-certificates',
    'task-stops',
    'scale',
  ]);
  for (const each of [architecture, resolve(bookinfo)]) {
    for (const builtIn of builtIns) {
      const spec = builtIn.scenarioFor(each, {});
      expect(resolveScenario(spec, each).events.length).toBeGreaterThan(0);
      expect(builtIn.scenarioFor(each, {})).toEqual(spec);
    }
  }
});

test('instance-dies: of the deepest service that most client routes lead to, the second of two', () => {
  const { about: _, ...spec } = named('instance-dies').scenarioFor(architecture, {});
  expect(spec).toEqual({
    name: 'instance-dies',
    duration: '30s',
    load: { 'GET /orders/{id}': { rate: 27 }, 'GET /products/{id}': { rate: 27 }, 'POST /orders': { rate: 6 } },
    instances: { 'pricing-v1': 2 },
    events: [{ at: '10s', kill: 'pricing-v1#2' }],
    // Who asked to POST cannot know what became of it; no mesh can promise that.
    expect: { 'GET /orders/{id}': { failed: 0 }, 'GET /products/{id}': { failed: 0 } },
  });
});

test('slow-dependency: slower than its most patient caller, and no client waits longer than its path allows', () => {
  const { events, expect: expected } = named('slow-dependency').scenarioFor(architecture, { target: 'orders' });
  expect(events).toEqual([
    { at: '8s', slow: 'orders', by: '7.5s' },
    { at: '16s', restore: 'orders' },
  ]);
  expect(expected).toEqual({
    'GET /orders/{id}': { slowest: '6s', recoveredAfter: '18s' },
    'POST /orders': { slowest: '6s', recoveredAfter: '18s' },
    'GET /products/{id}': { failed: 0 },
  });
});

test('slow-dependency: who asks over TCP waits without a limit', () => {
  const ledger = resolve(
    defineArchitecture({
      name: 'ledger',
      services: {
        front: { image: 'a', listen: { protocol: 'http', port: 8080 }, calls: { 'back:ledger': {} } },
        back: { image: 'a', listen: { protocol: 'http', port: 8081 }, ports: { ledger: { protocol: 'tcp', port: 9000 } } },
      },
      gateways: { web: { kind: 'http', auth: 'public', throttle: { rate: 20, burst: 20 }, routes: { 'GET /a': { to: 'front' } } } },
    }),
  );
  const { events } = named('slow-dependency').scenarioFor(ledger, { target: 'back' });
  expect(events?.[0]).toEqual({ at: '8s', slow: 'back', by: '10s' });
});

test('retry-storm: no more tries than are declared for a request that the app has seen', () => {
  const listen = { protocol: 'http', port: 8080 } as const;
  const eager = resolve(
    defineArchitecture({
      name: 'eager',
      services: {
        front: { image: 'a', listen, calls: { back: { retries: { max: 3, on: ['unavailable'] } } } },
        back: { image: 'a', listen },
      },
      gateways: { web: { kind: 'http', auth: 'public', throttle: { rate: 20, burst: 20 }, routes: { 'GET /a': { to: 'front' } } } },
    }),
  );
  const { events, expect: expected, load, instances } = named('retry-storm').scenarioFor(eager, {});
  expect({ events, expected, load, instances }).toEqual({
    events: [
      { at: '8s', fail: 'back', status: 503 },
      { at: '16s', restore: 'back' },
    ],
    expected: { 'GET /a': { triesEach: 4.05, recoveredAfter: '18s' } },
    // 80 % of the throttle: its refusals would look like faults.
    load: { 'GET /a': { rate: 16 } },
    instances: { back: 2 },
  });
});

test('canary: 10, 50, then 100 %', () => {
  const { duration, events } = named('canary').scenarioFor(architecture, { duration: 8_000 });
  expect(duration).toBe('8s');
  expect(events).toEqual([
    { at: '2s', shift: 'pricing', to: { v1: 90, v2: 10 } },
    { at: '4s', shift: 'pricing', to: { v1: 50, v2: 50 } },
    { at: '6s', shift: 'pricing', to: { v1: 0, v2: 100 } },
  ]);
  expect(named('canary').scenarioFor(resolve(bookinfo), { target: 'reviews-v2' }).events?.[2]).toEqual({
    at: '18s',
    shift: 'reviews',
    to: { v1: 0, v2: 100 },
  });
});

test('task-stops: one service after the other, each with the time that its tasks take; nothing is lost, of whatever method', () => {
  const { duration, events, expect: expected, instances } = named('task-stops').scenarioFor(architecture, {});
  expect({ duration, events, instances }).toEqual({
    duration: '20s',
    // Pricing has two versions, each of one task.
    events: [
      { at: '2s', replace: 'pricing' },
      { at: '10s', replace: 'catalog' },
      { at: '14s', replace: 'orders' },
    ],
  });
  expect(expected).toEqual({ 'GET /orders/{id}': { failed: 0 }, 'GET /products/{id}': { failed: 0 }, 'POST /orders': { failed: 0 } });
  const { events: chosen } = named('task-stops').scenarioFor(architecture, { target: 'pricing-v2', duration: 6_000 });
  expect(chosen).toEqual([{ at: '1s', replace: 'pricing-v2' }]);
});

test('scale: out and in again', () => {
  const { duration, events } = named('scale').scenarioFor(architecture, {});
  expect({ duration, events }).toEqual({
    duration: '20s',
    events: [
      { at: '5s', scale: 'pricing-v1', to: 3 },
      { at: '12.5s', scale: 'pricing-v1', to: 1 },
    ],
  });
});

describe('what cannot be chosen', () => {
  test.each([
    ['instance-dies', 'pricng', '--target: "pricng" is not a service over HTTP that a client route leads to; did you mean "pricing"?'],
    [
      'retry-storm',
      'nightly',
      '--target: "nightly" is not a service over HTTP that a client route leads to; allowed: catalog, orders, pricing',
    ],
    ['canary', 'catalog', '--target: "catalog" is not a service with two versions that a client route leads to; allowed: pricing'],
  ])('%s of %s', (name, target, message) => {
    expect(() => named(name).scenarioFor(architecture, { target })).toThrow(message);
  });

  test('a canary where nothing has two versions, and anything where no client comes in', () => {
    const lonely = resolve(
      defineArchitecture({ name: 'lonely', services: { orders: { image: 'a', listen: { protocol: 'http', port: 80 } } } }),
    );
    expect(() => named('canary').scenarioFor(lonely, {})).toThrow(
      'it needs a service with two versions that a client route leads to; lonely has none',
    );
    expect(() => named('instance-dies').scenarioFor(lonely, {})).toThrow(
      'it needs a service over HTTP that a client route leads to; lonely has none',
    );
  });
});
