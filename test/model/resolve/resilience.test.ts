import { listening, policyOf, resolved } from './shop.js';

const service = (members: object) => resolved({ services: { pricing: listening(members) } }).services[0]!;
const callOf = (call: object, pricing: object = {}, others: object = {}) =>
  resolved({
    services: { orders: listening({ calls: { pricing: call, ...others } }), pricing: listening(pricing), backup: listening() },
  }).calls.find(({ to }) => to === 'pricing')!;

test('where nobody says anything, instances take turns, panic is at 50 %, and nobody is asked for health', () => {
  expect(service({ health: { path: '/healthz' } })).toMatchObject({
    balance: { kind: 'round-robin' },
    panic: 50,
    health: { path: '/healthz', active: undefined },
  });
  expect(service({}).health).toBeUndefined();
});

test.each([
  ['random', { kind: 'random' }],
  [{ hash: 'caller' }, { kind: 'hash', by: { is: 'caller' }, table: 'ring' }],
  [
    { hash: { header: 'X-User' }, table: 'maglev' },
    { kind: 'hash', by: { is: 'header', name: 'x-user' }, table: 'maglev' },
  ],
  [
    { hash: 'caller', table: 'ring' },
    { kind: 'hash', by: { is: 'caller' }, table: 'ring' },
  ],
  [{ hash: { cookie: 'Session' } }, { kind: 'hash', by: { is: 'cookie', name: 'Session' }, table: 'ring' }],
])('balance %j', (balance, is) => expect(service({ balance }).balance).toEqual(is));

test.each([
  [true, { interval: 5_000, timeout: 2_000, healthy: 2, unhealthy: 2 }],
  [
    { interval: '1s', timeout: '300ms', healthy: 3, unhealthy: 4 },
    { interval: 1_000, timeout: 300, healthy: 3, unhealthy: 4 },
  ],
])('active health %j', (active, is) => expect(service({ health: { path: '/h', active } }).health).toEqual({ path: '/h', active: is }));

test('zones count where somebody says so', () => {
  expect(service({}).zones).toBeUndefined();
  expect(service({ zones: 'prefer-own' }).zones).toBe('prefer-own');
});

test('a panic of 0 is kept', () => expect(service({ panic: 0 }).panic).toBe(0));

test('silence: the nearest says, and five minutes where nobody does', () => {
  expect(policyOf({ call: { idle: '1s' }, route: { idle: '2s' } })).toMatchObject({
    idle: 1_000,
    from: { idle: 'services.orders.calls.pricing.idle' },
  });
  expect(policyOf({ route: { idle: '2s' } })).toMatchObject({ idle: 2_000, from: { idle: 'services.pricing.routes[0].idle' } });
  expect(policyOf({})).toMatchObject({ idle: 300_000, from: { idle: 'default' } });
});

test('waits: ten times the base unless said', () => {
  expect(policyOf({ call: { retries: { max: 1, backOff: { base: '40ms' } } } }).retries!.backOff).toEqual({ base: 40, max: 400 });
  expect(policyOf({ call: { retries: { max: 1, backOff: { max: '1s' } } } }).retries!.backOff).toEqual({ base: 25, max: 1_000 });
});

test('a budget is one for all requests to a callee: the least that some rule states', () => {
  const routes = [
    { match: { path: '/a' }, retries: { max: 1, budget: 50 } },
    { match: { path: '/b' }, retries: { max: 1, budget: 30 } },
  ];
  expect(callOf({}, { routes }).rules.map(({ policy }) => policy.retries!.budget)).toEqual([30, 30, 30]);
  expect(callOf({ retries: { max: 1, budget: 80 } }, { routes }).rules.map(({ policy }) => policy.retries!.budget)).toEqual([80, 80, 80]);
});

test('a stream has an age and no timeout, whoever asks, and no limit for a try', () => {
  const call = { timeout: '1s', retries: { max: 1, perTry: '100ms', on: ['timeout'] } };
  expect(callOf(call, { routes: [{ stream: true }] }).rules[0]).toMatchObject({
    stream: true,
    policy: { timeout: 3_600_000, retries: { perTry: undefined }, from: { timeout: 'services.pricing.routes[0].stream' } },
  });
});

test("a call's pool and those who stand in, in their order", () => {
  expect(callOf({ pool: { requests: 7 }, failover: 'backup' }, {}, { backup: {} })).toMatchObject({
    pool: { connections: 1_024, pendingRequests: 1_024, requests: 7 },
    failover: ['backup'],
  });
  expect(callOf({}).failover).toEqual([]);
});

test("a call's faults come before those of the callee's routes", () => {
  const routes = [{ faults: { abort: { status: 500, percent: 1 } } }];
  expect(callOf({ faults: { abort: { status: 503, percent: 2 } } }, { routes }).rules[0]!.faults).toEqual({
    path: 'services.orders.calls.pricing.faults',
    delay: undefined,
    abort: { status: 503, percent: 2 },
    when: [],
  });
  expect(callOf({}, { routes }).rules[0]!.faults).toMatchObject({ path: 'services.pricing.routes[0].faults', abort: { status: 500 } });
});
