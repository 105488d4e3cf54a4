import { shop, type Wrong, withOrders, withRoute } from './wrong.js';

const tcp = { protocol: 'tcp', port: 5432 };
const withLedger = (ledger: object): object => withOrders({ calls: { ledger: {} } }, { ledger });

/** What apps speak, and what their protocol leaves no room for. */
export const wrongProtocols: readonly Wrong[] = [
  {
    title: 'a protocol that there is not',
    spec: withOrders({ listen: { protocol: 'grcp', port: 8080 } }),
    says: ['services.orders.listen.protocol: got "grcp"; allowed: one of http, http2, grpc, tcp; did you mean "grpc"?'],
  },
  {
    title: 'limits of connections where there are requests',
    spec: withOrders({ listen: { protocol: 'grpc', port: 8080, idleTimeout: '1m', maxAge: '1h' } }),
    says: [
      'services.orders.listen.idleTimeout: is for protocol "tcp"; orders speaks grpc, whose requests have timeouts; remove it',
      'services.orders.listen.maxAge: is for protocol "tcp"; orders speaks grpc, whose requests have timeouts; remove it',
    ],
  },
  {
    title: 'requests where there are connections',
    spec: withLedger({
      listen: tcp,
      health: { path: '/healthz' },
      routes: [{ timeout: '1s' }],
      pool: { connections: 10, pendingRequests: 5, requests: 5 },
      balance: { hash: { header: 'x-account' } },
      access: { orders: ['GET /balance'] },
    }),
    says: [
      'services.ledger.access.orders: ledger speaks tcp, which has no methods and paths; allowed: "*"',
      'services.ledger.balance: ledger speaks tcp, whose connections say nothing that a hash could tell apart; allowed: "round-robin", "least-request", "random"',
      'services.ledger.health: ledger speaks tcp, which has connections and no requests; remove this',
      'services.ledger.pool.pendingRequests: ledger speaks tcp, which has connections and no requests; `connections` limits it',
      'services.ledger.pool.requests: ledger speaks tcp, which has connections and no requests; `connections` limits it',
      'services.ledger.routes: ledger speaks tcp, which has connections and no requests; remove this',
    ],
  },
  {
    title: 'gateways that ask what speaks no HTTP',
    spec: shop({
      services: { ledger: { listen: tcp } },
      external: { vault: { host: 'vault.example', protocol: 'tls' } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /ledger': { to: 'ledger' }, 'GET /vault': { to: 'vault' } } } },
    }),
    says: [
      'gateways.web.routes["GET /ledger"].to: ledger speaks no HTTP; a gateway asks services and externals that do',
      'gateways.web.routes["GET /vault"].to: vault speaks no HTTP; a gateway asks services and externals that do',
    ],
  },
  {
    title: 'WebSockets that begin otherwise than by GET, beside two that do',
    spec: withOrders({
      routes: [
        { upgrade: 'websocket', match: { path: '/a', method: ['GET', 'POST'] } },
        { upgrade: 'websocket', match: { path: '/b', method: 'GET' } },
        { upgrade: 'websocket', match: { path: '/c', method: 'POST' } },
      ],
    }),
    says: ['services.orders.routes[2].match.method: got "POST"; a WebSocket begins as a GET; allowed: "GET", or no method'],
  },
  {
    title: 'a WebSocket with what only requests have',
    spec: withOrders({
      listen: { protocol: 'http2', port: 8080 },
      routes: [
        { upgrade: 'websocket', timeout: '1s', retries: { max: 1, perTry: '1s', on: ['timeout'] }, match: { method: ['POST'] } },
        { upgrade: 'websocket', redirect: { path: '/elsewhere' } },
        { upgrade: 'h2c' },
      ],
    }),
    says: [
      'services.orders.routes[0].match.method: got ["POST"]; a WebSocket begins as a GET; allowed: "GET", or no method',
      'services.orders.routes[0].retries.perTry: a WebSocket is one try, as long as it goes on; remove `perTry` or `upgrade`',
      'services.orders.routes[0].timeout: a WebSocket has no timeout: it ends after `idle` of silence, or at the age of 1h; remove one of the two',
      'services.orders.routes[0].upgrade: the app speaks http2, and a WebSocket begins as HTTP/1.1; listen with protocol "http", or remove this',
      'services.orders.routes[1].redirect: a WebSocket follows no redirect; remove one of the two',
      'services.orders.routes[1].upgrade: the app speaks http2, and a WebSocket begins as HTTP/1.1; listen with protocol "http", or remove this',
      'services.orders.routes[2].upgrade: got "h2c"; allowed: "websocket"',
    ],
  },
  {
    title: 'gRPC-Web to what speaks no gRPC',
    spec: withRoute('POST /acme.Quotes/Get', { to: 'orders', grpcWeb: true }),
    says: [
      'gateways.web.routes["POST /acme.Quotes/Get"].grpcWeb: orders is no service that speaks grpc; remove this, or choose another target',
    ],
  },
  {
    title: 'observability that nobody can carry out',
    spec: shop({
      external: { db: { protocol: 'tcp', port: 5432 } },
      observability: { traces: { to: 'db', sample: 101, kind: 'zipkin' }, metrics: 'everyone', logs: true },
    }),
    says: [
      'observability.logs: is not a known field; allowed: metrics, traces',
      'observability.metrics: got "everyone"; allowed: "task" or "network"',
      'observability.traces.kind: is not a known field; allowed: as, sample, to',
      'observability.traces.sample: got 101; allowed: a number from 0 to 100',
      'observability.traces.to: "db" speaks tcp; traces go by HTTP: allowed: an external of protocol "http" or "https"',
    ],
  },
  {
    title: 'traces that a daemon in the task takes, to somewhere else',
    spec: shop({
      external: { agent: { host: 'agent.example', protocol: 'http' } },
      observability: { traces: { as: 'x-ray', to: 'agent' } },
    }),
    says: ['observability.traces.to: X-Ray has a daemon in each task, on 127.0.0.1:2000; remove this, or choose another `as`'],
  },
  {
    title: 'traces of a tracer that there is not, to nobody',
    spec: shop({ observability: { traces: { as: 'xray' } } }),
    says: [
      'observability.traces.as: got "xray"; allowed: one of otlp, x-ray, datadog; did you mean "x-ray"?',
      'observability.traces.to: is missing; allowed: the name of an external',
    ],
  },
  {
    title: 'traces to nowhere',
    spec: shop({ observability: { traces: { to: 'orders' } } }),
    says: ['observability.traces.to: "orders" is not an external; none is declared'],
  },
];
