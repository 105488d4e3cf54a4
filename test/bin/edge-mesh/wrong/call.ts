import { another, shop, type Wrong, withCall, withOrders } from './wrong.js';

/** Calls, and the policies on them. */
export const wrongCalls: readonly Wrong[] = [
  {
    title: 'a call to a name with a typo',
    spec: withOrders({ calls: { pricng: {} } }),
    says: ['services.orders.calls.pricng: "pricng" is not a service or external; did you mean "pricing"?'],
  },
  {
    title: 'a call to nobody',
    spec: withOrders({ calls: { shipping: {} } }),
    says: ['services.orders.calls.shipping: "shipping" is not a service or external; allowed: pricing'],
  },
  {
    title: 'a call to itself',
    spec: withOrders({ calls: { orders: {} } }),
    says: ['services.orders.calls.orders: orders calls itself; a call goes to another service'],
  },
  {
    title: 'a call to a worker',
    spec: withOrders({ calls: { nightly: {} } }, { nightly: { image: 'acme/nightly:3' } }),
    says: ['services.orders.calls.nightly: nightly has no `listen`, so nothing can call it; add `listen` to it, or remove the call'],
  },
  {
    title: 'a typo that is nearest to a worker, which nobody can call',
    spec: withOrders({ calls: { pricig: {}, nightl: {} } }, { nightly: { image: 'acme/nightly:3' } }),
    says: [
      'services.orders.calls.nightl: "nightl" is not a service or external; allowed: pricing',
      'services.orders.calls.pricig: "pricig" is not a service or external; did you mean "pricing"?',
    ],
  },
  {
    title: 'calls as a list',
    spec: withOrders({ calls: ['pricing'] }),
    says: ['services.orders.calls: got ["pricing"]; allowed: a map from callees to policies, such as { pricing: {} }'],
  },
  {
    title: 'a call that is null',
    spec: withCall(null),
    says: [
      'services.orders.calls.pricing: got null; allowed: { timeout?, idle?, retries?, use?, fanOut?, idempotent?, pool?, failover?, faults?, localPort?, env? }',
    ],
  },
  {
    title: 'a call that is true',
    spec: withCall(true),
    says: [
      'services.orders.calls.pricing: got true; allowed: { timeout?, idle?, retries?, use?, fanOut?, idempotent?, pool?, failover?, faults?, localPort?, env? }',
    ],
  },
  {
    title: 'a field with a typo',
    spec: withCall({ timout: '1s' }),
    says: ['services.orders.calls.pricing.timout: is not a known field; did you mean "timeout"?'],
  },
  {
    title: 'a field of a later version',
    spec: withCall({ mode: 'async' }),
    says: [
      'services.orders.calls.pricing.mode: is not a known field; allowed: timeout, idle, retries, fanOut, idempotent, pool, faults, localPort, env, use, failover, acknowledge',
    ],
  },
  {
    title: 'a number for a duration',
    spec: withCall({ timeout: 250 }),
    says: [
      'services.orders.calls.pricing.timeout: got 250; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'a duration without a unit',
    spec: withCall({ timeout: '250' }),
    says: [
      'services.orders.calls.pricing.timeout: got "250"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'a negative duration',
    spec: withCall({ timeout: '-1s' }),
    says: [
      'services.orders.calls.pricing.timeout: got "-1s"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'no time at all',
    spec: withCall({ timeout: '0s' }),
    says: [
      'services.orders.calls.pricing.timeout: got "0s"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'a part of a millisecond',
    spec: withCall({ timeout: '0.5ms' }),
    says: [
      'services.orders.calls.pricing.timeout: got "0.5ms"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'more than a day',
    spec: withCall({ timeout: '25h' }),
    says: [
      'services.orders.calls.pricing.timeout: got "25h"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'a number for retries',
    spec: withCall({ retries: 3 }),
    says: ['services.orders.calls.pricing.retries: got 3; allowed: { max, perTry?, on?, budget?, backOff? }, or false for none'],
  },
  {
    title: 'retries that are true',
    spec: withCall({ retries: true }),
    says: ['services.orders.calls.pricing.retries: got true; allowed: { max, perTry?, on?, budget?, backOff? }, or false for none'],
  },
  {
    title: 'no further try',
    spec: withCall({ retries: { max: 0 } }),
    says: ['services.orders.calls.pricing.retries.max: got 0; allowed: a whole number from 1 to 10'],
  },
  {
    title: 'attempts instead of max',
    spec: withCall({ retries: { attempts: 3 } }),
    says: [
      'services.orders.calls.pricing.retries.attempts: is not a known field; allowed: max, perTry, on, budget, backOff',
      'services.orders.calls.pricing.retries.max: is missing; allowed: a whole number from 1 to 10',
    ],
  },
  {
    title: 'several things wrong with retries',
    spec: withCall({ retries: { max: 99, perTry: 'fast', on: '5xx' } }),
    says: [
      'services.orders.calls.pricing.retries.max: got 99; allowed: a whole number from 1 to 10',
      'services.orders.calls.pricing.retries.on: got "5xx"; allowed: a list of events, such as ["unprocessed"]',
      'services.orders.calls.pricing.retries.perTry: got "fast"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'an event with a typo, and one that is none',
    spec: withCall({ retries: { max: 1, on: ['unavailble', 'connect-failure'] } }),
    says: [
      'services.orders.calls.pricing.retries.on[0]: got "unavailble"; allowed: one of unprocessed, unavailable, gateway-error, 5xx, reset, timeout, and for gRPC cancelled, deadline-exceeded, grpc-unavailable, internal, resource-exhausted; did you mean "unavailable"?',
      'services.orders.calls.pricing.retries.on[1]: got "connect-failure"; allowed: one of unprocessed, unavailable, gateway-error, 5xx, reset, timeout, and for gRPC cancelled, deadline-exceeded, grpc-unavailable, internal, resource-exhausted',
    ],
  },
  {
    title: 'no event',
    spec: withCall({ retries: { max: 1, on: [] } }),
    says: ['services.orders.calls.pricing.retries.on: got []; allowed: at least one event, such as ["unprocessed"]'],
  },
  {
    title: 'a policy where there is none',
    spec: withCall({ use: 'quick' }),
    says: ['services.orders.calls.pricing.use: "quick" is not a policy; none is declared'],
  },
  {
    title: 'a policy with a typo',
    spec: { ...withCall({ use: 'quik' }), policies: { quick: { timeout: '1s' } } },
    says: ['services.orders.calls.pricing.use: "quik" is not a policy; did you mean "quick"?'],
  },
  {
    title: 'a policy in place',
    spec: withCall({ use: { timeout: '1s' } }),
    says: ['services.orders.calls.pricing.use: got {"timeout":"1s"}; allowed: the name of a policy'],
  },
  {
    title: 'a fan-out of nothing',
    spec: withCall({ fanOut: 0 }),
    says: ['services.orders.calls.pricing.fanOut: got 0; allowed: a number above 0, at most 1000'],
  },
  {
    title: 'a fan-out without an end',
    spec: withCall({ fanOut: Number.POSITIVE_INFINITY }),
    says: ['services.orders.calls.pricing.fanOut: got Infinity; allowed: a number above 0, at most 1000'],
  },
  {
    title: 'a text for true',
    spec: withCall({ idempotent: 'yes' }),
    says: ['services.orders.calls.pricing.idempotent: got "yes"; allowed: true or false'],
  },
  {
    title: 'a privileged local port',
    spec: withCall({ localPort: 80 }),
    says: ['services.orders.calls.pricing.localPort: got 80; allowed: a whole number from 1024 to 32767'],
  },
  {
    title: 'a local port of the sidecar',
    spec: withOrders(
      { calls: { pricing: { localPort: 15_000 }, tax: { localPort: 15_999 }, below: { localPort: 14_999 }, above: { localPort: 16_000 } } },
      { tax: another, below: another, above: another },
    ),
    says: [
      "services.orders.calls.pricing.localPort: got 15000; 15000–15999 are the sidecar's; allowed: any other",
      "services.orders.calls.tax.localPort: got 15999; 15000–15999 are the sidecar's; allowed: any other",
    ],
  },
  {
    title: 'the local port of the app',
    spec: withCall({ localPort: 8080 }),
    says: [
      "services.orders.calls.pricing.localPort: pricing and the service's own `listen` both take port 8080 in orders; choose another with `localPort`",
    ],
  },
  {
    title: 'one local port twice',
    spec: withOrders({ calls: { pricing: { localPort: 21_000 }, tax: { localPort: 21_000 } } }, { tax: another }),
    says: ['services.orders.calls.tax.localPort: tax and pricing both take port 21000 in orders; choose another with `localPort`'],
  },
  {
    title: 'two names with one local port',
    spec: withOrders({ calls: { export: {}, 'geo-index': {} } }, { export: another, 'geo-index': another }),
    says: [
      'services.orders.calls.geo-index.localPort: geo-index and export both take port 28755 in orders; choose another with `localPort`',
    ],
  },
  {
    title: 'a variable in small letters',
    spec: withCall({ env: { url: 'pricing-url' } }),
    says: [
      'services.orders.calls.pricing.env.url: got "pricing-url"; allowed: the name of an environment variable: capital letters, digits and _',
    ],
  },
  {
    title: 'one variable twice in a call',
    spec: withCall({ env: { url: 'PRICING', host: 'PRICING' } }),
    says: ['services.orders.calls.pricing.env: sets PRICING twice; url, host and port need names of their own'],
  },
  {
    title: 'one variable for two callees',
    spec: withOrders({ calls: { ordersDb: {}, 'orders-db': {} } }, { ordersDb: another, 'orders-db': another }),
    says: ['services.orders.calls.orders-db.env: orders-db and ordersDb both set ORDERS_DB_URL in orders; choose another name with `env`'],
  },
  {
    title: 'a variable that the service sets itself',
    spec: withCall({}, { env: { PRICING_URL: 'http://localhost' } }),
    says: [
      "services.orders.calls.pricing.env: pricing and the service's own `env` both set PRICING_URL in orders; choose another name with `env`",
    ],
  },
  {
    title: 'mistakes in several places',
    spec: shop({ services: { orders: { image: 7, calls: { pricng: { timeout: 1 } }, traffic: { v1: 2 } } } }),
    says: [
      'services.orders.calls.pricng: "pricng" is not a service or external; none is declared',
      'services.orders.calls.pricng.timeout: got 1; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
      'services.orders.image: got 7; allowed: a container image, such as "ghcr.io/acme/orders:7"',
      'services.orders.traffic.v1: "v1" is not a version; none is declared',
    ],
  },
];
