import { shop, type Wrong, withOrders } from './wrong.js';

const orders = { image: 'acme/orders:7', listen: { protocol: 'http', port: 8080 } };
const limit = { requests: 5, unit: 'minute' };
const external = {
  limits: { host: 'limits.example', protocol: 'https' },
  ledger: { host: 'ledger.example', protocol: 'tcp', port: 5432 },
};
const counted = (mesh: object, members: object = {}): object =>
  shop({
    mesh: { rateLimitService: { to: 'limits', unavailable: 'admit', ...mesh } },
    external,
    services: { orders: { ...orders, ...members } },
  });

/** What instances take together, and who counts. */
export const wrongGlobalRateLimits: readonly Wrong[] = [
  {
    title: 'limits of all instances, which nobody counts',
    spec: withOrders({ globalRateLimit: limit, routes: [{ match: { path: '/a' }, globalRateLimit: limit }] }),
    says: ['services.orders.globalRateLimit', 'services.orders.routes[0].globalRateLimit'].map(
      (path) =>
        `${path}: nobody counts for all instances; name who does, such as mesh: { rateLimitService: { to: "limits", unavailable: "admit" } }, or limit each instance by \`rateLimit\``,
    ),
  },
  {
    title: 'numbers, a unit and words that there are not',
    spec: counted(
      { timeout: '3', unavailable: 'pass' },
      { globalRateLimit: { requests: 0, unit: 'week', per: 'client', unavailable: 'open', burst: 3 } },
    ),
    says: [
      'mesh.rateLimitService.timeout: got "3"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
      'mesh.rateLimitService.unavailable: got "pass"; allowed: "admit" or "refuse"',
      'services.orders.globalRateLimit.burst: is not a known field; allowed: requests, unit, per, unavailable',
      'services.orders.globalRateLimit.per: got "client"; allowed: "caller"',
      'services.orders.globalRateLimit.requests: got 0; allowed: a whole number from 1 to 1000000000',
      'services.orders.globalRateLimit.unavailable: got "open"; allowed: "admit" or "refuse"',
      'services.orders.globalRateLimit.unit: got "week"; allowed: one of second, minute, hour, day',
    ],
  },
  {
    title: 'nobody decided what happens while nobody counts',
    spec: counted({ unavailable: undefined }),
    says: ['mesh.rateLimitService.unavailable: is missing; allowed: "admit" or "refuse"'],
  },
  {
    title: 'somebody counts who is no external',
    spec: counted({ to: 'limit' }),
    says: ['mesh.rateLimitService.to: "limit" is not an external; did you mean "limits"?'],
  },
  {
    title: 'somebody counts who speaks no HTTP',
    spec: counted({ to: 'ledger' }),
    says: ['mesh.rateLimitService.to: "ledger" speaks tcp; it is asked by gRPC: allowed: an external of protocol "https" or "http"'],
  },
  {
    title: 'limits where there are no requests to count, and where none arrives',
    spec: shop({
      mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } },
      external,
      services: {
        orders: {
          ...orders,
          routes: [
            { match: { path: '/a' }, respond: { status: 200 }, globalRateLimit: limit },
            { match: { path: '/b' }, rewrite: { path: '/c' }, globalRateLimit: limit },
          ],
        },
        nightly: { image: 'acme/nightly:3', globalRateLimit: limit },
        tunnel: { image: 'acme/tunnel:1', listen: { protocol: 'tcp', port: 5432 }, globalRateLimit: limit },
      },
    }),
    says: [
      'services.nightly.globalRateLimit: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this',
      'services.orders.routes[0].globalRateLimit: means nothing beside `respond`, which asks no service; remove it',
      'services.orders.routes[1].globalRateLimit: means nothing beside `rewrite.path`: an instance counts what it sees; put it on a rule that matches the rewritten path',
      'services.tunnel.globalRateLimit: tunnel speaks tcp, which has connections and no requests; remove this',
    ],
  },
  {
    title: 'a limit for each caller where none proves who it is',
    spec: shop({
      mesh: { mtls: 'off', rateLimitService: { to: 'limits', unavailable: 'admit' } },
      external,
      services: { orders: { ...orders, globalRateLimit: { ...limit, per: 'caller' } } },
    }),
    says: ['services.orders.globalRateLimit.per: a caller is known by its certificate, and mesh.mtls is "off"; remove one of them'],
  },
];
