import { another, shop, type Wrong, withOrders } from './wrong.js';

const http = (port: number) => ({ protocol: 'http', port });
const withPorts = (ports: unknown, calls: object = {}) => withOrders({ calls }, { pricing: { ...another, ports } });

/** Further ports of a service, and who asks them. */
export const wrongPorts: readonly Wrong[] = [
  {
    title: 'a list of ports',
    spec: withPorts([http(9102)]),
    says: ['services.pricing.ports: got [{"protocol":"http","port":9102}]; allowed: a map from names to listeners'],
  },
  {
    title: 'ports without names, protocol or number',
    spec: withPorts({ Metrics: http(9102), admin: { protocol: 'htp' }, debug: 9104 }),
    says: [
      'services.pricing.ports.Metrics: "Metrics" cannot name a port; allowed: lower-case letters, digits and single hyphens, a letter first, at most 20',
      'services.pricing.ports.admin.port: is missing; allowed: a whole number from 1 to 65535',
      'services.pricing.ports.admin.protocol: got "htp"; allowed: one of http, http2, grpc, tcp; did you mean "http"?',
      'services.pricing.ports.debug: got 9104; allowed: { protocol, port, idleTimeout?, maxAge? }, such as { protocol: "http", port: 8080 }',
    ],
  },
  {
    title: 'ports that are taken',
    spec: withPorts({ admin: http(9090), metrics: http(9102), stats: http(9102), tcp: { ...http(15_006), maxAge: '1h' } }),
    says: [
      'services.pricing.ports.admin.port: got 9090, as listen has; each needs a port of its own',
      'services.pricing.ports.stats.port: got 9102, as `metrics` has; each needs a port of its own',
      'services.pricing.ports.tcp.maxAge: is for protocol "tcp"; requests have timeouts; remove it',
      "services.pricing.ports.tcp.port: got 15006; 15000–15999 are the sidecar's; allowed: any other",
    ],
  },
  {
    title: 'two names with one port of the sidecar',
    spec: withPorts({ p65: http(9102), p100: http(9103) }),
    says: ['services.pricing.ports.p100: takes port 15558 of the sidecar, as `p65` does; choose another name'],
  },
  {
    title: 'a port of a worker',
    spec: shop({ services: { nightly: { image: 'acme/nightly:3', ports: { metrics: http(9102) } } } }),
    says: ['services.nightly.ports: nightly has no `listen`, and further ports stand beside it; add `listen`, or remove this'],
  },
  {
    title: 'calls to ports that there are not, and to its own',
    spec: withOrders(
      { calls: { 'pricing:metrcs': {}, 'prices:metrics': {}, 'orders:metrics': {}, 'catalog:metrics': {} } },
      { pricing: { ...another, ports: { metrics: http(9102) } }, catalog: another },
    ),
    says: [
      'services.orders.calls["catalog:metrics"]: catalog has no further ports; allowed: "catalog", where it listens',
      'services.orders.calls["orders:metrics"]: orders calls itself; a call goes to another service',
      'services.orders.calls["prices:metrics"]: "prices:metrics" is not a service or external; did you mean "pricing:metrics"?',
      'services.orders.calls["pricing:metrcs"]: "metrcs" is not a port of pricing; did you mean "metrics"?',
    ],
  },
  {
    title: 'a call and a port that want the same local port',
    spec: withOrders({ ports: { metrics: http(9102) }, calls: { pricing: { localPort: 9102 } } }),
    says: [
      "services.orders.calls.pricing.localPort: pricing and the service's own `metrics` both take port 9102 in orders; choose another with `localPort`",
    ],
  },
  {
    title: 'a gateway to a port of tcp',
    spec: {
      ...withPorts({ ledger: { protocol: 'tcp', port: 9103 } }),
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /': { to: 'pricing:ledger' } } } },
    },
    says: ['gateways.web.routes["GET /"].to: pricing:ledger speaks no HTTP; a gateway asks services and externals that do'],
  },
  {
    title: 'a gateway to a port that there is not',
    spec: {
      ...withPorts({ metrics: http(9102), debug: http(9104) }),
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /': { to: 'pricing:admin' } } } },
    },
    says: ['gateways.web.routes["GET /"].to: "admin" is not a port of pricing; allowed: metrics, debug'],
  },
];
