import { resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { type Rehearsal, rehearsalAsJson, renderRehearsal, resolveScenario } from '../../lib/rehearsal/index.js';

const architecture = resolve(shop);
const scenario = resolveScenario(
  {
    name: 'two-things',
    about: 'an instance dies while a canary takes over',
    duration: '20s',
    load: { 'GET /products/{id}': { rate: 180 }, 'POST /orders': { rate: 20 }, 'GET /status': { rate: 1 } },
    instances: { 'pricing-v1': 2 },
    events: [
      { at: '5s', kill: 'pricing-v1#2' },
      { at: '10s', shift: 'pricing', to: { v2: 100 } },
    ],
    expect: { 'GET /products/{id}': { failed: 0, triesEach: 1.1 }, 'POST /orders': { failed: 0 } },
  },
  architecture,
);

/** Numbers that nobody measured, each distinct. */
const rehearsal: Rehearsal = {
  scenario,
  architecture: 'shop',
  routes: [
    {
      label: 'GET /products/{id}',
      rate: 180,
      sent: 3_600,
      ok: 3_600,
      failures: [],
      outcomes: { 200: 3_600 },
      p50: 6.4,
      p99: 41.2,
      slowest: 62,
      calls: 5_400,
      tries: 5_454,
      causes: {},
      judged: [
        { expected: '0 failed', got: '0 failed', met: true },
        { expected: '≤ 1.10 tries', got: '1.01 tries', met: true },
      ],
    },
    {
      label: 'POST /orders',
      rate: 20,
      sent: 400,
      ok: 397,
      failures: [5_010, 5_040, 5_900],
      outcomes: { 201: 397, 502: 2, 'no answer': 1 },
      p50: 9,
      p99: 1_058.7,
      slowest: 1_100,
      calls: 1_600,
      tries: 1_600,
      causes: { 'catalog-1 → pricing-v1: broke the connection (UC)': 2 },
      judged: [{ expected: '0 failed', got: '3 failed', met: false }],
    },
    {
      label: 'GET /status',
      rate: 1,
      sent: 20,
      ok: 20,
      failures: [],
      outcomes: { 200: 20 },
      p50: 1,
      p99: 2,
      slowest: 2,
      calls: 0,
      tries: 0,
      causes: {},
      judged: [],
    },
  ],
  happened: [
    { event: scenario.events[0]!, at: 5_000.4, took: 3 },
    { event: scenario.events[1]!, at: 10_000.2, took: 31.6 },
  ],
  rises: [
    { at: 5_200, envoy: 'catalog-1', callee: 'pricing-v1', count: 'brokenConnections', by: 1 },
    { at: 5_200, envoy: 'catalog-1', callee: 'pricing-v1', count: 'retries', by: 49 },
    { at: 5_200, envoy: 'catalog-1', callee: 'pricing-v1', count: 'retriesThatSucceeded', by: 49 },
    { at: 5_700, envoy: 'catalog-1', callee: 'pricing-v1', count: 'retries', by: 5 },
    { at: 5_700, envoy: 'catalog-1', callee: 'pricing-v1', count: 'retriesThatSucceeded', by: 4 },
    { at: 5_700, envoy: 'catalog-1', callee: 'pricing-v1', count: 'retriesHeldBack', by: 2 },
    { at: 4_000, envoy: 'catalog-1', callee: 'pricing-v1', count: 'requests', by: 1_400 },
    { at: 12_000, envoy: 'catalog-1', callee: 'pricing-v2', count: 'requests', by: 700 },
  ],
  ejections: [{ at: 5_700, envoy: 'catalog-1', instance: 'pricing-v1-2' }],
  deaths: [],
  latest: 12,
};

test('the report: what each client route saw, when, and what was counted; the verdict is last', () => {
  expect(renderRehearsal(rehearsal)).toBe(
    `
two-things: 20 s at 201 requests/s; 2 events from 5 s to 10 s
an instance dies while a canary takes over

client route         sent     ok  failed   p50       p99  retries  tries each  expected      result
GET /products/{id}  3,600  3,600       0  6 ms     41 ms       54        1.01  0 failed      met
                                                                               ≤ 1.10 tries  met
POST /orders          400    397       3  9 ms  1,059 ms        0        1.00  0 failed      NOT met: 3 failed
GET /status            20     20       0  1 ms      2 ms        0           -  -             -

failed/s      ▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁  most 3
retries/s     ▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁  most 54
pricing-v1/s  ▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  most 1400
pricing-v2/s  ▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁  most 700
              0         10        20 s

what happened
          5.0 s  pricing-v1#2 is killed
    5.0 – 5.9 s  3 requests of POST /orders failed: 2 × 502, 1 × no answer
    5.0 – 5.9 s    2 × catalog-1 → pricing-v1: broke the connection (UC)
          5.2 s  1 connection to pricing-v1 broke under way: tried again only where retries say reset
    5.2 – 5.7 s  54 retries to pricing-v1, 53 of them with success
          5.7 s  2 retries to pricing-v1 not made: the retry budget was used up
          5.7 s  outlier detection ejected pricing-v1#2 (in catalog-1)
         10.0 s  pricing shifts to pricing-v1 0 %, pricing-v2 100 %, in every Envoy after 32 ms
  10.0 – 20.0 s  of 700 requests to pricing: pricing-v1 0 %, pricing-v2 100 %
  retries in all, by Envoy's counters: 54

shop: two-things: 1 of 3 expectations not met`.trimStart(),
  );
});

test('of what is told with the same moment, what was done comes first', () => {
  const [first, second, ...rest] = rehearsal.routes;
  const routes = [first!, { ...second!, failures: [4_960, 5_040, 5_900] }, ...rest];
  const lines = renderRehearsal({ ...rehearsal, routes }).split('\n');
  const killed = lines.indexOf('          5.0 s  pricing-v1#2 is killed');
  expect(lines[killed + 1]).toBe('    5.0 – 5.9 s  3 requests of POST /orders failed: 2 × 502, 1 × no answer');
});

test('the same as data, with every number that the report rounds', () => {
  expect(rehearsalAsJson(rehearsal)).toMatchObject({
    version: 1,
    architecture: 'shop',
    scenario: 'two-things',
    duration: 20_000,
    routes: [
      { route: 'GET /products/{id}', sent: 3_600, failed: 0, p50: 6.4, calls: 5_400, tries: 5_454, triesEach: 1.01 },
      {
        route: 'POST /orders',
        sent: 400,
        ok: 397,
        failed: 3,
        outcomes: { 201: 397, 502: 2, 'no answer': 1 },
        expectations: [{ met: false }],
      },
      { route: 'GET /status', triesEach: undefined, expectations: [] },
    ],
    retries: 54,
    happened: expect.arrayContaining([{ at: 10_000, until: 10_000, text: expect.stringMatching(/^pricing shifts to/) }]),
    endedByThemselves: [],
    latest: 12,
    expectations: { met: 2, notMet: 1 },
  });
});

describe('the verdict', () => {
  const last = (change: Partial<Rehearsal>) =>
    renderRehearsal({ ...rehearsal, ...change })
      .split('\n')
      .at(-1);
  const [first] = rehearsal.routes;

  test('counts what is met', () => expect(last({ routes: [first!] })).toBe('shop: two-things: all 2 expectations met'));

  test('is not met where an Envoy ended by itself, whatever else is', () => {
    const report = renderRehearsal({ ...rehearsal, routes: [first!], deaths: ['catalog-1 ended: signal SIGSEGV'] });
    expect(report).toContain('\nended by itself: catalog-1 ended: signal SIGSEGV\n');
    expect(report).toMatch(/\nshop: two-things: 1 of 3 expectations not met$/);
  });

  test('says what was still going on after the last request', () => {
    const event = { kind: 'replace', at: 18_000, target: 'pricing', instances: [{ version: 'pricing-v1', number: 1 }] } as const;
    const said = renderRehearsal({ ...rehearsal, happened: [...rehearsal.happened, { event, at: 18_000, took: 3_100 }] });
    expect(said).toContain('\n  18.0 – 21.1 s  pricing is replaced, one task after the other\n');
    expect(said).toContain(
      '\npricing is replaced, one task after the other: that took until 21.1 s, after the last request; a longer duration would show all of it\n',
    );
    expect(renderRehearsal(rehearsal)).not.toContain('a longer duration');
  });

  test('says what failed before anything was done', () => {
    const failing = { ...first!, failures: [100, 3_999, 4_500], outcomes: { 200: 3_597, 503: 3 } };
    const said = renderRehearsal({ ...rehearsal, routes: [failing] });
    expect(said).toContain('\n2 requests failed before anything was done: this load may be too much here; try a lower rate\n');
    const refused = renderRehearsal({ ...rehearsal, routes: [{ ...failing, outcomes: { 200: 3_597, 403: 3 } }] });
    expect(refused).toContain('\n2 requests failed before anything was done: they are refused whatever the load\n');
    expect(renderRehearsal(rehearsal)).not.toContain('before anything');
  });

  test('says where the machine was too busy for times to mean much', () => {
    expect(renderRehearsal({ ...rehearsal, latest: 412.3 })).toContain(
      'this machine was busy: a request was sent 412 ms after its time, so times say little',
    );
  });
});
