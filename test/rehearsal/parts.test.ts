import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { causeOf } from '../../lib/rehearsal/cause.js';
import { bucketed, charts } from '../../lib/rehearsal/chart.js';
import { readCounter } from '../../lib/rehearsal/counters.js';
import { judge } from '../../lib/rehearsal/judge.js';
import { within } from '../../lib/rehearsal/patience.js';
import { scheduleOf } from '../../lib/rehearsal/schedule.js';
import { Tally } from '../../lib/rehearsal/tally.js';
import { trails } from '../../lib/rehearsal/trail.js';
import { folderFor } from '../bin/edge-mesh/folder';

const folder = folderFor();

describe('the schedule', () => {
  test('is even, at each rate, and no two loads come at one moment', () => {
    const schedule = scheduleOf([2, 4], 1_000);
    expect(schedule).toEqual([
      { load: 0, at: 125 },
      { load: 1, at: 187.5 },
      { load: 1, at: 437.5 },
      { load: 0, at: 625 },
      { load: 1, at: 687.5 },
      { load: 1, at: 937.5 },
    ]);
    expect(scheduleOf([2, 4], 1_000)).toEqual(schedule);
  });

  test('sends as many as the rate says, and nothing after the end', () => {
    const schedule = scheduleOf([0.5, 33, 100], 6_000);
    expect([0, 1, 2].map((each) => schedule.filter(({ load }) => load === each).length)).toEqual([3, 198, 600]);
    expect(schedule.at(-1)!.at).toBeLessThan(6_000);
  });
});

describe('a chart', () => {
  test('puts each point into its second, and what came late into the last', () => {
    expect(
      bucketed(
        [
          { at: 0, by: 1 },
          { at: 1_999, by: 2 },
          { at: 2_000, by: 4 },
          { at: 9_000, by: 8 },
        ],
        3_000,
      ),
    ).toEqual([1, 2, 12]);
  });

  test('takes longer columns where there would be too many', () => {
    expect(bucketed([{ at: 599_000, by: 1 }], 600_000)).toEqual([...new Array(59).fill(0), 1]);
  });

  test('shows anything above nothing, and the most at the top', () => {
    expect(charts([{ name: 'a/s', amounts: [0, 1, 100, 50] }], 4_000)).toEqual(['a/s  ▁▂█▅  most 100', '     0   4 s']);
    expect(charts([], 4_000)).toEqual([]);
  });
});

describe('a tally', () => {
  const tally = new Tally();
  for (let each = 1; each <= 200; each += 1) tally.count(each * 10, '200', true, each);
  tally.count(2_500, 'no answer', false, 900);
  tally.count(2_600, 'not sent', false, undefined);

  test('takes percentiles by nearest rank, of all that was answered or given up', () => {
    expect([tally.percentile(0.5), tally.percentile(0.99), tally.slowest]).toEqual([101, 199, 900]);
    expect(new Tally().percentile(0.99)).toBeUndefined();
  });

  test.each([
    [{ kind: 'failed', most: 0 }, '0 failed', '2 failed', false],
    [{ kind: 'failed', most: 2 }, '≤ 2 failed', '2 failed', true],
    [{ kind: 'recoveredAfter', milliseconds: 2_600 }, '0 failed after 2.6s', '1 failed after it', false],
    [{ kind: 'recoveredAfter', milliseconds: 2_601 }, '0 failed after 2601ms', '0 failed after it', true],
    [{ kind: 'p50', milliseconds: 101 }, 'p50 ≤ 101ms', 'p50 101ms', true],
    [{ kind: 'p99', milliseconds: 198 }, 'p99 ≤ 198ms', 'p99 199ms', false],
    [{ kind: 'slowest', milliseconds: 900 }, 'slowest ≤ 900ms', 'slowest 900ms', true],
    [{ kind: 'triesEach', most: 1.1 }, '≤ 1.10 tries', '1.10 tries', true],
    [{ kind: 'triesEach', most: 1.09 }, '≤ 1.09 tries', '1.10 tries', false],
  ] as const)('is judged: %j', (expectation, expected, got, met) => {
    expect(judge(expectation, tally, { calls: 1_000, tries: 1_104 })).toEqual({ expected, got, met });
  });

  test('keeps no promise where nothing was sent', () => {
    expect(judge({ kind: 'failed', most: 5 }, new Tally(), undefined)).toEqual({
      expected: '≤ 5 failed',
      got: 'nothing was sent',
      met: false,
    });
  });
});

describe('patience', () => {
  test('ends with a word on what did not come', () =>
    expect(within(20, 'the answers', new Promise(() => {}))).rejects.toThrow('waited 0 s for the answers, in vain'));

  test('hands on what came, and why it did not', async () => {
    await expect(within(1_000, 'a number', Promise.resolve(7))).resolves.toBe(7);
    await expect(within(1_000, 'a number', Promise.reject(new Error('no number')))).rejects.toThrow('no number');
  });
});

test("Envoy's counters are told by callee, whichever Envoy counts", () => {
  expect(readCounter('cluster.pricing-v1.upstream_rq_retry')).toEqual({ callee: 'pricing-v1', count: 'retries' });
  expect(readCounter('cluster.gateway/web/catalog.outlier_detection.ejections_enforced_total')).toEqual({
    callee: 'catalog',
    count: 'ejections',
  });
  expect(readCounter('cluster.pricing-v1/metrics.upstream_rq_retry')).toEqual({ callee: 'pricing-v1:metrics', count: 'retries' });
  expect(readCounter('cluster.gateway/web/pricing-v1/metrics.upstream_rq_retry')).toEqual({
    callee: 'pricing-v1:metrics',
    count: 'retries',
  });
  expect(readCounter('cluster.external/ordersDb.upstream_rq_retry')).toEqual({ callee: 'ordersDb', count: 'retries' });
  expect(readCounter('cluster.local/app/metrics.upstream_rq_pending_overflow')).toEqual({ callee: 'local/app', count: 'refusedByPool' });
  expect(readCounter('cluster.local/app.upstream_rq_pending_overflow')).toEqual({ callee: 'local/app', count: 'refusedByPool' });
  expect(readCounter('cluster.pricing-v1.upstream_cx_total')).toBeUndefined();
});

describe('the trail of a client request', () => {
  const write = (name: string, lines: readonly (object | string)[]) => {
    const file = join(folder, name);
    writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''));
    return file;
  };
  const line = (listener: string, request: string, rest: object) => ({
    listener,
    request,
    status: 200,
    flags: '-',
    attempts: 1,
    time: '1',
    ...rest,
  });
  const gateway = (lines: readonly object[]) => ({ envoy: 'gateway-web', gateway: 'web', file: write('gateway', lines) });
  const inside = (envoy: string, lines: readonly (object | string)[]) => ({ envoy, gateway: undefined, file: write(envoy, lines) });

  test('has the tries of every call that it caused, found by its id, and of no other', async () => {
    const found = await trails([
      gateway([line('gateway', 'r1', { route: 'GET /a' }), line('gateway', 'r2', { route: 'GET /b' })]),
      inside('ingress', [line('from/web', 'r1', {}), line('from/web', 'r2', { attempts: 2 })]),
      inside('orders-1', [
        line('inbound', 'r1', {}),
        line('to/pricing', 'r1', { attempts: 3 }),
        line('to/pricing', 'stranger', { attempts: 9 }),
        { listener: 'to/ordersDb' },
        '{"listener": "to/pricing", "requ',
      ]),
      { envoy: 'none', gateway: undefined, file: join(folder, 'none') },
    ]);
    expect(Object.fromEntries(found)).toEqual({
      'web GET /a': { calls: 2, tries: 4, causes: new Map() },
      'web GET /b': { calls: 1, tries: 2, causes: new Map() },
    });
  });

  test('names the deepest call that failed, not who passed its failure on, nor who gave up because of it', async () => {
    const failed = { status: 502, flags: '-' };
    const found = await trails([
      gateway([
        line('gateway', 'r1', { route: 'GET /a', ...failed }),
        line('gateway', 'r2', { route: 'GET /a', ...failed }),
        line('gateway', 'r3', { route: 'GET /a' }),
        line('gateway', 'r4', { route: 'GET /a', ...failed }),
      ]),
      inside(
        'ingress',
        ['r1', 'r2', 'r4'].map((request) => line('from/web', request, { ...failed, time: '1', cluster: 'gateway/web/catalog' })),
      ),
      inside('catalog-1', [
        line('to/pricing', 'r1', { status: 503, flags: 'UF,URX', time: '2', cluster: 'pricing-v1' }),
        line('to/pricing', 'r2', { status: 504, flags: 'UT', time: '2', cluster: 'pricing-v2' }),
        line('to/pricing', 'r3', { status: 503, time: '2', cluster: 'pricing-v1' }),
        // Over gRPC: the status is of HTTP, and there is no flag for the time limit of a stream.
        line('to/quotes', 'r4', { status: 200, detail: 'max_duration_timeout', time: '2', cluster: 'quotes' }),
      ]),
      inside('pricing-v2-1', [line('to/rates', 'r2', { status: 0, flags: 'DC', time: '3', cluster: 'rates' })]),
      inside('quotes-1', [line('to/rates', 'r4', { status: 0, flags: 'DR', time: '3', cluster: 'rates' })]),
    ]);
    expect(Object.fromEntries(found.get('web GET /a')!.causes)).toEqual({
      'catalog-1 → pricing-v1: could not be connected to (UF)': 1,
      'catalog-1 → pricing-v2: did not answer in time (UT)': 1,
      'catalog-1 → quotes: did not answer in time (UT)': 1,
    });
  });

  test.each([
    [{ flags: '-', status: 503, cluster: 'pricing' }, 'a-1 → pricing: answered 503'],
    [{ flags: '-', status: 403, cluster: 'gateway/web/catalog' }, 'a-1 → catalog: answered 403'],
    [{ flags: '-', status: 503, cluster: 'pricing-v1/metrics' }, 'a-1 → pricing-v1:metrics: answered 503'],
    [{ flags: '-', status: 200, failedWith: 'Unavailable', cluster: 'pricing' }, 'a-1 → pricing: answered Unavailable'],
    [{ flags: 'NR', status: 404, cluster: '-' }, 'a-1 → pricing: has no route for it (NR)'],
  ])('has words for %j', (rest, words) => {
    expect(causeOf('a-1', { listener: 'to/pricing', time: '', request: '', route: '', attempts: 1, ...rest })).toBe(words);
  });
});
