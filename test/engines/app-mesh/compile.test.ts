import bookinfo from '../../../bin/bookinfo/architecture.js';
import { compile, placementOf, type Resource, validate } from '../../../lib/engines/app-mesh/index.js';
import { defineArchitecture, type HealthSpec, parseArchitecture, type RetriesSpec, resolve } from '../../../lib/index.js';
import { inWords } from './in-words.js';
import { store } from './store.js';

const linesOf = (declaration: Parameters<typeof resolve>[0], namespace = 'mesh') => {
  const architecture = resolve(declaration, { environment: 'prod' });
  return compile(architecture, placementOf(architecture, namespace)).map(inWords);
};

test('bookinfo as a whole', () => {
  expect(linesOf(bookinfo)).toMatchInlineSnapshot(`
[
  "Mesh bookinfo-prod DROP_ALL",
  "VirtualNode details at details listens http 9080 2000ms STRICT admits svc/productpage",
  "VirtualNode productpage at productpage listens http 9080 2000ms STRICT admits ingress/web asks details.mesh as svc/details asks reviews.mesh as svc/reviews",
  "VirtualNode ratings at ratings listens http 9080 2000ms STRICT admits svc/reviews",
  "VirtualNode reviews-v1 at reviews-v1 listens http 9080 2000ms STRICT admits svc/productpage asks ratings.mesh as svc/ratings",
  "VirtualNode reviews-v2 at reviews-v2 listens http 9080 2000ms STRICT admits svc/productpage asks ratings.mesh as svc/ratings",
  "VirtualNode reviews-v3 at reviews-v3 listens http 9080 2000ms STRICT admits svc/productpage asks ratings.mesh as svc/ratings",
  "VirtualRouter details http 9080",
  "Route details default 0 ANY /* → details 100% 500ms retries 1×500ms stream-error connection-error",
  "VirtualService details.mesh by details",
  "VirtualRouter productpage http 9080",
  "Route productpage default 0 ANY /* → productpage 100% 2000ms retries 1×2000ms stream-error connection-error",
  "VirtualService productpage.mesh by productpage",
  "VirtualRouter ratings http 9080",
  "Route ratings default 0 ANY /* → ratings 100% 500ms retries 1×500ms stream-error connection-error",
  "VirtualService ratings.mesh by ratings",
  "VirtualRouter reviews http 9080",
  "Route reviews end-user-is-jason 0 ANY /* [end-user Exact jason] → reviews-v2 100% 1500ms retries 1×1500ms stream-error connection-error",
  "Route reviews default 1 ANY /* → reviews-v1 90%, reviews-v3 10% 1500ms retries 1×1500ms stream-error connection-error",
  "VirtualService reviews.mesh by reviews",
  "VirtualGateway web http 19825 1024+1024 asks as svc/productpage",
  "GatewayRoute web get-api-v1-products 0 GET /api/v1/products [x-edge-route Exact GET /api/v1/products] → productpage.mesh",
  "GatewayRoute web get-api-v1-products-id 1 GET ~/api/v1/products/[^/]+ [x-edge-route Exact GET /api/v1/products/{id}] → productpage.mesh",
  "GatewayRoute web get-api-v1-products-id-reviews 2 GET ~/api/v1/products/[^/]+/reviews [x-edge-route Exact GET /api/v1/products/{id}/reviews] → productpage.mesh",
  "GatewayRoute web get-productpage 3 GET /productpage [x-edge-route Exact GET /productpage] → productpage.mesh",
  "GatewayRoute web get-static-file 4 GET ~/static/.+ [x-edge-route Exact GET /static/{file+}] → productpage.mesh",
]
`);
});

test('a store as a whole: externals, a worker, HTTP/2, rules with policies of their own', () => {
  expect(linesOf(store)).toMatchInlineSnapshot(`
[
  "Mesh store-prod DROP_ALL",
  "VirtualNode catalog at catalog listens http2 8080 2000ms STRICT admits ingress/web svc/orders asks pricing.mesh as svc/pricing",
  "VirtualNode nightly asks orders.mesh as svc/orders",
  "VirtualNode orders at orders listens http 8082 4000ms STRICT admits ingress/web svc/nightly asks catalog.mesh as svc/catalog asks ordersdb.bound-at-deploy.invalid asks api.stripe.com as api.stripe.com",
  "VirtualNode pricing-v1 at pricing-v1 listens http2 9090 2000ms STRICT admits svc/catalog",
  "VirtualNode pricing-v2 at pricing-v2 listens http2 9090 2000ms STRICT admits svc/catalog",
  "VirtualNode external.monolith at legacy.internal listens http 81 2000ms",
  "VirtualNode external.ordersDb at ordersdb.bound-at-deploy.invalid listens tcp 5432 ",
  "VirtualNode external.stripe at api.stripe.com listens http 443 3000ms",
  "VirtualRouter catalog http2 8080",
  "Route catalog default 0 ANY /* → catalog 100% 2000ms retries 1×2000ms stream-error connection-error",
  "VirtualService catalog.mesh by catalog",
  "VirtualRouter orders http 8082",
  "Route orders default 0 ANY /* → orders 100% 4000ms retries 1×4000ms stream-error connection-error",
  "VirtualService orders.mesh by orders",
  "VirtualRouter pricing http2 9090",
  "Route pricing x-canary-present 0 ANY /* [x-canary present] → pricing-v2 100% 600ms retries 1×600ms stream-error connection-error",
  "Route pricing post-quotes-sku 1 POST ~/quotes/[^/]+ → pricing-v1 90%, pricing-v2 10% 600ms retries 1×600ms stream-error connection-error",
  "Route pricing default 2 ANY /* → pricing-v1 90%, pricing-v2 10% 600ms retries 1×600ms stream-error connection-error",
  "VirtualService pricing.mesh by pricing",
  "VirtualRouter external.monolith http 81",
  "Route external.monolith default 0 ANY /* → external.monolith 100% 2000ms retries 1×2000ms stream-error connection-error",
  "VirtualService legacy.internal by external.monolith",
  "VirtualRouter external.ordersDb tcp 5432",
  "Route external.ordersDb default 0 → external.ordersDb 100%",
  "VirtualService ordersdb.bound-at-deploy.invalid by external.ordersDb",
  "VirtualRouter external.stripe http 443",
  "Route external.stripe default 0 ANY /* → external.stripe 100% 3000ms retries 1×3000ms stream-error connection-error",
  "VirtualService api.stripe.com by external.stripe",
  "VirtualGateway web http 19825 1024+1024 asks as svc/catalog svc/orders on 8080 8082",
  "GatewayRoute web any-legacy-path 0 ANY ~/.+ [x-edge-route Exact ANY /legacy/{path+}] → legacy.internal",
  "GatewayRoute web get-products-id 1 GET ~/products/[^/]+ [x-edge-route Exact GET /products/{id}] → catalog.mesh",
  "GatewayRoute web post-orders 2 POST /orders [x-edge-route Exact POST /orders] → orders.mesh",
]
`);
});

test.each([
  ['bookinfo', bookinfo],
  ['store', store],
] as const)('%s breaks no rule of the service', (_name, declaration) => {
  expect(validate(compile(resolve(declaration, { environment: 'prod' })))).toEqual([]);
});

test('compiling twice gives the same bytes', () => {
  const bytes = () => JSON.stringify(compile(resolve(bookinfo)));
  expect(bytes()).toBe(bytes());
});

test('a resource comes after those that it names', () => {
  const seen = new Set<string>();
  for (const { id, after } of compile(resolve(store))) {
    expect(after.filter((other) => !seen.has(other))).toEqual([]);
    seen.add(id);
  }
});

test('a service that nobody may call admits an identity that nobody has, because an empty list would admit anyone', () => {
  const lonely = defineArchitecture({
    name: 'lonely',
    services: { island: { image: 'island', listen: { protocol: 'http', port: 8080 } } },
  });
  expect(linesOf(lonely)).toContain('VirtualNode island at island listens http 8080 2000ms STRICT admits nobody');
});

test('without retries a route says so, because the service would retry by a hidden default', () => {
  const once = defineArchitecture({
    name: 'once',
    services: {
      asker: { image: 'asker', calls: { answerer: { retries: false } } },
      answerer: { image: 'answerer', listen: { protocol: 'http', port: 8080 } },
    },
  });
  expect(linesOf(once)).toContain('Route answerer default 0 ANY /* → answerer 100% 2000ms retries 0×2000ms connection-error');
});

test('callers who want different policies get the longest timeout and the own retries of the callee', () => {
  const two = defineArchitecture({
    name: 'two',
    services: {
      slow: { image: 'slow', calls: { callee: { timeout: '5s', retries: { max: 3, on: ['unprocessed'] } } } },
      quick: { image: 'quick', calls: { callee: { timeout: '400ms', retries: { max: 4, on: ['unprocessed'] } } } },
      callee: { image: 'callee', listen: { protocol: 'http', port: 8080 } },
    },
  });
  expect(linesOf(two)).toContain('Route callee default 0 ANY /* → callee 100% 5000ms retries 1×5000ms stream-error connection-error');
});

test('a rule with two methods becomes two routes, each with a priority of its own', () => {
  const methods = defineArchitecture({
    name: 'methods',
    services: {
      callee: {
        image: 'callee',
        listen: { protocol: 'http', port: 8080 },
        routes: [
          {
            match: { path: '/a/{b}', method: ['PUT', 'POST'], headers: { 'x-old': { present: false }, 'x-kind': { suffix: 'zip' } } },
            timeout: '700ms',
          },
        ],
      },
    },
  });
  expect(linesOf(methods).filter((line) => line.startsWith('Route '))).toEqual([
    'Route callee post-a-b-x-kind-suffix-zip-x-old-absent 0 POST ~/a/[^/]+ [x-kind Suffix zip] [x-old not present] → callee 100% 700ms retries 1×700ms stream-error connection-error',
    'Route callee put-a-b-x-kind-suffix-zip-x-old-absent 1 PUT ~/a/[^/]+ [x-kind Suffix zip] [x-old not present] → callee 100% 700ms retries 1×700ms stream-error connection-error',
    'Route callee default 2 ANY /* → callee 100% 2000ms retries 1×2000ms stream-error connection-error',
  ]);
});

test('what may not be repeated is not: a POST gets its own route, with the safe retries alone', () => {
  const declared = (idempotent: boolean) =>
    defineArchitecture({
      name: 'repeat',
      services: {
        asker: { image: 'asker', calls: { callee: { idempotent, timeout: '900ms', retries: { max: 2, perTry: '300ms', on: ['5xx'] } } } },
        callee: { image: 'callee', listen: { protocol: 'http', port: 8080 }, routes: [{ match: { path: '/a', method: ['GET', 'POST'] } }] },
      },
    });
  const routes = (idempotent: boolean) =>
    linesOf(declared(idempotent)).filter((line) => line.startsWith('Route callee') && line.includes('-a '));
  expect(routes(false)).toEqual([
    'Route callee get-a 0 GET /a → callee 100% 900ms retries 2×300ms server-error stream-error connection-error',
    'Route callee post-a 1 POST /a → callee 100% 900ms retries 2×900ms stream-error connection-error',
  ]);
  expect(routes(true)).toEqual([
    'Route callee get-a 0 GET /a → callee 100% 900ms retries 2×300ms server-error stream-error connection-error',
    'Route callee post-a 1 POST /a → callee 100% 900ms retries 2×300ms server-error stream-error connection-error',
  ]);
});

test('gRPC is carried as HTTP/2, TCP by a router without requests', () => {
  const spoken = defineArchitecture({
    name: 'spoken',
    services: {
      one: { image: 'one', calls: { quotes: {}, ledger: {} } },
      quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 } },
      ledger: {
        listen: { protocol: 'tcp', port: 5432, idleTimeout: '10m' },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 70, v2: 30 },
        pool: { connections: 7 },
      },
    },
  });
  const architecture = resolve(spoken);
  const resources = compile(architecture, placementOf(architecture, 'mesh'));
  expect(validate(resources)).toEqual([]);
  expect(linesOf(spoken).filter((line) => /Router|Route |VirtualNode (quotes|ledger)/.test(line))).toMatchInlineSnapshot(`
[
  "VirtualNode ledger-v1 at ledger-v1 listens tcp 5432 idle 600000ms STRICT admits svc/one",
  "VirtualNode ledger-v2 at ledger-v2 listens tcp 5432 idle 600000ms STRICT admits svc/one",
  "VirtualNode quotes at quotes listens http2 9090 2000ms STRICT admits svc/one",
  "VirtualRouter ledger tcp 5432",
  "Route ledger default 0 → ledger-v1 70%, ledger-v2 30% idle 600000ms",
  "VirtualRouter quotes http2 9090",
  "Route quotes default 0 ANY /* → quotes 100% 2000ms retries 1×2000ms stream-error connection-error",
]
`);
  const node = resources.find(({ id }) => id === 'VirtualNode-ledger-v1')!;
  expect(node.properties).toMatchObject({
    Spec: { Listeners: [{ ConnectionPool: { TCP: { MaxConnections: 7 } }, Timeout: { TCP: { Idle: { Unit: 'ms', Value: 600_000 } } } }] },
  });
});

test('what nobody asks is not there, and what the app speaks TLS to itself passes as bytes', () => {
  const outside = defineArchitecture({
    name: 'outside',
    services: { one: { image: 'one', calls: { vault: {} } } },
    external: {
      collector: { host: 'collector.example', protocol: 'http', port: 4318 },
      vault: { host: 'vault.example', protocol: 'tls' },
    },
  });
  expect(validate(compile(resolve(outside)))).toEqual([]);
  expect(linesOf(outside).filter((line) => line.includes('external.'))).toEqual([
    'VirtualNode external.vault at vault.example listens tcp 443 ',
    'VirtualRouter external.vault tcp 443',
    'Route external.vault default 0 → external.vault 100%',
    'VirtualService vault.example by external.vault',
  ]);
});

test('a POST to an external is repeated only where all who ask may repeat it', () => {
  const asking = (idempotent: boolean) => {
    const retries = { max: 2, on: ['5xx'] } satisfies RetriesSpec;
    return defineArchitecture({
      name: 'asking',
      services: {
        one: { image: 'one', calls: { bank: { timeout: '3s', idempotent: true, retries } } },
        two: { image: 'two', calls: { bank: { timeout: '1s', idempotent, retries } } },
      },
      external: { bank: { host: 'bank.example', protocol: 'https' } },
    });
  };
  const repeated = (idempotent: boolean) =>
    linesOf(asking(idempotent)).filter((line) => /^Route external.bank (default|post).*server-error/.test(line));
  expect(repeated(true)).toHaveLength(1);
  expect(repeated(false)).toEqual([]);
});

test('each name is given once, also where somebody has the name that another would get', () => {
  const paths = ['/a/{b}', '/a/b', '/a/b/2'];
  const alike = parseArchitecture({
    name: 'alike',
    services: { one: { listen: { protocol: 'http', port: 8080 }, routes: paths.map((path) => ({ match: { path } })) } },
    gateways: { web: { kind: 'rest', auth: 'public', routes: Object.fromEntries(paths.map((path) => [`GET ${path}`, { to: 'one' }])) } },
  });
  expect(validate(compile(resolve(alike)))).toEqual([]);
  expect(linesOf(alike).filter((line) => / (a-b|get-a-b)/.test(line))).toEqual([
    'Route one a-b 0 ANY ~/a/[^/]+ → one 100% 2000ms retries 1×2000ms stream-error connection-error',
    'Route one a-b-2 1 ANY /a/b → one 100% 2000ms retries 1×2000ms stream-error connection-error',
    'Route one a-b-2-2 2 ANY /a/b/2 → one 100% 2000ms retries 1×2000ms stream-error connection-error',
    'GatewayRoute web get-a-b 0 GET /a/b [x-edge-route Exact GET /a/b] → one.mesh',
    'GatewayRoute web get-a-b-2 1 GET /a/b/2 [x-edge-route Exact GET /a/b/2] → one.mesh',
    'GatewayRoute web get-a-b-3 2 GET ~/a/[^/]+ [x-edge-route Exact GET /a/{b}] → one.mesh',
  ]);
});

test('callers ask for health where it is declared that they do, as often as declared', () => {
  const checkOf = (health: HealthSpec) => {
    const asked = defineArchitecture({
      name: 'asked',
      services: { one: { image: 'one', listen: { protocol: 'http', port: 8080 }, health } },
    });
    const node = compile(resolve(asked)).find(({ id }) => id === 'VirtualNode-one')!;
    return (node as Resource<'AWS::AppMesh::VirtualNode'>).properties.Spec.Listeners[0]!.HealthCheck;
  };
  expect(checkOf({ path: '/h' })).toBeUndefined();
  expect(checkOf({ path: '/h', active: { interval: '11s', timeout: '7s', healthy: 3, unhealthy: 9 } })).toEqual({
    Protocol: 'http',
    Port: 8080,
    Path: '/h',
    HealthyThreshold: 3,
    UnhealthyThreshold: 9,
    IntervalMillis: 11_000,
    TimeoutMillis: 7_000,
  });
});

test('no log says what was asked for: App Mesh would write the query too', () => {
  const said = new Set(JSON.stringify(compile(resolve(bookinfo))).match(/%[^%]+%/g));
  expect([...said]).toEqual([
    '%START_TIME%',
    '%REQ(:METHOD)%',
    '%REQ(:AUTHORITY)%',
    '%RESPONSE_CODE%',
    '%RESPONSE_FLAGS%',
    '%DURATION%',
    '%DOWNSTREAM_PEER_URI_SAN%',
    '%UPSTREAM_HOST%',
    '%REQ(X-REQUEST-ID)%',
  ]);
});

test('silence is stated where it is not the usual, on the listener the longest that anyone may have', () => {
  const silent = defineArchitecture({
    name: 'silent',
    services: {
      asker: { image: 'asker', calls: { feed: {} } },
      feed: {
        image: 'feed',
        listen: { protocol: 'http', port: 8080 },
        routes: [
          { match: { path: '/events' }, stream: true, idle: '20m' },
          { match: { path: '/quick' }, idle: '7s' },
        ],
      },
    },
  });
  expect(validate(compile(resolve(silent)))).toEqual([]);
  expect(linesOf(silent).filter((line) => / feed /.test(line) && !/^Virtual(Router|Service)/.test(line))).toEqual([
    'VirtualNode feed at feed listens http 8080 3600000ms idle 1200000ms STRICT admits svc/asker',
    'Route feed events 0 ANY /events → feed 100% 3600000ms idle 1200000ms retries 1×3600000ms stream-error connection-error',
    'Route feed quick 1 ANY /quick → feed 100% 2000ms idle 7000ms retries 1×2000ms stream-error connection-error',
    'Route feed default 2 ANY /* → feed 100% 2000ms retries 1×2000ms stream-error connection-error',
  ]);
});

test('a try is no longer than its request', () => {
  const long = defineArchitecture({
    name: 'long',
    services: {
      asker: { image: 'asker', calls: { bank: { timeout: '3s', retries: { max: 2, perTry: '1h', on: ['timeout'] } } } },
    },
    external: { bank: { host: 'bank.example', protocol: 'https' } },
  });
  expect(linesOf(long).filter((line) => / get /.test(line))).toEqual([
    'Route external.bank get 0 GET /* → external.bank 100% 3000ms retries 2×3000ms gateway-error stream-error connection-error',
  ]);
  expect(validate(compile(resolve(long)))).toEqual([]);
});
