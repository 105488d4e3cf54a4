import bookinfo from '../../../bin/bookinfo/architecture.js';
import { capabilities, lost } from '../../../lib/engines/app-mesh/index.js';
import { features } from '../../../lib/engines/capability.js';
import {
  type ActiveHealthSpec,
  defineArchitecture,
  type MtlsSpec,
  parseArchitecture,
  type RetriesSpec,
  resolve,
} from '../../../lib/index.js';
import { quotesDescriptors } from '../envoy/descriptors/index.js';
import { store } from './store.js';

const lossesOf = (declaration: Parameters<typeof resolve>[0]) =>
  lost(resolve(declaration, { environment: 'prod' })).map(({ feature, at, is, severity }) => `${severity} ${feature} ${at}: ${is}`);

/** Beside what every architecture loses. */
const own = (declaration: Parameters<typeof resolve>[0]) =>
  lossesOf(declaration).filter((line) => !/ (in-service|safe-defaults|retry-unprocessed|pool|access-log) /.test(line));

const listen = { protocol: 'http', port: 8080 } as const;
const service = (name: string) => ({ image: name, listen });

test('the table has every feature once, in the order of the list', () => {
  expect(capabilities.map(({ feature }) => feature)).toEqual(features);
});

test('what is lost is of a feature that is not carried in full', () => {
  const full = new Set(capabilities.filter(({ support }) => support === 'full').map(({ feature }) => feature));
  expect(lost(resolve(store)).filter(({ feature }) => full.has(feature))).toEqual([]);
});

test('bookinfo loses what every architecture loses, first of all the service itself', () => {
  expect(lossesOf(bookinfo)).toEqual([
    'warning access-log : access logs say no path: App Mesh writes it with its query or not at all',
    'warning in-service : AWS App Mesh ended on 2026-09-30: this can be read and reviewed, not deployed; the engine envoy is the way on',
    'warning pool : over HTTP/1.1 only connections and pendingRequests are limited, requests are not: details, productpage, ratings, reviews',
    "warning retry-unprocessed : unprocessed is retried on refused streams and connection errors; what the callee's own sidecar could not hand to its app is not retried",
    'warning safe-defaults : sidecars of App Mesh do not normalize paths, pass deadlines on, keep a retry budget or forbid session resumption, and the ingress does not verify tokens again',
  ]);
});

test('store loses the narrow access of nightly, which is an error, and the own timeout of orders at catalog', () => {
  expect(own(store)).toEqual([
    'error access-by-request services.orders.access: nightly may send orders any request, not GET /orders/{id} alone',
    'warning policy-per-caller services.orders.calls.catalog: orders → catalog gets 2s and 2 tries (unprocessed) at services.catalog.traffic, not its own 1.5s and 2 tries (unprocessed): one policy for all who ask catalog',
  ]);
});

test('a silence of a caller of its own is lost where others have another', () => {
  const silent = defineArchitecture({
    name: 'silent',
    services: { one: { image: 'one', calls: { feed: { idle: '9s' } } }, two: { image: 'two', calls: { feed: {} } }, feed: service('feed') },
  });
  expect(own(silent)).toEqual([
    'warning policy-per-caller services.one.calls.feed: one → feed gets 2s and 2 tries (unprocessed) at services.feed.traffic, not its own 2s, 9s of silence and 2 tries (unprocessed): one policy for all who ask feed',
  ]);
});

test('what differs at several rules in the same way is said once', () => {
  const asks = defineArchitecture({
    name: 'rules',
    services: {
      asker: { image: 'asker', calls: { answerer: { timeout: '1s' } } },
      other: { image: 'other', calls: { answerer: {} } },
      answerer: { ...service('answerer'), routes: [{ match: { path: '/a' } }, { match: { path: '/b' } }] },
    },
  });
  expect(own(asks)).toEqual([
    'warning policy-per-caller services.asker.calls.answerer: asker → answerer gets 2s and 2 tries (unprocessed) at services.answerer.routes[0] and 2 more, not its own 1s and 2 tries (unprocessed): one policy for all who ask answerer',
  ]);
});

test('events that App Mesh does not have are named where they are written', () => {
  const asks = defineArchitecture({
    name: 'events',
    services: {
      asker: {
        image: 'asker',
        calls: { answerer: { timeout: '1s', idempotent: true, retries: { max: 1, perTry: '300ms', on: ['reset', 'timeout', '5xx'] } } },
      },
      answerer: service('answerer'),
    },
  });
  expect(own(asks)).toEqual([
    'warning retries services.asker.calls.answerer.retries: reset is not retried',
    'warning retries services.asker.calls.answerer.retries: timeout is retried on 502, 503 and 504, whoever answers so',
  ]);
});

test('a split that whole percents cannot say is rounded', () => {
  const thirds = defineArchitecture({
    name: 'thirds',
    services: { one: { listen, versions: { a: { image: 'a' }, b: { image: 'b' }, c: { image: 'c' } }, traffic: { a: 1, b: 1, c: 1 } } },
  });
  expect(own(thirds)).toEqual(['warning weighted-versions services.one.traffic: the split is rounded to one-a 34%, one-b 33%, one-c 33%']);
});

test('more than 10 versions, more than 10 headers, and what is longer than 255 characters do not fit a route', () => {
  const names = Array.from({ length: 11 }, (_, index) => `v${index}`);
  const wide = parseArchitecture({
    name: 'wide',
    services: {
      one: {
        listen,
        versions: Object.fromEntries(names.map((name) => [name, { image: name }])),
        traffic: Object.fromEntries(names.map((name, index) => [name, index === 0 ? 0 : 10])),
        routes: [
          { match: { headers: Object.fromEntries(names.map((name) => [`x-${name}`, 'yes'])) }, to: 'v1' },
          { match: { path: `/${'p'.repeat(255)}`, method: ['GET', 'PUT'] }, to: 'v1' },
        ],
      },
    },
  });
  expect(own(wide)).toEqual([
    'error limits services.one.routes[0]: the number of headers is 11; allowed: 0 to 10',
    'error limits services.one.routes[1]: the length of its path is 256; allowed: 1 to 255',
    'error limits services.one.traffic: the number of targets is 11; allowed: 1 to 10',
  ]);
});

test('what AWS gave no more of unless asked', () => {
  const names = Array.from({ length: 201 }, (_, index) => `s${index}`);
  const large = parseArchitecture({
    name: 'large',
    services: {
      ...Object.fromEntries(names.map((name) => [name, service(name)])),
      all: { calls: Object.fromEntries(names.slice(0, 51).map((name) => [name, {}])), scale: { min: 2, max: 51 } },
      s0: { ...service('s0'), routes: names.slice(0, 50).map((name) => ({ match: { path: `/${name}` } })) },
    },
    gateways: {
      web: {
        kind: 'rest',
        auth: 'public',
        routes: Object.fromEntries(names.slice(0, 11).map((name) => [`GET /${name}`, { to: 's0' }])),
      },
    },
  });
  expect(own(large)).toEqual([
    'warning limits : 201 virtual services in a mesh; App Mesh gives 200 unless asked for more',
    'warning limits : 202 virtual nodes in a mesh; App Mesh gives 200 unless asked for more',
    'warning limits gateways.web: 11 routes at a virtual gateway; App Mesh gives 10 unless asked for more',
    'warning limits services.all: 51 callees of a virtual node; App Mesh gives 50 unless asked for more',
    'warning limits services.all.scale: 51 tasks of a virtual node, all; App Mesh gives 50 unless asked for more',
    'warning limits services.s0: 51 routes at a virtual router; App Mesh gives 50 unless asked for more',
  ]);
});

test('a second gateway has no way in', () => {
  const gateway = { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'one' } } } as const;
  expect(
    own(defineArchitecture({ name: 'doors', services: { one: service('one') }, gateways: { front: gateway, back: gateway } })),
  ).toEqual([
    'error gateway-identity gateways.front: an ingress task of App Mesh is one virtual gateway, and it is back; front has no way in',
  ]);
});

test('externals that share a host, that callers ask differently, or that a gateway should ask over TLS', () => {
  const outside = defineArchitecture({
    name: 'outside',
    services: { one: { ...service('one'), calls: { bank: { timeout: '3s' } } }, two: { image: 'two', calls: { bank: { timeout: '1s' } } } },
    external: {
      bank: { host: 'api.bank.example', protocol: 'https' },
      refunds: { host: 'api.bank.example', protocol: 'http', port: 8080 },
    },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        routes: { 'GET /bank': { to: 'bank' }, 'GET /one': { to: 'one' }, 'GET /refunds': { to: 'refunds' } },
      },
    },
  });
  expect(own(outside)).toEqual([
    'error limits external.refunds: VirtualService api.bank.example is the name of VirtualService-external.bank too',
    'error externals gateways.web.routes["GET /bank"]: web cannot reach bank over TLS: a virtual gateway has one client policy, and it is the mesh\'s',
    'error externals gateways.web.routes["GET /refunds"]: web asks refunds for mutual TLS, because services listen on port 8080 too',
    'warning policy-per-caller external.bank: all who ask bank get 3s and 2 tries (unprocessed), the longest limits of theirs',
  ]);
});

test('health is asked for as declared, or as near as App Mesh comes to it', () => {
  const asked = (active: ActiveHealthSpec) =>
    defineArchitecture({ name: 'asked', services: { one: { ...service('one'), health: { path: '/h', active } } } });
  expect(own(asked({ interval: '10s', timeout: '7s', healthy: 3, unhealthy: 9 }))).toEqual([]);
  expect(own(asked({ interval: '10m', timeout: '500ms', healthy: 1, unhealthy: 1 }))).toEqual([
    'warning active-health services.one.health.active: 2 bad answers put an instance out, not 1',
    'warning active-health services.one.health.active: 2 good answers bring an instance back, not 1',
    'warning active-health services.one.health.active: an answer may take 2s, not 500ms',
    'warning active-health services.one.health.active: callers ask every 5m, not every 10m',
  ]);
});

test('whose POST is not sent again, because others may not repeat theirs', () => {
  const retries = { max: 1, perTry: '1s', on: ['5xx'] } satisfies RetriesSpec;
  const asks = (idempotent: boolean) => ({ timeout: '3s', idempotent, retries }) as const;
  const mixed = (idempotent: boolean) =>
    defineArchitecture({
      name: 'mixed',
      services: {
        one: { image: 'one', calls: { bank: asks(true), ledger: asks(true) } },
        two: { image: 'two', calls: { bank: asks(idempotent), ledger: asks(idempotent) } },
        ledger: service('ledger'),
      },
      external: { bank: { host: 'api.bank.example', protocol: 'https' } },
    });
  expect(own(mixed(true))).toEqual([]);
  expect(own(mixed(false))).toEqual([
    'warning policy-per-caller services.one.calls.bank: a POST of one → bank that failed is not sent again, because those of two → bank may not be: one policy for all who ask bank',
    'warning policy-per-caller services.one.calls.ledger: a POST of one → ledger that failed is not sent again, because those of two → ledger may not be: one policy for all who ask ledger',
  ]);
});

test('hosts are told apart whatever their letter case', () => {
  const alike = defineArchitecture({
    name: 'alike',
    services: { one: { image: 'one', calls: { bank: {}, refunds: {} } } },
    external: { bank: { host: 'API.bank.example', protocol: 'https' }, refunds: { host: 'api.bank.example', protocol: 'http' } },
  });
  expect(own(alike)).toEqual([
    'error limits external.refunds: VirtualService api.bank.example is the name of VirtualService-external.bank too',
  ]);
});

test('a queue that an app pulls from itself, unless it is of AWS, called as bytes, or bypasses the sidecar', () => {
  const pulls = (queue: object, worker: object = {}) =>
    own(
      parseArchitecture({
        name: 'pulls',
        services: { worker: { consumes: ['jobs'], ...worker } },
        external: { jobs: { kind: 'queue', protocol: 'tcp', port: 5672, ...queue } },
      }),
    );
  expect(pulls({ host: 'rabbit.example' })).toEqual([
    'error declared-egress services.worker.consumes: worker cannot pull from jobs: its sidecar drops what leads to no callee; let port 5672 bypass it, by `interception`',
  ]);
  expect(pulls({ host: 'rabbit.example' }, { interception: { bypassPorts: [5672] } })).toEqual([]);
  expect(pulls({ host: 'rabbit.example' }, { calls: { jobs: {} } })).toEqual([]);
  expect(pulls({ host: 'sqs.eu-west-1.amazonaws.com', protocol: 'https', port: 443 })).toEqual([]);
});

test('rate limits are lost, which is an error where they are written', () => {
  const limited = defineArchitecture({
    name: 'limits',
    services: {
      orders: {
        ...service('orders'),
        rateLimit: { rate: 50, burst: 100 },
        routes: [{ match: { path: '/quotes' }, rateLimit: { rate: 2, burst: 3, per: 'caller' } }],
      },
    },
  });
  expect(own(limited)).toEqual([
    'error rate-limit services.orders.rateLimit: an instance of orders takes any number of requests, not 50/s with bursts of 100',
    'error rate-limit-per-caller services.orders.routes[0].rateLimit: an instance of orders takes any number of requests from each caller, not 2/s with bursts of 3',
  ]);
});

test('global rate limits are lost, which is an error where they are written', () => {
  const limited = defineArchitecture({
    name: 'limits',
    mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } },
    services: {
      orders: {
        ...service('orders'),
        globalRateLimit: { requests: 5, unit: 'hour' },
        routes: [{ match: { path: '/quotes' }, globalRateLimit: { requests: 2, unit: 'day', per: 'caller' } }],
      },
    },
    external: { limits: { host: 'limits.example', protocol: 'https' } },
  });
  expect(own(limited)).toEqual([
    'error global-rate-limit services.orders.globalRateLimit: orders takes any number of requests, not 5 per hour',
    'error global-rate-limit-per-caller services.orders.routes[0].globalRateLimit: orders takes any number of requests from each caller, not 2 per day',
  ]);
});

test('what is denied is open, which is an error', () => {
  const denying = defineArchitecture({
    name: 'denying',
    services: {
      orders: { ...service('orders'), access: { nightly: { deny: ['DELETE /orders/{id}'] } } },
      nightly: { image: 'nightly', calls: { orders: {} } },
    },
  });
  expect(own(denying)).toEqual(['error access-deny services.orders.access: nightly may send orders DELETE /orders/{id} too']);
});

test('a plaintext client is refused, and mutual TLS stays on', () => {
  const mesh = (mtls: MtlsSpec<'orders'>) => defineArchitecture({ name: 'open', mesh: { mtls }, services: { orders: service('orders') } });
  const clients = { legacy: { from: ['10.0.4.0/24'], to: ['orders' as const] } };
  expect(own(mesh({ permissive: { until: '2027-03-31', clients } }))).toEqual([
    'error mtls-permissive mesh.mtls.permissive.clients.legacy: legacy is refused by orders: App Mesh takes plaintext from everyone or from nobody',
  ]);
  expect(own(mesh('off'))).toEqual(['warning mtls-off mesh.mtls: mutual TLS stays on']);
});

test('deadlines of gRPC, the age of connections, and who is asked over TLS of the app itself', () => {
  const spoken = defineArchitecture({
    name: 'spoken',
    services: {
      one: { image: 'one', calls: { quotes: {}, ledger: {}, vault: {} } },
      quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 } },
      ledger: { image: 'ledger', listen: { protocol: 'tcp', port: 5432, maxAge: '30m' } },
      chat: { ...service('chat'), routes: [{ upgrade: 'websocket' }] },
    },
    external: { vault: { host: 'vault.example', protocol: 'tls' } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'POST /acme.Quotes/Get': { to: 'quotes', grpcWeb: true } } } },
  });
  expect(own(spoken)).toEqual([
    'error tls-passthrough external.vault.protocol: whatever a caller sends reaches vault, not TLS for its host alone',
    'error grpc-web gateways.web.routes["POST /acme.Quotes/Get"]: quotes gets what POST /acme.Quotes/Get takes as gRPC-Web, not as gRPC',
    'warning grpc-timeout : a call is given the whole timeout of its route, whatever `grpc-timeout` says: quotes',
    'warning streams services.chat.routes[0]: a stream may last 1h from the end of its request, not from its beginning',
    'warning websocket services.chat.routes[0]: chat may refuse to become a WebSocket: nothing says that it passes',
    "warning tcp-services services.ledger.listen: a connection to ledger may last for ever, not 30m: its peer's certificate is not looked at again",
  ]);
});

test('address lists are lost, which is an error', () => {
  const listed = defineArchitecture({
    name: 'listed',
    services: { orders: service('orders') },
    gateways: {
      web: { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'orders' } }, allow: ['203.0.113.0/24'], deny: ['203.0.113.7/32'] },
    },
  });
  expect(own(listed)).toEqual([
    'error address-lists gateways.web.allow: clients of web may ask from anywhere, not from 203.0.113.0/24 alone',
    'error address-lists gateways.web.deny: clients of web may ask from 203.0.113.7/32 too',
  ]);
});

test('tokens inside the mesh are lost, which is an error', () => {
  const asking = defineArchitecture({
    name: 'asking',
    services: { orders: { ...service('orders'), tokens: { use: 'customers' } } },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://id.example/', audience: ['shop'] } },
  });
  expect(own(asking)).toEqual(['error tokens-inside services.orders.tokens: orders takes requests without a token of customers']);
});

test('JSON that the ingress would make gRPC of', () => {
  const quotes = defineArchitecture({
    name: 'quotes',
    services: { quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 }, descriptors: quotesDescriptors } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' } } } },
  });
  expect(own(quotes)).toContain(
    'error grpc-json gateways.web.routes["GET /quotes/{sku}"]: quotes gets what GET /quotes/{sku} takes as JSON, not as gRPC',
  );
});

test('traces and statistics of every sidecar', () => {
  const observed = defineArchitecture({
    name: 'observed',
    services: { one: service('one') },
    external: { collector: { host: 'collector.example', protocol: 'http', port: 4318 } },
    observability: { traces: { to: 'collector' }, metrics: 'network' },
  });
  expect(own(observed)).toEqual([
    'warning metrics observability.metrics: whoever reaches the statistics of a sidecar, on port 9901 of its task, reaches all of its administration',
    'warning traces observability.traces: no sidecar sends traces to collector',
  ]);
});

test.each([
  ['traces-x-ray', { as: 'x-ray' }, "X-Ray's daemon"],
  ['traces-datadog', { as: 'datadog', to: 'agent' }, 'agent'],
] as const)('%s', (feature, traces, collector) => {
  const observed = defineArchitecture({
    name: 'observed',
    services: { one: service('one') },
    external: { agent: { host: 'agent.example', protocol: 'http', port: 8126 } },
    observability: { traces },
  });
  expect(own(observed)).toEqual([`warning ${feature} observability.traces: no sidecar sends traces to ${collector}`]);
});

test('resilience that App Mesh does not have, and trouble on purpose', () => {
  const asks = defineArchitecture({
    name: 'asks',
    services: {
      asker: {
        image: 'asker',
        calls: {
          first: {
            idle: '1s',
            pool: { requests: 7 },
            failover: 'second',
            retries: { max: 1, budget: 5, backOff: { base: '10ms', max: '90ms' } },
            faults: { delay: { by: '1s', percent: 1 }, in: ['prod'] },
          },
          second: {},
          db: { timeout: '800ms', retries: { max: 2 } },
        },
      },
      first: { ...service('first'), balance: 'random', zones: 'prefer-own', panic: 0, health: { path: '/h', active: { interval: '1s' } } },
      second: service('second'),
    },
    external: { db: { protocol: 'tcp', host: 'db.example', port: 5432 } },
  });
  expect(own(asks).filter((line) => !/policy-per-caller/.test(line))).toEqual([
    'error failover services.asker.calls.first.failover: nobody stands in for first where asker cannot reach it, not second',
    'error caller-pool services.asker.calls.first.pool: asker may have any number of requests under way to first, not requests 7',
    'warning retry-tcp services.asker.calls.db.retries: a connection from asker to db is tried once',
    'warning tcp-services services.asker.calls.db.timeout: connecting from asker to db takes as long as it takes, not 800ms at most',
    'warning fault-injection services.asker.calls.first.faults: no trouble is made',
    'warning retry-back-off services.asker.calls.first.retries: tries wait from 25ms up to 250ms, not from 10ms up to 90ms',
    'warning retry-budget services.asker.calls.first.retries: any share of the requests may be further tries, not 5 %',
    'warning balancing services.first.balance: requests to first take turns among its instances, not by random',
    'warning active-health services.first.health.active: callers ask every 5s, not every 1s',
    'warning panic services.first.panic: all instances of first are used again below 50 %, not 0 %',
    'warning zone-aware-balancing services.first.zones: requests to first take turns among its instances, in whatever zone they are',
  ]);
});
