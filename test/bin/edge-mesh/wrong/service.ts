import * as leaf from '../../../../lib/model/leaf/index.js';
import { another, shop, type Wrong, withOrders } from './wrong.js';

const versions = { v1: {}, v2: {} };
/** Every field of a service, as the message lists them. */
const fields = [
  ...Object.keys(leaf.service.shape),
  'versions',
  'ports',
  'calls',
  'traffic',
  'routes',
  'access',
  'tokens',
  'consumes',
  'acknowledge',
].join(', ');
const calledBy = (access: unknown): object => withOrders({ access }, { pricing: { ...another, calls: { orders: {} } } });

/** A service's own fields: its listener, image, versions and who may ask it. */
export const wrongServices: readonly Wrong[] = [
  {
    title: 'a field with a typo',
    spec: withOrders({ imge: 'acme/orders:7' }),
    says: ['services.orders.imge: is not a known field; did you mean "image"?'],
  },
  {
    title: 'fields of a later version',
    spec: withOrders({ labels: {}, sidecars: [] }),
    says: [
      `services.orders.labels: is not a known field; allowed: ${fields}`,
      `services.orders.sidecars: is not a known field; allowed: ${fields}`,
    ],
  },
  {
    title: 'rate limits out of range, of a worker, and of bytes',
    spec: withOrders(
      { rateLimit: { rate: 0, burst: 0.5, per: 'client' }, routes: [{ rateLimit: { rate: 100_001 } }] },
      {
        nightly: { image: 'acme/nightly:3', rateLimit: { rate: 1, burst: 1 } },
        ledger: { listen: { protocol: 'tcp', port: 5432 }, rateLimit: { rate: 1, burst: 1 } },
      },
    ),
    says: [
      'services.ledger.rateLimit: ledger speaks tcp, which has connections and no requests; remove this',
      'services.nightly.rateLimit: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this',
      'services.orders.rateLimit.burst: got 0.5; allowed: a whole number from 1 to 100000',
      'services.orders.rateLimit.per: got "client"; allowed: "caller"',
      'services.orders.rateLimit.rate: got 0; allowed: requests a second, from 0.001 to 100000',
      'services.orders.routes[0].rateLimit.burst: is missing; allowed: a whole number from 1 to 100000',
      'services.orders.routes[0].rateLimit.rate: got 100001; allowed: requests a second, from 0.001 to 100000',
    ],
  },
  {
    title: 'null for many fields',
    spec: withOrders({ image: null, scale: null, calls: null, routes: null, versions: null, access: null }),
    says: [
      'services.orders.access: got null; allowed: requests by caller, such as { gateways: ["GET /orders/{id}"], nightly: "*" }',
      'services.orders.calls: got null; allowed: a map from callees to policies, such as { pricing: {} }',
      'services.orders.image: got null; allowed: a container image, such as "ghcr.io/acme/orders:7"',
      'services.orders.routes: got null; allowed: a list of routes, first match wins',
      'services.orders.scale: got null; allowed: { min, max, requestsPerSecond? }',
      'services.orders.versions: got null; allowed: a map from names to versions',
    ],
  },
  {
    title: 'port 0',
    spec: withOrders({ listen: { protocol: 'http', port: 0 } }),
    says: ['services.orders.listen.port: got 0; allowed: a whole number from 1 to 65535'],
  },
  {
    title: 'a port as a text',
    spec: withOrders({ listen: { protocol: 'http', port: '8080' } }),
    says: ['services.orders.listen.port: got "8080"; allowed: a whole number from 1 to 65535'],
  },
  {
    title: 'ports of the sidecar',
    spec: withOrders({ listen: { protocol: 'http', port: 15_000 } }, { another: { listen: { protocol: 'http', port: 15_999 } } }),
    says: [
      "services.another.listen.port: got 15999; 15000–15999 are the sidecar's; allowed: any other",
      "services.orders.listen.port: got 15000; 15000–15999 are the sidecar's; allowed: any other",
    ],
  },
  {
    title: 'a protocol that is not built',
    spec: withOrders({ listen: { protocol: 'udp', port: 8080 } }),
    says: ['services.orders.listen.protocol: got "udp"; allowed: one of http, http2, grpc, tcp'],
  },
  {
    title: 'a listener without a protocol',
    spec: withOrders({ listen: { port: 8080 } }),
    says: ['services.orders.listen.protocol: is missing; allowed: one of http, http2, grpc, tcp'],
  },
  {
    title: 'a number for a listener',
    spec: withOrders({ listen: 8080 }),
    says: [
      'services.orders.listen: got 8080; allowed: { protocol, port, idleTimeout?, maxAge? }, such as { protocol: "http", port: 8080 }',
    ],
  },
  {
    title: 'a listener with a field too many',
    spec: withOrders({ listen: { protocol: 'http', port: 8080, tls: true } }),
    says: ['services.orders.listen.tls: is not a known field; allowed: protocol, port, idleTimeout, maxAge'],
  },
  {
    title: 'a text for health',
    spec: withOrders({ health: '/healthz' }),
    says: ['services.orders.health: got "/healthz"; allowed: { path, active? }, such as { path: "/healthz" }'],
  },
  {
    title: 'a health path without a slash',
    spec: withOrders({ health: { path: 'healthz' } }),
    says: ['services.orders.health.path: got "healthz"; allowed: a path, such as "/healthz"'],
  },
  {
    title: 'a worker with what only a listener needs',
    spec: shop({ services: { nightly: { image: 'acme/n:1', routes: [], health: { path: '/' } } } }),
    says: [
      'services.nightly.health: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this',
      'services.nightly.routes: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this',
    ],
  },
  {
    title: 'an image with a space',
    spec: withOrders({ image: 'acme orders' }),
    says: ['services.orders.image: got "acme orders"; allowed: a container image, such as "ghcr.io/acme/orders:7"'],
  },
  {
    title: 'a number for an image',
    spec: withOrders({ image: 7 }),
    says: ['services.orders.image: got 7; allowed: a container image, such as "ghcr.io/acme/orders:7"'],
  },
  {
    title: 'a text for a command',
    spec: withOrders({ command: 'npm start' }),
    says: ['services.orders.command: got "npm start"; allowed: a list of strings, such as ["node", "server.js"]'],
  },
  { title: 'an empty command', spec: withOrders({ command: [] }), says: ['services.orders.command: got []; allowed: at least one string'] },
  {
    title: 'variables that are no text or no name',
    spec: withOrders({ env: { PORT: 80, 'A=B': 'x' } }),
    says: [
      'services.orders.env.PORT: got 80; allowed: a string',
      'services.orders.env["A=B"]: "A=B" cannot be a name here; allowed: a name without = and spaces',
    ],
  },
  {
    title: 'a variable with the name of a prototype',
    spec: withOrders({ env: JSON.parse('{ "__proto__": "x" }') }),
    says: ['services.orders.env.__proto__: "__proto__" cannot be a name'],
  },
  {
    title: 'variables as a list',
    spec: withOrders({ env: ['PORT=80'] }),
    says: ['services.orders.env: got ["PORT=80"]; allowed: names and strings, such as { LOG_LEVEL: "info" }'],
  },
  {
    title: 'an owner without letters',
    spec: withOrders({ owner: ' ', domain: 'x'.repeat(61) }),
    says: [
      'services.orders.domain: got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; allowed: a name of at most 60 characters, without spaces around it',
      'services.orders.owner: got " "; allowed: a name of at most 60 characters, without spaces around it',
    ],
  },
  {
    title: 'a number for a scale',
    spec: withOrders({ scale: 3 }),
    says: ['services.orders.scale: got 3; allowed: { min, max, requestsPerSecond? }'],
  },
  {
    title: 'a scale without max',
    spec: withOrders({ scale: { min: 3 } }),
    says: ['services.orders.scale.max: is missing; allowed: a whole number from 1 to 1000'],
  },
  {
    title: 'more at least than at most',
    spec: withOrders({ scale: { min: 3, max: 2 }, versions: { v1: { scale: { min: 5, max: 4 } } } }),
    says: [
      'services.orders.scale.max: got 2, less than min 3; allowed: 3 or more',
      'services.orders.versions.v1.scale.max: got 4, less than min 5; allowed: 5 or more',
    ],
  },
  {
    title: 'a negative and a broken number',
    spec: withOrders({ scale: { min: -1, max: 1.5, requestsPerSecond: Number.NaN } }),
    says: [
      'services.orders.scale.max: got 1.5; allowed: a whole number from 1 to 1000',
      'services.orders.scale.min: got -1; allowed: a whole number from 0 to 1000',
      'services.orders.scale.requestsPerSecond: got NaN; allowed: a number above 0',
    ],
  },
  {
    title: 'a pool of nothing',
    spec: withOrders({ pool: { connections: 0, maxRequests: 1 } }),
    says: [
      'services.orders.pool.connections: got 0; allowed: a whole number from 1 to 1000000',
      'services.orders.pool.maxRequests: is not a known field; did you mean "requests"?',
    ],
  },
  {
    title: 'outlier detection without errors',
    spec: withOrders({ outlierDetection: { interval: 10, maxEjectedPercent: 101 } }),
    says: [
      'services.orders.outlierDetection.errors: is missing; allowed: a whole number from 1 to 1000',
      'services.orders.outlierDetection.interval: got 10; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
      'services.orders.outlierDetection.maxEjectedPercent: got 101; allowed: a whole number from 0 to 100',
    ],
  },
  {
    title: 'a negative weight',
    spec: withOrders({ versions, traffic: { v1: -10, v2: 110 } }),
    says: [
      'services.orders.traffic.v1: got -10; allowed: a whole number from 0 to 100',
      'services.orders.traffic.v2: got 110; allowed: a whole number from 0 to 100',
    ],
  },
  {
    title: 'a weight for no version',
    spec: withOrders({ versions, traffic: { v1: 90, v3: 10 } }),
    says: ['services.orders.traffic.v3: "v3" is not a version; allowed: v1, v2'],
  },
  {
    title: 'weights that are all 0',
    spec: withOrders({ versions, traffic: { v1: 0, v2: 0 } }),
    says: ['services.orders.traffic: sends requests to no version; allowed: at least one weight above 0'],
  },
  {
    title: 'no weights for two versions',
    spec: withOrders({ versions }),
    says: ['services.orders.traffic: is missing: how are requests split among v1, v2? such as { v1: 100 }'],
  },
  {
    title: 'a text for weights',
    spec: withOrders({ versions, traffic: 'v1' }),
    says: ['services.orders.traffic: got "v1"; allowed: weights by version, such as { v1: 100 }'],
  },
  {
    title: 'weights without versions',
    spec: withOrders({ traffic: { v1: 100 } }),
    says: ['services.orders.traffic.v1: "v1" is not a version; none is declared'],
  },
  {
    title: 'a version in capitals',
    spec: withOrders({ versions: { V1: {} } }),
    says: [
      'services.orders.versions.V1: "V1" cannot name a version; allowed: lower-case letters, digits and single hyphens, a letter first, at most 20',
    ],
  },
  {
    title: 'versions as a list',
    spec: withOrders({ versions: ['v1'] }),
    says: ['services.orders.versions: got ["v1"]; allowed: a map from names to versions'],
  },
  {
    title: 'a version with a listener',
    spec: withOrders({ versions: { v1: { listen: {} } } }),
    says: ['services.orders.versions.v1.listen: is not a known field; allowed: image, command, env, scale, run'],
  },
  {
    title: 'a version that is null',
    spec: withOrders({ versions: { v1: null } }),
    says: ['services.orders.versions.v1: got null; allowed: { image?, command?, env?, scale?, run? }'],
  },
  {
    title: 'access for a service that is not there',
    spec: calledBy({ pricing: '*', pricng: '*' }),
    says: ['services.orders.access.pricng: "pricng" is not a service or "gateways"; did you mean "pricing"?'],
  },
  {
    title: 'access that leaves out a declared caller',
    spec: calledBy({}),
    says: ['services.orders.access.pricing: is missing: pricing declares a call to orders; list what it may ask for, or remove the call'],
  },
  {
    title: 'access for a service that declares no call',
    spec: withOrders({ access: { pricing: '*' } }),
    says: ['services.orders.access.pricing: pricing declares no call to orders; remove this, or add the call'],
  },
  {
    title: 'access for gateways without a route',
    spec: withOrders({ access: { gateways: ['GET /orders'] } }),
    says: ['services.orders.access.gateways: no gateway routes to orders; remove this, or add the route'],
  },
  {
    title: 'access as a list',
    spec: calledBy(['pricing']),
    says: [
      'services.orders.access: got ["pricing"]; allowed: requests by caller, such as { gateways: ["GET /orders/{id}"], nightly: "*" }',
    ],
  },
  {
    title: 'access for nothing',
    spec: calledBy({ pricing: [] }),
    says: ['services.orders.access.pricing: got []; allowed: "*", a list such as ["GET /orders/{id}"], or { allow?, deny? }'],
  },
  {
    title: 'access for requests that are none',
    spec: calledBy({ pricing: ['orders', 1, 'get /orders', 'GET /orders/'] }),
    says: [
      'services.orders.access.pricing[0]: got "orders"; a route is "METHOD /path", such as "GET /orders/{id}"',
      'services.orders.access.pricing[1]: got 1; a route is "METHOD /path", such as "GET /orders/{id}"',
      'services.orders.access.pricing[2]: got "get /orders"; "get" is not a method; did you mean "GET"?',
      'services.orders.access.pricing[3]: got "GET /orders/"; a path has no slash at its end',
    ],
  },
];
