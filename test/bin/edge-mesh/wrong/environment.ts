import type { Wrong } from './wrong';

const listen = { protocol: 'http', port: 8080 };
const image = 'ghcr.io/acme/app:1';
const declared = {
  name: 'shop',
  services: {
    orders: { image, listen, calls: { pricing: {} } },
    pricing: { listen, versions: { v1: { image }, v2: { image, scale: { min: 1, max: 1 } } }, traffic: { v1: 100 } },
  },
  external: { stripe: { protocol: 'https', host: 'api.stripe.com' } },
  gateways: { web: { kind: 'rest', auth: 'public', routes: { 'GET /orders': { to: 'orders' } } } },
};
const prod = (own: unknown) => ({ ...declared, environments: { prod: own } });

/** `environments`: sizes and addresses of what is declared, and nothing else. */
export const wrongEnvironments: readonly Wrong[] = [
  {
    title: 'no map of environments',
    spec: { ...declared, environments: ['prod'] },
    says: ['environments: got ["prod"]; allowed: a map from names to environments'],
  },
  {
    title: 'a name that is none',
    spec: { ...declared, environments: { Prod: {} } },
    says: [
      'environments.Prod: "Prod" cannot name an environment; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30',
    ],
  },
  { title: 'no environment', spec: prod(7), says: ['environments.prod: got 7; allowed: { production?, services?, external?, gateways? }'] },
  {
    title: 'a mark that is none, and what environments may not change',
    spec: prod({ production: 'yes', authorizers: {} }),
    says: [
      'environments.prod.authorizers: is not a known field; allowed: production, services, external, gateways',
      'environments.prod.production: got "yes"; allowed: true or false',
    ],
  },
  {
    title: 'calls, auth and routes',
    spec: prod({ services: { orders: { calls: {} } }, gateways: { web: { throttle: { rate: 1, burst: 1 }, auth: 'public' } } }),
    says: [
      'environments.prod.gateways.web.auth: is not a known field; allowed: throttle',
      'environments.prod.services.orders.calls: is not a known field; allowed: image, scale, env, versions',
    ],
  },
  {
    title: 'names that are not declared',
    spec: prod({
      services: { order: {}, pricing: { versions: { v3: {} } } },
      external: { strpe: { host: 'a' } },
      gateways: { app: { throttle: { rate: 1, burst: 1 } } },
    }),
    says: [
      'environments.prod.external.strpe: "strpe" is not an external; did you mean "stripe"?',
      'environments.prod.gateways.app: "app" is not a gateway; allowed: web',
      'environments.prod.services.order: "order" is not a service; did you mean "orders"?',
      'environments.prod.services.pricing.versions.v3: "v3" is not a version; allowed: v1, v2',
    ],
  },
  {
    title: 'no maps of names',
    spec: prod({ services: [], external: 'a', gateways: 1 }),
    says: [
      'environments.prod.external: got "a"; allowed: a map from the name of an external to what it replaces',
      'environments.prod.gateways: got 1; allowed: a map from the name of a gateway to what it replaces',
      'environments.prod.services: got []; allowed: a map from the name of a service to what it replaces',
    ],
  },
  {
    title: 'sizes that are none',
    spec: prod({ services: { orders: { scale: { min: 6, max: 2 } }, pricing: { versions: { v2: { scale: { min: 1 } } } } } }),
    says: [
      'environments.prod.services.orders.scale.max: got 2, less than min 6; allowed: 6 or more',
      'environments.prod.services.pricing.versions.v2.scale.max: is missing; allowed: a whole number from 1 to 1000',
    ],
  },
  {
    title: 'what versions say themselves',
    spec: prod({ services: { pricing: { image: 'acme/pricing:3', scale: { min: 2, max: 2 } } } }),
    says: [
      'environments.prod.services.pricing.image: would not reach v1, v2, which have `image` of their own; say it under `versions`, such as versions: { v1: { image: … } }',
      'environments.prod.services.pricing.scale: would not reach v2, which has `scale` of its own; say it under `versions`, such as versions: { v2: { scale: … } }',
    ],
  },
  {
    title: 'an address without a host',
    spec: prod({ external: { stripe: { port: 1 } } }),
    says: [
      'environments.prod.external.stripe.host: is missing; allowed: a host name, without scheme or port',
      'environments.prod.external.stripe.port: is not a known field; allowed: host',
    ],
  },
  {
    title: 'a variable of a call',
    spec: prod({ services: { orders: { env: { PRICING_URL: 'http://elsewhere' } } } }),
    says: [
      'environments.prod.services.orders.env.PRICING_URL: is set for the call to pricing; leave it out, or choose another name with `env` there',
    ],
  },
  {
    title: 'faults in environments that are not declared',
    spec: {
      ...declared,
      services: {
        ...declared.services,
        orders: {
          image,
          listen,
          calls: { pricing: { faults: { abort: { status: 503, percent: 1 }, in: ['local', 'staging', 'stagin'] } } },
          routes: [{ faults: { abort: { status: 503, percent: 1 }, in: ['production'] } }],
        },
      },
      environments: { staging: {}, prod: { production: true } },
    },
    says: [
      'services.orders.calls.pricing.faults.in[2]: "stagin" is not an environment; did you mean "staging"?',
      'services.orders.routes[0].faults.in[0]: "production" is not an environment; allowed: staging, prod, local',
    ],
  },
];
