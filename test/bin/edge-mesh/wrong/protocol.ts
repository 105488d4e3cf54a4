import { shop, type Wrong, withOrders } from './wrong.js';

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
      access: { orders: ['GET /balance'] },
    }),
    says: [
      'services.ledger.access.orders: ledger speaks tcp, which has no methods and paths; allowed: "*"',
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
];
