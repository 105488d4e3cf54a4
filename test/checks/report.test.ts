import { type Check, catalogue, check, openFindings, renderFindings, reportAsJson, verdictOf } from '../../lib/checks/index.js';
import { architecture, gateway, service } from './build.js';

const retries = { max: 2, perTry: '100ms', on: ['timeout'] };
const broken = architecture(
  {
    catalog: service({ calls: { pricing: { timeout: '250ms', idempotent: true, retries } } }),
    pricing: service({ scale: { min: 1, max: 2 } }),
    lost: service({ acknowledge: { 'services-are-reached': 'opens in May' } }),
  },
  gateway({ 'GET /products/{id}': { to: 'catalog' } }),
);

test('a report is read from the top: worst first, what was accepted, the verdict', () => {
  expect(renderFindings(check(broken))).toBe(
    `error timeout-covers-retries                                  services.catalog.calls.pricing.timeout
  catalog gives pricing 250ms, its tries can take 400ms:
    3 tries × 100ms + back-off 25ms + 75ms = 400ms > 250ms
  Why: the last try never ends; the caller sees a timeout while the callee still works on it.
  Fix: timeout: '400ms'

warning retries-have-another-instance                                         services.pricing.scale
  catalog retries requests to pricing, which can be down to one instance
  Why: the retry meets the instance that has just failed, so a deployment or a crash reaches the
    clients.
  Fix: scale: { min: 2, max: 2 }

acknowledged 1
  services-are-reached at services.lost: "opens in May"

test: 2 findings in 3 services and 1 route: 1 error, 1 warning (1 acknowledged)`,
  );
});

test('no findings is one line', () => {
  expect(renderFindings(check(architecture({ a: service() }, gateway({ 'GET /': { to: 'a' } }))))).toBe(
    'test: no findings in 1 service and 1 route',
  );
});

test('an architecture without services is checked as well', () => {
  const subject = architecture({}, gateway({ 'GET /status': { respond: { status: 200 } } }));
  expect(renderFindings(check(subject))).toBe('test: no findings in 0 services and 1 route');
});

test('no finding has more than 8 lines, no line more than 100 columns, unless one word is longer', () => {
  for (const block of renderFindings(check(broken)).split('\n\n')) {
    expect(block.split('\n').length).toBeLessThanOrEqual(8);
    for (const line of block.split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
  }
});

test('where a terminal is narrower, lines are as short, unless one word is longer', () => {
  for (const line of renderFindings(check(broken), 60).split('\n').slice(0, -1))
    if (line.trim().includes(' ')) expect([...line].length).toBeLessThanOrEqual(60);
});

test('past 20 findings of one check, three are shown and the rest is counted', () => {
  const services = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`s${String(index).padStart(2, '0')}`, service()]));
  const report = check(architecture(services));
  expect(renderFindings(report).split('\n\n').slice(3)).toEqual([
    '18 more of services-are-reached: all of them with --json',
    'test: 21 findings in 21 services and 0 routes: 21 warnings',
  ]);
  expect(report.findings).toHaveLength(21);
});

test('a check that throws is a finding, which no acknowledgement covers, and the others still run', () => {
  const broken: Check = {
    id: 'calls-are-acyclic',
    severity: 'warning',
    why: 'w',
    find: () => {
      throw new Error('out of cheese');
    },
  };
  const subject = architecture({ a: service() }, { acknowledge: { 'calls-are-acyclic': 'never mind it' } });
  const report = check(subject, [broken, ...catalogue.filter(({ id }) => id !== broken.id)]);
  expect(openFindings(report).map(({ check, severity, at, is }) => ({ check, severity, at, is }))).toEqual([
    { check: 'calls-are-acyclic', severity: 'error', at: '', is: 'the check failed itself: out of cheese' },
    { check: 'services-are-reached', severity: 'warning', at: 'services.a', is: expect.any(String) },
  ]);
});

test('as data it has a version, the same findings and the same verdict', () => {
  const report = check(broken);
  expect(reportAsJson(report)).toEqual({ version: 1, ...report, verdict: verdictOf(report) });
});

test('ids are kebab-case and unique; reasons are one sentence without a full stop', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  for (const { id, why } of catalogue) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(why).toMatch(/^(API Gateway |[a-z]).*[^.]$/);
  }
});

test('checking twice gives the same report', () => expect(check(broken)).toEqual(check(broken)));

test('a thousand services, each calling three, are checked within seconds', () => {
  const calls = (index: number) =>
    Object.fromEntries(
      [1, 7, 31].filter((step) => index + step < 1_000).map((step) => [`s${index + step}`, { timeout: `${20_000 - 10 * index}ms` }]),
    );
  const services = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`s${index}`, service({ calls: calls(index) })]));
  const subject = architecture(services, gateway({ 'GET /': { to: 's0' } }));
  const before = process.cpuUsage();
  check(subject);
  const { user } = process.cpuUsage(before);
  expect(user / 1_000_000).toBeLessThan(10);
});
