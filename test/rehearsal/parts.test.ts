import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketed, charts } from '../../lib/rehearsal/chart.js';
import { readCounter } from '../../lib/rehearsal/counters.js';
import { judge } from '../../lib/rehearsal/judge.js';
import { scheduleOf } from '../../lib/rehearsal/schedule.js';
import { Tally } from '../../lib/rehearsal/tally.js';
import { triesByRoute } from '../../lib/rehearsal/tries.js';
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

test("Envoy's counters are told by callee, whichever Envoy counts", () => {
  expect(readCounter('cluster.pricing-v1.upstream_rq_retry')).toEqual({ callee: 'pricing-v1', count: 'retries' });
  expect(readCounter('cluster.gateway/web/catalog.outlier_detection.ejections_enforced_total')).toEqual({
    callee: 'catalog',
    count: 'ejections',
  });
  expect(readCounter('cluster.local/app.upstream_rq_pending_overflow')).toEqual({ callee: 'local/app', count: 'refusedByPool' });
  expect(readCounter('cluster.pricing-v1.upstream_cx_total')).toBeUndefined();
});

test('tries are found by the id of the client request, through every hop, and by nothing else', async () => {
  const write = (name: string, lines: readonly (object | string)[]) => {
    const file = join(folder, name);
    writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''));
    return file;
  };
  const logs = [
    {
      gateway: 'web',
      file: write('gateway', [
        { listener: 'gateway', request: 'r1', route: 'GET /a' },
        { listener: 'gateway', request: 'r2', route: 'GET /b' },
      ]),
    },
    {
      gateway: undefined,
      file: write('ingress', [
        { listener: 'from/web', request: 'r1', attempts: 1 },
        { listener: 'from/web', request: 'r2', attempts: 2 },
      ]),
    },
    {
      gateway: undefined,
      file: write('sidecar', [
        { listener: 'inbound', request: 'r1', attempts: 1 },
        { listener: 'to/pricing', request: 'r1', attempts: 3 },
        { listener: 'to/pricing', request: 'stranger', attempts: 9 },
        { listener: 'to/ordersDb' },
        '{"listener": "to/pricing", "requ',
      ]),
    },
    { gateway: undefined, file: join(folder, 'none') },
  ];
  expect(Object.fromEntries(await triesByRoute(logs))).toEqual({
    'web GET /a': { calls: 2, tries: 4 },
    'web GET /b': { calls: 1, tries: 2 },
  });
});
