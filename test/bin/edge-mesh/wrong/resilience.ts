import { another, shop, type Wrong, withCall, withOrders } from './wrong.js';

const orders = { image: 'acme/orders:7', listen: { protocol: 'http', port: 8080 } };
const withDatabase = (call: object): object =>
  shop({ services: { orders: { ...orders, calls: { db: call } } }, external: { db: { protocol: 'tcp', host: 'db.example', port: 5432 } } });
const withFailover = (failover: unknown, others: object = {}): object =>
  withOrders({ calls: { pricing: { failover }, backup: {}, ...others } }, { backup: another });
const at = 'services.orders.calls.pricing';

/** Idle times, streams, pools, retries, health, fail-over, balance, panic and faults. */
export const wrongResilience: readonly Wrong[] = [
  {
    title: 'a stream with a timeout, and with a limit for each try',
    spec: withOrders({ routes: [{ stream: true, timeout: '5s', retries: { max: 1, perTry: '1s', on: ['timeout'] } }] }),
    says: [
      'services.orders.routes[0].retries.perTry: a stream is one try, as long as it goes on; remove `perTry` or `stream`',
      'services.orders.routes[0].timeout: a stream has no timeout: it ends after `idle` of silence, or at the age of 1h; remove one of the two',
    ],
  },
  {
    title: 'a stream that is false',
    spec: withOrders({ routes: [{ stream: false }] }),
    says: ['services.orders.routes[0].stream: got false; allowed: true'],
  },
  {
    title: 'no budget at all, and an event with a typo',
    spec: withCall({ retries: { max: 1, budget: 0, on: ['resource-exhaust'] } }),
    says: [
      `${at}.retries.budget: got 0; allowed: a percentage above 0, at most 100`,
      `${at}.retries.on[0]: got "resource-exhaust"; allowed: one of unprocessed, unavailable, gateway-error, 5xx, reset, timeout, and for gRPC cancelled, deadline-exceeded, grpc-unavailable, internal, resource-exhausted; did you mean "resource-exhausted"?`,
    ],
  },
  {
    title: 'waits that shrink, in a call and in a shared policy',
    spec: {
      ...withCall({ retries: { max: 1, backOff: { base: '100ms', max: '50ms' } } }),
      // The base by itself is 25 ms.
      policies: { quick: { retries: { max: 1, backOff: { max: '24ms' } } }, calm: { retries: { max: 1, backOff: { max: '25ms' } } } },
    },
    says: [
      'policies.quick.retries.backOff.max: got "24ms", less than the base, 25ms; allowed: the base or more',
      `${at}.retries.backOff.max: got "50ms", less than the base, 100ms; allowed: the base or more`,
    ],
  },
  {
    title: 'fail-over to itself, to somebody twice, to nobody, and without a call',
    spec: withOrders(
      { calls: { pricing: { failover: ['pricing', 'backup', 'backup', 'bakup', 'third', 'nightly'] }, backup: {} } },
      { backup: another, third: another, nightly: { image: 'acme/nightly:3' } },
    ),
    says: [
      `${at}.failover[0]: pricing cannot stand in for itself; name another`,
      `${at}.failover[2]: names backup twice; keep one of them`,
      `${at}.failover[3]: "bakup" is not another service or external; did you mean "backup"?`,
      `${at}.failover[4]: orders declares no call to third, so third would refuse it; add \`third: {}\` to its calls`,
      `${at}.failover[5]: nightly has no \`listen\`, so nothing can ask it; name another`,
    ],
  },
  {
    title: 'two that fail over to each other',
    spec: withFailover('backup', { backup: { failover: 'pricing' } }),
    says: [
      'services.orders.calls.backup.failover: pricing fails over to backup itself, so a request could go round; remove one of the two',
      `${at}.failover: backup fails over to pricing itself, so a request could go round; remove one of the two`,
    ],
  },
  {
    title: 'an empty list of those who stand in',
    spec: withFailover([]),
    says: [`${at}.failover: got []; allowed: a callee, or a list of them in order`],
  },
  {
    title: 'what connections cannot have',
    spec: withDatabase({
      pool: { connections: 5, requests: 9 },
      retries: { max: 2, on: ['5xx'], budget: 5, backOff: { base: '1ms' } },
      idle: '1m',
      idempotent: false,
      faults: { abort: { status: 503, percent: 1 } },
      failover: 'db',
    }),
    says: [
      'services.orders.calls.db.failover: db speaks no HTTP, and only requests fail over; remove this',
      'services.orders.calls.db.faults: db speaks no HTTP, and trouble is made for requests; remove this',
      'services.orders.calls.db.idempotent: db speaks no HTTP, and only requests are repeated; remove this',
      'services.orders.calls.db.idle: db speaks no HTTP, and only requests are ended by silence; remove this',
      'services.orders.calls.db.pool.requests: db speaks no HTTP: it has connections and no requests; remove this',
      'services.orders.calls.db.retries.backOff: db speaks no HTTP, and connecting is tried again at once; remove this',
      'services.orders.calls.db.retries.budget: db speaks no HTTP, and only further tries of requests have a budget; remove this',
      'services.orders.calls.db.retries.on: db speaks no HTTP, so only connecting is tried again; allowed: ["unprocessed"]',
    ],
  },
  {
    title: 'faults that do nothing, and faults for everyone twice over',
    spec: withOrders({
      calls: { pricing: { faults: { when: { headers: { 'x-trial': 'yes' } } } } },
      routes: [{ faults: { abort: { status: 503, percent: 200 } } }],
    }),
    says: [
      `${at}.faults: does nothing; give \`delay\` or \`abort\`, or remove it`,
      'services.orders.routes[0].faults.abort.percent: got 200; allowed: a percentage above 0, at most 100',
    ],
  },
  {
    title: 'a balance that there is not, and a panic above everyone',
    spec: withOrders({ balance: 'round-robbin', panic: 101 }),
    says: [
      'services.orders.balance: got "round-robbin"; allowed: "round-robin", "least-request", "random", or { hash, table? }',
      'services.orders.panic: got 101; allowed: a whole number from 0 to 100',
    ],
  },
  {
    title: 'a preference by zone that there is not',
    spec: withOrders({ zones: 'own' }),
    says: ['services.orders.zones: got "own"; allowed: "prefer-own"'],
  },
  {
    title: 'a preference by zone beside a hash',
    spec: withOrders({ zones: 'prefer-own', balance: { hash: 'caller' } }),
    says: ['services.orders.zones: a hash sends equal requests to one instance, in whatever zone it is; remove one of the two'],
  },
  {
    title: 'a preference by zone over tcp, and of a worker',
    spec: shop({
      services: {
        orders: { image: 'acme/orders:7', listen: { protocol: 'tcp', port: 8080 }, zones: 'prefer-own' },
        nightly: { zones: 'prefer-own' },
      },
    }),
    says: [
      'services.nightly.zones: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this',
      'services.orders.zones: orders speaks tcp: where its instance in the zone is dead, connecting would be tried there again and again; remove this',
    ],
  },
  {
    title: 'health that is asked for by false',
    spec: withOrders({ health: { path: '/healthz', active: false } }),
    says: ['services.orders.health.active: got false; allowed: true, or { interval?, timeout?, healthy?, unhealthy? }'],
  },
  {
    title: 'fields of a balance that there are not',
    spec: withOrders({ balance: { hash: { heder: 'x-user' }, tabel: 'ring', table: 'maglef' } }),
    says: [
      'services.orders.balance.hash: got {"heder":"x-user"}; allowed: "caller", { header } or { cookie }',
      'services.orders.balance.tabel: is not a known field; did you mean "table"?',
      'services.orders.balance.table: got "maglef"; allowed: "ring" or "maglev"',
    ],
  },
];
