import { defineArchitecture } from 'cdk-edge-mesh';

const listen = { protocol: 'http', port: 8080 } as const;
const services = { orders: { listen }, pricing: { listen, versions: { v1: {}, v2: {} }, traffic: { v1: 100 } } } as const;
const external = { stripe: { protocol: 'https', host: 'api.stripe.com' } } as const;

// what an environment may say
defineArchitecture({
  name: 'shop',
  services,
  external,
  environments: {
    prod: {
      production: true,
      services: { orders: { scale: { min: 6, max: 60 } }, pricing: { versions: { v2: { image: 'acme/pricing:3' } } } },
      external: { stripe: { host: 'stripe.internal' } },
      gateways: {},
    },
  },
});

// a service, a version and an external that do not exist
defineArchitecture({
  name: 'shop',
  services,
  external,
  environments: {
    a: { services: { order: {} } }, //! 'order' does not exist in type
    b: { services: { pricing: { versions: { v3: {} } } } }, //! 'v3' does not exist in type
    c: { external: { strpe: { host: 'a' } } }, //! 'strpe' does not exist in type
    d: { services: { orders: { calls: {} } } }, //! 'calls' does not exist in type
    e: { authorizers: {} }, //! 'authorizers' does not exist in type
  },
});
