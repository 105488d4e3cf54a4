import { another, shop, type Wrong, withGateway, withOrders } from './wrong.js';

const calledBy = (access: unknown): object => withOrders({ access }, { pricing: { ...another, calls: { orders: {} } } });

/** Who may do what. */
export const wrongSecurity: readonly Wrong[] = [
  {
    title: 'access that neither allows nor denies, and with a field that there is not',
    spec: calledBy({ pricing: { allowed: ['GET /orders'] } }),
    says: [
      'services.orders.access.pricing: says neither `allow` nor `deny`; allowed: "*" for any request',
      'services.orders.access.pricing.allowed: is not a known field; did you mean "allow"?',
    ],
  },
  {
    title: 'denying nothing, and allowing what is no request',
    spec: calledBy({ pricing: { allow: ['/orders'], deny: [] } }),
    says: [
      'services.orders.access.pricing.allow[0]: got "/orders"; a route is "METHOD /path", such as "GET /orders/{id}"',
      'services.orders.access.pricing.deny: got []; allowed: a list such as ["GET /orders/{id}"]',
    ],
  },
  {
    title: 'denying all that is allowed',
    spec: calledBy({ pricing: { allow: ['GET /orders/{id}', 'GET /orders/mine'], deny: ['ANY /{all+}'] } }),
    says: ['services.orders.access.pricing.deny: takes away all that `allow` gives; pricing could ask for nothing'],
  },
  {
    title: "denying a gateway's route",
    spec: withGateway(
      {},
      { services: { orders: { ...another, access: { gateways: { deny: ['ANY /orders', 'GET /admin/{rest+}'] } } }, pricing: another } },
    ),
    says: ['services.orders.access.gateways.deny: refuses "GET /orders" of gateway web; narrow it, or remove the route'],
  },
  {
    title: 'a mode of mutual TLS that there is not',
    spec: shop({ mesh: { mtls: 'permissive' } }),
    says: ['mesh.mtls: got "permissive"; allowed: "strict", "off" or { permissive: { until, clients } }'],
  },
  {
    title: 'plaintext for nobody, without an end',
    spec: shop({ mesh: { mtls: { permissive: { clients: {} } } } }),
    says: [
      'mesh.mtls.permissive.clients: is empty, so nobody asks in plaintext; name a client, or say mtls: "strict"',
      'mesh.mtls.permissive.until: is missing; allowed: the last day, such as "2027-03-31"',
    ],
  },
  ...[
    '2027-02-29',
    '2100-02-29',
    '2027-04-31',
    '2027-06-31',
    '2027-09-31',
    '2027-11-31',
    '2027-12-32',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
  ].map(
    (until): Wrong => ({
      title: `plaintext until ${until}`,
      spec: shop({ mesh: { mtls: { permissive: { until, clients: { legacy: { from: ['10.0.4.0/24'], to: ['orders'] } } } } } }),
      says: [`mesh.mtls.permissive.until: got "${until}", which is no day of the calendar; allowed: the last day, such as "2027-03-31"`],
    }),
  ),
  {
    title: 'plaintext from everywhere, to anything, until a day that never comes',
    spec: shop({
      services: { orders: another, nightly: { image: 'acme/nightly:3' }, ledger: { listen: { protocol: 'tcp', port: 5432 } } },
      mesh: {
        mtls: {
          permissive: {
            until: '2027-02-30',
            clients: {
              one: { from: ['0.0.0.0/0', '10.0.4.1/24', '10.0.5.0/24'], to: ['ordrs', 'nightly', 'ledger', 'orders'] },
              other: { from: ['10.0.5.0/24'], to: ['orders'] },
            },
          },
        },
      },
    }),
    says: [
      'mesh.mtls.permissive.clients.one.from[0]: got "0.0.0.0/0"; that is every address there is',
      'mesh.mtls.permissive.clients.one.from[1]: got "10.0.4.1/24"; the address has bits beyond /24; the range begins at the lowest one',
      'mesh.mtls.permissive.clients.one.to[0]: "ordrs" is not a service; did you mean "orders"?',
      'mesh.mtls.permissive.clients.one.to[1]: nightly has no `listen`, so nothing can ask it; remove it here, or add `listen` to it',
      'mesh.mtls.permissive.clients.one.to[2]: ledger speaks tcp: plaintext is told from TLS by what the client says first, and a server that speaks first would answer anyone',
      "mesh.mtls.permissive.clients.other.from[0]: 10.0.5.0/24 is one's as well as other's, and nothing else tells them apart; make them one client",
      'mesh.mtls.permissive.until: got "2027-02-30", which is no day of the calendar; allowed: the last day, such as "2027-03-31"',
    ],
  },
  {
    title: 'limits by caller where nobody proves who it is',
    spec: shop({
      mesh: { mtls: 'off' },
      services: {
        orders: {
          ...another,
          rateLimit: { rate: 1, burst: 1, per: 'caller' },
          routes: [{ rateLimit: { rate: 1, burst: 1, per: 'caller' } }],
        },
      },
    }),
    says: [
      'services.orders.rateLimit.per: a caller is known by its certificate, and mesh.mtls is "off"; remove one of them',
      'services.orders.routes[0].rateLimit.per: a caller is known by its certificate, and mesh.mtls is "off"; remove one of them',
    ],
  },
  {
    title: 'address lists that are none, or everyone',
    spec: withGateway({ allow: [], deny: ['0.0.0.0/0', '203.0.113.7', 7] }),
    says: [
      'gateways.web.allow: got []; allowed: at least one range',
      'gateways.web.deny[0]: got "0.0.0.0/0"; that is every address there is',
      'gateways.web.deny[1]: got "203.0.113.7"; a range is an address and a length, such as "10.0.4.0/24"; one address alone has /32',
      'gateways.web.deny[2]: got 7; allowed: a range of addresses, such as "203.0.113.0/24"',
    ],
  },
  {
    title: 'tokens of nobody, with claims that are none',
    spec: withGateway(
      {},
      {
        services: {
          orders: { ...another, tokens: { use: 'custmers', claims: { role: [], team: null }, requests: ['/orders'], paths: [] } },
        },
      },
    ),
    says: [
      'services.orders.tokens.claims.role: got []; allowed: at least one value',
      'services.orders.tokens.claims.team: got null; allowed: a text, a number, true or false, or a list of them',
      'services.orders.tokens.paths: is not a known field; allowed: claims, use, requests',
      'services.orders.tokens.requests[0]: got "/orders"; a route is "METHOD /path", such as "GET /orders/{id}"',
      'services.orders.tokens.use: "custmers" is not an authorizer; did you mean "customers"?',
    ],
  },
  {
    title: 'an interception that says no, and one that bypasses what is none',
    spec: shop({
      services: {
        orders: { ...another, interception: false },
        pricing: {
          ...another,
          interception: { bypassPorts: [25, 0, 25], bypassAddresses: ['10.0.0.1/24', '0.0.0.0/0', 'db'], bypass: [] },
        },
      },
    }),
    says: [
      'services.orders.interception: got false; allowed: true, or { bypassPorts?, bypassAddresses? }',
      'services.pricing.interception.bypass: is not a known field; allowed: bypassPorts, bypassAddresses',
      'services.pricing.interception.bypassAddresses[0]: got "10.0.0.1/24"; the address has bits beyond /24; the range begins at the lowest one',
      'services.pricing.interception.bypassAddresses[1]: got "0.0.0.0/0"; that is every address there is',
      'services.pricing.interception.bypassAddresses[2]: got "db"; a range is an address and a length, such as "10.0.4.0/24"; one address alone has /32',
      'services.pricing.interception.bypassPorts[1]: got 0; allowed: a whole number from 1 to 65535',
      'services.pricing.interception.bypassPorts[2]: says 25 twice; keep one of them',
    ],
  },
  {
    title: 'more ports that bypass than ECS takes',
    spec: withOrders({ interception: { bypassPorts: Array.from({ length: 16 }, (_, index) => 2_000 + index) } }),
    says: [
      'services.orders.interception.bypassPorts: got [2000,2001,2002,2003,2004,2005,2006,2007,2008,2009,2010,2…; allowed: at most 15 ports',
    ],
  },
];
