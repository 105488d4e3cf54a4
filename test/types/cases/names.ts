import { defineArchitecture } from 'cdk-edge-mesh';

const listen = { protocol: 'http', port: 8080 } as const;

// a callee that does not exist
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen },
    catalog: { listen, calls: { pricng: {} } }, //! 'pricng' does not exist in type '{ catalog?: CallSpec<never, "catalog" | "pricing"> | undefined; pricing?: CallSpec<never, "catalog" | "pricing"> | undefined; }'. Did you mean to write 'pricing'?
  },
});

// a version of another service
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen, versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes: [{ to: 'v2' }] },
    catalog: { listen, versions: { blue: {}, green: {} }, traffic: { blue: 100 }, routes: [{ to: 'v1' }] }, //! Type '"v1"' is not assignable to type '"blue" | "green" | SplitSpec<"blue" | "green"> | undefined'.
  },
});

// a weight for a version that does not exist
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen, versions: { v1: {}, v2: {} }, traffic: { v1: 90, v3: 10 } }, //! 'v3' does not exist in type 'SplitSpec<"v1" | "v2">'
  },
});

// a route to a version where none is declared
defineArchitecture({
  name: 'shop',
  services: { pricing: { listen, routes: [{ to: 'v1' }] } }, //! Type 'string' is not assignable to type 'undefined'.
});

// a gateway's target, authorizer and method
defineArchitecture({
  name: 'shop',
  services: { orders: { listen } },
  authorizers: { customers: { kind: 'jwt', issuer: 'https://login.acme.com/', audience: ['shop'] } },
  gateways: {
    web: {
      kind: 'rest',
      auth: 'customer', //! Type '"customer"' is not assignable to type 'AuthSpec<"customers"> | undefined'.
      routes: {
        'GET /orders': { to: 'order' }, //! Type '"order"' is not assignable to type '"orders"'.
      },
    },
  },
});

// a policy, a duration, a protocol, a field of nobody
defineArchitecture({
  name: 'shop',
  policies: { quick: { timeout: '600ms' } },
  services: {
    pricing: { listen: { protocol: 'htp', port: 1 } }, //! Type '"htp"' is not assignable to type '"grpc" | "http" | "http2" | "tcp"'.
    catalog: {
      listen,
      calls: {
        pricing: { use: 'quik' }, //! Type '"quik"' is not assignable to type '"quick"'.
      },
    },
    orders: {
      listen,
      calls: { catalog: { timeout: '2 seconds' } }, //! Type '"2 seconds"' is not assignable to type
    },
  },
});

// access for a caller that does not exist
defineArchitecture({
  name: 'shop',
  services: {
    orders: { listen, access: { nigthly: ['GET /orders'] } }, //! 'nigthly' does not exist in type
    nightly: { calls: { orders: {} } },
  },
});

// the name of a service and of an external at once
defineArchitecture({
  name: 'shop',
  services: { orders: { listen } },
  external: { orders: { protocol: 'http' } }, //! is not assignable to type 'undefined'.
});

// a method that is none
defineArchitecture({
  name: 'shop',
  services: { orders: { listen } },
  gateways: { web: { kind: 'rest', auth: 'public', routes: { 'FETCH /orders': { to: 'orders' } } } }, //! 'FETCH /orders'
});

// a field of a call on a service
defineArchitecture({
  name: 'shop',
  services: { orders: { listen, timeout: '2s' } }, //! 'timeout' does not exist in type
});

// a further port of a service that does not exist, and one that the service does not have
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen, ports: { metrics: { protocol: 'http', port: 9102 }, debug: { protocol: 'http', port: 9104 } } },
    scraper: { calls: { 'pricing:metrics': {}, 'prices:metrics': {} } }, //! 'prices:metrics'' does not exist in type
    watcher: { calls: { 'pricing:metric': {} } }, //! ''pricing:metric'' does not exist in type
  },
  gateways: {
    web: {
      kind: 'http',
      auth: 'public',
      routes: {
        'GET /metrics': { to: 'pricing:metrics' },
        'GET /debug': { to: 'pricing:debugs' }, //! Type '"pricing:debugs"' is not assignable to type '"pricing" | "pricing:debug" | "pricing:metrics" | "scraper" | "watcher" | undefined'. Did you mean '"pricing:debug"'?
      },
    },
  },
});

// a further port where none is declared
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen },
    scraper: { calls: { 'pricing:metrics': {} } }, //! ''pricing:metrics'' does not exist in type '{ pricing?:
  },
});

// what a further port speaks
defineArchitecture({
  name: 'shop',
  services: { pricing: { listen, ports: { metrics: { protocol: 'htp', port: 9102 } } } }, //! Type '"htp"' is not assignable to type '"grpc" | "http" | "http2" | "tcp"'. Did you mean '"http"'?
});
