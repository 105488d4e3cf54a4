import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { resolveScenario, type ScenarioError } from '../../lib/rehearsal/index.js';

const architecture = resolve(shop);
const fine = {
  name: 'fine',
  duration: '10s',
  load: { 'GET /products/{id}': { rate: 5 } },
  expect: { 'GET /products/{id}': { failed: 0 } },
};

/** All that is said of a scenario, as `path: message`. */
function problemsOf(scenario: unknown, on = architecture): string[] {
  try {
    resolveScenario(scenario, on);
    return [];
  } catch (error) {
    return (error as ScenarioError).problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

test('a scenario becomes data without a default left to guess', () => {
  const scenario = resolveScenario(
    {
      ...fine,
      about: 'everything once',
      load: {
        'GET /products/{id}': { rate: 5, parameters: { id: 'a b' }, headers: { 'x-canary': 'yes' } },
        'POST /orders': { rate: 0.5, json: { sku: 'a1' } },
        'ANY /legacy/{path+}': { rate: 1, parameters: { path: 'one/two' } },
      },
      instances: { pricing: 2, 'pricing-v2': 3 },
      events: [
        { at: '6s', rotate: 'certificates' },
        { at: '1s', kill: 'pricing-v1#2' },
        { at: '2s', slow: 'pricing', by: '300ms' },
        { at: '3s', fail: 'catalog' },
        { at: '4s', restore: 'catalog' },
        { at: '5s', shift: 'pricing', to: { v2: 100 } },
        { at: '1.5s', stop: 'orders' },
        { at: '7s', terminate: 'pricing-v2#3' },
        { at: '8s', replace: 'orders' },
        { at: '9s', scale: 'pricing', to: 4 },
      ],
      expect: { 'GET /products/{id}': { failed: 1, recoveredAfter: '7s', p50: '100ms', p99: '500ms', slowest: '2s', triesEach: 1.1 } },
    },
    architecture,
  );
  const { loads, events, ...rest } = scenario;
  expect(rest).toEqual({
    name: 'fine',
    about: 'everything once',
    duration: 10_000,
    instances: { catalog: 1, nightly: 1, orders: 1, 'pricing-v1': 2, 'pricing-v2': 3 },
  });
  expect(loads.map(({ client: { label, gateway }, ...load }) => ({ label, gateway, ...load }))).toEqual([
    {
      label: 'GET /products/{id}',
      gateway: 'web',
      rate: 5,
      method: 'GET',
      path: '/products/a%20b',
      headers: { 'x-canary': 'yes' },
      body: undefined,
      expected: [
        { kind: 'failed', most: 1 },
        { kind: 'recoveredAfter', milliseconds: 7_000 },
        { kind: 'p50', milliseconds: 100 },
        { kind: 'p99', milliseconds: 500 },
        { kind: 'slowest', milliseconds: 2_000 },
        { kind: 'triesEach', most: 1.1 },
      ],
    },
    { label: 'POST /orders', gateway: 'web', rate: 0.5, method: 'POST', path: '/orders', headers: {}, body: '{"sku":"a1"}', expected: [] },
    {
      label: 'ANY /legacy/{path+}',
      gateway: 'web',
      rate: 1,
      method: 'GET',
      path: '/legacy/one/two',
      headers: {},
      body: undefined,
      expected: [],
    },
  ]);
  const all = [
    ...[1, 2].map((number) => ({ version: 'pricing-v1', number })),
    ...[1, 2, 3].map((number) => ({ version: 'pricing-v2', number })),
  ];
  expect(events).toEqual([
    { kind: 'kill', at: 1_000, target: 'pricing-v1#2', instances: [{ version: 'pricing-v1', number: 2 }] },
    { kind: 'stop', at: 1_500, target: 'orders', instances: [{ version: 'orders', number: 1 }] },
    { kind: 'slow', at: 2_000, target: 'pricing', instances: all, by: 300 },
    { kind: 'fail', at: 3_000, target: 'catalog', instances: [{ version: 'catalog', number: 1 }], status: 503 },
    { kind: 'restore', at: 4_000, target: 'catalog', instances: [{ version: 'catalog', number: 1 }] },
    {
      kind: 'shift',
      at: 5_000,
      target: 'pricing',
      to: [
        { version: 'pricing-v1', weight: 0 },
        { version: 'pricing-v2', weight: 100 },
      ],
    },
    { kind: 'rotate', at: 6_000, target: 'certificates' },
    { kind: 'terminate', at: 7_000, target: 'pricing-v2#3', instances: [{ version: 'pricing-v2', number: 3 }], order: 'drained' },
    { kind: 'replace', at: 8_000, target: 'orders', instances: [{ version: 'orders', number: 1 }] },
    { kind: 'scale', at: 9_000, target: 'pricing', versions: ['pricing-v1', 'pricing-v2'], to: 4 },
  ]);
});

describe('what cannot be rehearsed is said with what was got, what is allowed and the nearest', () => {
  test.each<[string, object, string[]]>([
    ['an unknown field', { laod: {} }, ['laod: is not a known field; did you mean "load"?']],
    ['a long one', { duration: '11m' }, ['duration: got "11m"; allowed: at most 10m']],
    [
      'no duration',
      { duration: '10' },
      ['duration: got "10"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"'],
    ],
    [
      'a route that is none',
      { load: { ...fine.load, 'GET /product/{id}': { rate: 1 } } },
      ['load["GET /product/{id}"]: "GET /product/{id}" is not a client route; did you mean "GET /products/{id}"?'],
    ],
    [
      'no rate',
      { load: { 'GET /products/{id}': {} } },
      ['load["GET /products/{id}"].rate: is missing; allowed: requests a second, above 0, at most 1000'],
    ],
    [
      'too much together',
      { load: { 'GET /products/{id}': { rate: 600 }, 'GET /status': { rate: 401 } } },
      ['load: 1001 requests a second, all together; allowed: 1000'],
    ],
    [
      'a parameter that is none',
      { load: { 'GET /products/{id}': { rate: 1, parameters: { ide: '7' } } } },
      ['load["GET /products/{id}"].parameters.ide: "ide" is not a parameter of GET /products/{id}; did you mean "id"?'],
    ],
    [
      'no load',
      { load: {} },
      [
        'expect["GET /products/{id}"]: nothing is sent to GET /products/{id}; add it to load, or expect nothing of it',
        'load: got {}; allowed: rates by client route, such as { "GET /products/{id}": { rate: 20 } }',
      ],
    ],
    [
      'nothing expected',
      { expect: {} },
      ['expect: got {}; allowed: expectations by client route, such as { "GET /products/{id}": { failed: 0 } }'],
    ],
    [
      'an empty expectation',
      { expect: { 'GET /products/{id}': {} } },
      ['expect["GET /products/{id}"]: expects nothing; say what, such as { failed: 0 }'],
    ],
    [
      'an expectation without load',
      { expect: { 'GET /status': { failed: 0 } } },
      ['expect["GET /status"]: nothing is sent to GET /status; add it to load, or expect nothing of it'],
    ],
    [
      'fewer tries than one',
      { expect: { 'GET /products/{id}': { triesEach: 0.9 } } },
      ['expect["GET /products/{id}"].triesEach: got 0.9; allowed: a number from 1 to 100'],
    ],
    [
      'recovery after the end',
      { expect: { 'GET /products/{id}': { recoveredAfter: '10s' } } },
      ['expect["GET /products/{id}"].recoveredAfter: 10s is not before the end at 10s: nothing would be judged'],
    ],
    ['too many instances', { instances: 11 }, ['instances: got 11; allowed: a whole number from 1 to 10']],
    [
      'instances of nobody',
      { instances: { pricng: 2 } },
      ['instances.pricng: "pricng" is not a service or a version; did you mean "pricing"?'],
    ],
    [
      'no list of events',
      { events: { at: '1s' } },
      ['events: got {"at":"1s"}; allowed: a list of events, such as [{ at: "10s", kill: "pricing-v1#2" }]'],
    ],
  ])('%s', (_, change, says) => expect(problemsOf({ ...fine, ...change })).toEqual(says));

  test.each<[string, object, string]>([
    [
      'nothing to do',
      { at: '1s' },
      'events[0]: an event has a time and one of kill, stop, slow, fail, restore, terminate, replace, scale, shift, rotate, such as { at: "10s", kill: "pricing-v1#2" }',
    ],
    [
      'two things at once',
      { at: '1s', kill: 'catalog', rotate: 'certificates' },
      'events[0]: got kill and rotate; an event has a time and one of kill, stop, slow, fail, restore, terminate, replace, scale, shift, rotate, such as { at: "10s", kill: "pricing-v1#2" }',
    ],
    [
      'no time',
      { kill: 'catalog' },
      'events[0].at: is missing; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
    ['a time after the end', { at: '10s', kill: 'catalog' }, 'events[0].at: 10s is not before the end at 10s'],
    [
      'a target that is none',
      { at: '1s', kill: 'catalgo' },
      'events[0].kill: "catalgo" is not a service or a version; did you mean "catalog"?',
    ],
    [
      'an instance too many',
      { at: '1s', kill: 'pricing-v1#2' },
      "events[0].kill: pricing-v1 has 1 instance here; ask for more: instances: { 'pricing-v1': 2 }",
    ],
    [
      'an instance of which version',
      { at: '1s', kill: 'pricing#1' },
      'events[0].kill: pricing has several versions: name one, such as "pricing-v1#1"',
    ],
    [
      'no delay',
      { at: '1s', slow: 'catalog' },
      'events[0].by: is missing; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
    [
      'a status of success',
      { at: '1s', fail: 'catalog', status: 200 },
      'events[0].status: got 200; allowed: a whole number from 400 to 599',
    ],
    [
      'a shift within one version',
      { at: '1s', shift: 'catalog', to: { v1: 1 } },
      'events[0].shift: catalog has one version: there is nothing to shift between',
    ],
    [
      'a shift to nobody',
      { at: '1s', shift: 'pricing', to: { v3: 1 } },
      'events[0].to.v3: "v3" is not a version of pricing; allowed: v1, v2',
    ],
    ['a shift away from all', { at: '1s', shift: 'pricing', to: { v1: 0 } }, 'events[0].to: one version at least needs a weight above 0'],
    [
      'an order that is none',
      { at: '1s', terminate: 'catalog', order: 'sidecar-first' },
      'events[0].order: got "sidecar-first"; allowed: "drained" or "app-first"',
    ],
    [
      'one instance that scales',
      { at: '1s', scale: 'catalog#1', to: 2 },
      'events[0].scale: catalog#1 is one instance; name its version: "catalog"',
    ],
    ['nobody left', { at: '1s', scale: 'catalog', to: 0 }, 'events[0].to: got 0; allowed: a whole number from 1 to 10'],
    ['other things rotating', { at: '1s', rotate: 'keys' }, 'events[0].rotate: got "keys"; allowed: "certificates"'],
  ])('in an event: %s', (_, event, says) => expect(problemsOf({ ...fine, events: [event] })).toEqual([says]));

  test('what was killed and cannot be restored', () => {
    const events = [
      { at: '1s', kill: 'catalog' },
      { at: '2s', restore: 'catalog' },
    ];
    expect(problemsOf({ ...fine, events })).toEqual([
      'events[1].restore: catalog#1 was killed before and does not come back; use stop where it is to be restored',
    ]);
  });

  describe('what is gone by then', () => {
    const said = (...events: object[]) => problemsOf({ ...fine, instances: 2, events });

    test.each<[string, object, object, string]>([
      [
        'terminated',
        { at: '1s', terminate: 'catalog#2' },
        { at: '2s', slow: 'catalog#2', by: '1s' },
        'events[1].slow: catalog#2 was terminated before and does not come back; use replace where another one takes its place',
      ],
      [
        'terminated, all of them',
        { at: '1s', terminate: 'catalog' },
        { at: '2s', replace: 'catalog' },
        'events[1].replace: catalog#1, catalog#2 was terminated before and does not come back; use replace where another one takes its place',
      ],
      [
        'replaced',
        { at: '1s', replace: 'catalog' },
        { at: '2s', kill: 'catalog#1' },
        'events[1].kill: catalog#1 was replaced before, by an instance with a number of its own; name the version instead',
      ],
      [
        'scaled in',
        { at: '1s', scale: 'catalog', to: 1 },
        { at: '2s', stop: 'catalog#2' },
        'events[1].stop: catalog#2 ended when its version was scaled before; name the version instead',
      ],
    ])('%s', (_, first, second, message) => expect(said(first, second)).toEqual([message]));

    test.each<[string, object, object]>([
      ['the version of what was replaced', { at: '1s', replace: 'catalog' }, { at: '2s', kill: 'catalog' }],
      ['what stayed', { at: '1s', scale: 'catalog', to: 1 }, { at: '2s', stop: 'catalog#1' }],
      ['what was killed and is replaced', { at: '1s', kill: 'catalog#2' }, { at: '2s', replace: 'catalog#2' }],
      ['what was killed and scaled', { at: '1s', kill: 'catalog#2' }, { at: '2s', scale: 'catalog', to: 3 }],
    ])('but not %s', (_, first, second) => expect(said(first, second)).toEqual([]));
  });

  test('a route that two gateways have', () => {
    const one = {
      kind: 'http',
      auth: 'public',
      throttle: { rate: 9, burst: 9 },
      routes: { 'GET /a': { respond: { status: 200, json: {} } } },
    } as const;
    const twice = resolve(defineArchitecture({ name: 'twice', services: {}, gateways: { web: one, staff: one } }));
    const scenario = { ...fine, load: { 'GET /a': { rate: 1 } }, expect: { 'web GET /a': { failed: 0 } } };
    expect(problemsOf(scenario, twice)[1]).toBe(
      'load["GET /a"]: several gateways have "GET /a"; say which: "staff GET /a" or "web GET /a"',
    );
    expect(problemsOf({ ...scenario, load: { 'web GET /a': { rate: 1 } } }, twice)).toEqual([]);
  });

  test('all problems at once, sorted by path', () => {
    const scenario = {
      name: 'Bad',
      duration: '1x',
      load: { 'GET /': { rate: 0 } },
      events: [{ at: 'now', kill: 'x' }],
      expect: { 'GET /': {} },
    };
    const said = problemsOf(scenario);
    const paths = said.map((line) => line.split(': ')[0]);
    expect(paths).toEqual(['duration', 'events[0].at', 'events[0].kill', 'expect["GET /"]', 'load["GET /"]', 'load["GET /"].rate', 'name']);
  });

  test.each([[null], ['canary'], [[1]], [{}], [{ load: 1, events: [1, null], expect: [], instances: [] }]])(
    'whatever it is: %j',
    (data) => {
      expect(problemsOf(data).length).toBeGreaterThan(0);
    },
  );
});
