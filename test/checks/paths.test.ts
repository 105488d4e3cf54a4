import { routeHop } from '../../lib/checks/hop.js';
import { loadsOf, showSpread } from '../../lib/checks/load.js';
import { callPaths } from '../../lib/checks/paths.js';
import { grouped } from '../../lib/count.js';
import type { Architecture } from '../../lib/index.js';
import { architecture, gateway, service } from './build.js';

/** Every request of a rule may be repeated, `max` further times. */
const rule = (timeout: string, perTry: string, max: number) => ({
  routes: [{ idempotent: true, timeout, retries: { max, perTry, on: ['timeout', 'unavailable'] } }],
});

/** 500 requests/s → orders → catalog → pricing, which hangs. */
const worked = architecture(
  {
    orders: service({ ...rule('2s', '900ms', 1), calls: { catalog: {} } }),
    catalog: service({ ...rule('800ms', '400ms', 1), calls: { pricing: { fanOut: 2 } } }),
    pricing: service(rule('400ms', '100ms', 2)),
  },
  gateway({ 'GET /': { to: 'orders' } }, { throttle: { rate: 500, burst: 500 } }),
);
const routeOf = (subject: Architecture) => routeHop(subject, 'web', subject.gateways[0]!.routes[0]!)[0]!;
const spreadOf = (subject: Architecture) => callPaths(subject).spread(routeOf(subject));

describe('the worked example', () => {
  test('one client request becomes 2, 4 and 24 tries', () => {
    expect(spreadOf(worked)!.map((each) => [each.hop.to, each.sent, showSpread(each)])).toEqual([
      ['orders', 2, '1 × 2 tries'],
      ['catalog', 4, '2 × 2 tries'],
      ['pricing', 24, '4 × fan-out 2 × 3 tries'],
    ]);
  });

  test('waits are cut by timeouts, tries and back-off: 400, 800 and 1665 ms', () => {
    const paths = callPaths(worked, (name) => (name === 'pricing' ? Number.POSITIVE_INFINITY : 20));
    const [route, pricing, catalog] = ['orders', 'pricing', 'catalog'].map((callee) => paths.to(callee)[0]!);
    expect({ pricing: paths.wait(pricing!), catalog: paths.wait(catalog!), client: paths.wait(route!) }).toEqual({
      pricing: 400,
      catalog: 800,
      client: 1665,
    });
    expect({ catalog: paths.work('catalog'), orders: paths.work('orders') }).toEqual({ catalog: 820, orders: 820 });
  });

  test('pricing gets 1,000/s when all is well, 12,000 without retry budgets, 3,650 with them', () => {
    expect(loadsOf(worked, callPaths(worked), routeOf(worked), 500)!.at(-1)).toEqual({
      callee: 'pricing',
      nominal: 1_000,
      unbounded: 12_000,
      budgeted: 3_650,
    });
  });

  test('where the three retries that are always allowed do not matter, budgets multiply by 1.25 a hop', () => {
    expect(loadsOf(worked, callPaths(worked), routeOf(worked), 10_000)!.at(-1)!.budgeted).toBeCloseTo(10_000 * 2 * 1.25 ** 3);
  });
});

test('a try that never reached the app is sent, but is no work and makes no calls', () => {
  const subject = architecture({ a: service({ calls: { b: {} } }), b: service() }, gateway({ 'GET /': { to: 'a' } }));
  expect(spreadOf(subject)!.map(({ tries, sent, works }) => ({ tries, sent, works }))).toEqual([
    { tries: 2, sent: 2, works: 1 },
    { tries: 2, sent: 2, works: 1 },
  ]);
});

test('a POST is repeated only after `unprocessed`, unless its rule says that it may be', () => {
  const subject = (idempotent: boolean) =>
    architecture({ a: service({ routes: [{ idempotent, retries: { max: 2, on: ['5xx'] } }] }) }, gateway({ 'POST /': { to: 'a' } }));
  expect(spreadOf(subject(false))!.map(({ works }) => works)).toEqual([1]);
  expect(spreadOf(subject(true))!.map(({ works }) => works)).toEqual([3]);
});

test('two ways to the same service add up', () => {
  const subject = architecture(
    { a: service({ calls: { b: {}, c: {} } }), b: service({ calls: { c: { fanOut: 3 } } }), c: service() },
    gateway({ 'GET /': { to: 'a' } }),
  );
  expect(loadsOf(subject, callPaths(subject), routeOf(subject), 100)!.map(({ callee, nominal }) => [callee, nominal])).toEqual([
    ['a', 100],
    ['b', 100],
    ['c', 400],
  ]);
});

test('copies for a second version are load on it, and on whom it calls', () => {
  const routes = [{ match: { method: 'GET' }, mirror: { to: 'v2', percent: 25 }, retries: false }];
  const subject = architecture(
    {
      a: service({ versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes, calls: { b: { retries: false } } }),
      b: service(),
    },
    gateway({ 'GET /': { to: 'a' } }),
  );
  expect(loadsOf(subject, callPaths(subject), routeOf(subject), 100)).toEqual([
    { callee: 'a', nominal: 125, unbounded: 125, budgeted: 125 },
    { callee: 'b', nominal: 125, unbounded: 125, budgeted: 125 },
  ]);
  expect(spreadOf(subject)!.map(({ sent, works }) => ({ sent, works }))).toEqual([
    { sent: 1, works: 2 },
    { sent: 2, works: 2 },
  ]);
});

test('a circle has no bound', () => {
  const subject = architecture({ a: service({ calls: { b: {} } }), b: service({ calls: { a: {} } }) }, gateway({ 'GET /': { to: 'a' } }));
  expect(spreadOf(subject)).toBeUndefined();
  expect(loadsOf(subject, callPaths(subject), routeOf(subject), 100)).toBeUndefined();
});

test('calls of a service wait for one another, each as often as it is made', () => {
  const subject = architecture({
    a: service({ calls: { b: { timeout: '1s' }, c: { timeout: '300ms', fanOut: 2 } } }),
    b: service(),
    c: service(),
  });
  expect(callPaths(subject, (name) => (name === 'a' ? 0 : Number.POSITIVE_INFINITY)).work('a')).toBe(1_600);
});

test('a route meets only the rules that its method and path can match, and none below one that surely matches', () => {
  const routes = [
    { match: { path: '/other' }, timeout: '9s' },
    { match: { path: '/things/{id}', method: 'POST' }, timeout: '8s' },
    { match: { headers: { 'x-canary': { present: true } } }, timeout: '3s' },
    { match: { path: '/things/{id}' }, timeout: '1s' },
    { match: { path: '/things/{rest+}' }, timeout: '7s' },
  ];
  const subject = architecture({ a: service({ routes }) }, gateway({ 'GET /things/{id}': { to: 'a' } }));
  expect(routeOf(subject).rules.map(({ policy }) => policy.timeout)).toEqual([3_000, 1_000]);
});

test('with several gateways, a route is named with its gateway', () => {
  const web = { kind: 'rest', auth: 'public', routes: { 'GET /': { to: 'a' } } };
  expect(callPaths(architecture({ a: service() }, { gateways: { app: web, web } })).hops.map(({ by }) => by)).toEqual([
    'app GET /',
    'web GET /',
  ]);
});

test('a declared budget holds retries back as declared, and one of 100 % not at all', () => {
  const load = (budget: number) => {
    const subject = architecture(
      { a: service({ routes: [{ idempotent: true, retries: { max: 4, on: ['5xx'], budget } }] }) },
      gateway({ 'GET /': { to: 'a' } }),
    );
    return loadsOf(subject, callPaths(subject), routeOf(subject), 10_000)![0]!.budgeted;
  };
  expect([load(50), load(100)]).toEqual([20_000, 50_000]);
});

test('large amounts are grouped, and fractions of calls read as they are', () =>
  expect([12, 12_000, 1_234_567, 3 * 0.1, 1_000.5].map(grouped)).toEqual(['12', '12,000', '1,234,567', '0.3', '1,000.5']));
