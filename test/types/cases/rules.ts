import { defineArchitecture } from 'cdk-edge-mesh';

const listen = { protocol: 'http', port: 8080 } as const;

// a rule for a caller that does not exist
defineArchitecture({
  name: 'shop',
  services: {
    orders: { listen, routes: [{ match: { path: '/a', from: 'nigthly' } }] }, //! Type '"nigthly"' is not assignable to type
    nightly: { calls: { orders: {} } },
  },
});

// copies to a version that does not exist
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen, versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes: [{ mirror: 'v3' }] }, //! Type '"v3"' is not assignable to type
    catalog: { listen, versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes: [{ mirror: { to: 'v2', percent: 10 } }] },
  },
});

// copies where no version is declared
defineArchitecture({
  name: 'shop',
  services: { pricing: { listen, routes: [{ mirror: 'v1' }] } }, //! Type 'string' is not assignable to type 'undefined'.
});

// a range of one number, a status that does not redirect
defineArchitecture({
  name: 'shop',
  services: {
    pricing: { listen, routes: [{ match: { headers: { size: { range: [1, 5] }, user: { not: { prefix: 'test-' } } } } }] },
    catalog: { listen, routes: [{ match: { headers: { size: { range: [1] } } } }] }, //! is not assignable to type
    orders: { listen, routes: [{ redirect: { path: '/b', status: 300 } }] }, //! Type '300' is not assignable to type
  },
});
