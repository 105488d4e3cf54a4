import { defineArchitecture } from 'cdk-edge-mesh';

/** A travel site of 25 services in five domains, six calls deep: storefront → search → offers → pricing → fares → taxes → currency. */
const image = (name: string) => `ghcr.io/voyage/${name}:2026.11`;
const grpc = { protocol: 'grpc', port: 9090 } as const;
const http = { protocol: 'http', port: 8080 } as const;
const health = { path: '/healthz' };

/** Reads that may be repeated: gRPC is all POST, so each service says so. */
const reads = [{ idempotent: true }];

export default defineArchitecture({
  name: 'voyage',
  policies: {
    ask: { timeout: '300ms', retries: { max: 1, on: ['unavailable'] } },
    once: { timeout: '3500ms', retries: false },
  },
  services: {
    // what people see
    storefront: {
      domain: 'front',
      image: image('storefront'),
      listen: http,
      health,
      routes: [{ timeout: '5s' }],
      calls: { search: { timeout: '2500ms' }, suggestions: { use: 'ask' }, reviews: { timeout: '500ms' }, cart: { timeout: '4500ms' } },
    },
    account: {
      domain: 'front',
      image: image('account'),
      listen: http,
      health,
      calls: { profiles: { use: 'ask' }, loyalty: { use: 'ask' }, tickets: { timeout: '1s' }, documents: { timeout: '1s' } },
    },

    // finding a trip
    search: {
      domain: 'discover',
      image: image('search'),
      listen: grpc,
      calls: { offers: { timeout: '2s' }, ranking: { use: 'ask' } },
      scale: { min: 3, max: 8, requestsPerSecond: 300 },
    },
    offers: {
      domain: 'discover',
      image: image('offers'),
      listen: grpc,
      calls: { pricing: { timeout: '1500ms' }, availability: { use: 'ask' } },
    },
    availability: {
      domain: 'discover',
      image: image('availability'),
      listen: grpc,
      routes: reads,
      calls: { inventory: { timeout: '200ms' } },
    },
    ranking: {
      domain: 'discover',
      listen: grpc,
      routes: reads,
      versions: { classic: { image: image('ranking') }, learned: { image: 'ghcr.io/voyage/ranking-learned:7' } },
      traffic: { classic: 95, learned: 5 },
      calls: { preferences: { timeout: '150ms' } },
    },
    suggestions: {
      domain: 'discover',
      image: image('suggestions'),
      listen: grpc,
      routes: reads,
      calls: { preferences: { timeout: '150ms' } },
    },
    reviews: { domain: 'discover', image: image('reviews'), listen: { protocol: 'http2', port: 8080 }, health },

    // what it costs
    pricing: {
      domain: 'price',
      listen: grpc,
      versions: { v1: { image: image('pricing') }, v2: { image: 'ghcr.io/voyage/pricing:2026.12-rc1' } },
      traffic: { v1: 90, v2: 10 },
      routes: [{ match: { headers: { 'x-canary': { present: true } } }, to: 'v2' }],
      calls: { fares: { timeout: '1s' }, promotions: { use: 'ask' } },
    },
    fares: { domain: 'price', image: image('fares'), listen: grpc, calls: { taxes: { timeout: '700ms' } } },
    taxes: { domain: 'price', image: image('taxes'), listen: grpc, calls: { currency: { use: 'ask' } } },
    currency: { domain: 'price', image: image('currency'), listen: grpc, routes: reads },
    promotions: { domain: 'price', image: image('promotions'), listen: grpc, routes: reads, calls: { loyalty: { timeout: '150ms' } } },
    loyalty: { domain: 'price', image: image('loyalty'), listen: grpc, routes: reads },

    // buying it
    cart: { domain: 'book', image: image('cart'), listen: grpc, calls: { booking: { timeout: '4s', retries: false } } },
    booking: {
      domain: 'book',
      image: image('booking'),
      listen: grpc,
      calls: {
        seats: { timeout: '1s' },
        tickets: { timeout: '1s' },
        payments: { timeout: '3500ms', retries: false },
        notifications: { use: 'ask' },
      },
      access: { cart: '*' },
    },
    seats: { domain: 'book', image: image('seats'), listen: grpc, calls: { inventory: { timeout: '200ms' } } },
    tickets: { domain: 'book', image: image('tickets'), listen: grpc, calls: { documents: { timeout: '500ms' } } },
    payments: {
      domain: 'book',
      image: image('payments'),
      listen: grpc,
      calls: { fraud: { use: 'ask' }, acquirer: { timeout: '3s', retries: false } },
    },
    fraud: { domain: 'book', image: image('fraud'), listen: grpc, routes: reads },
    refunds: {
      domain: 'book',
      image: image('refunds'),
      calls: { payments: { use: 'once' }, notifications: { use: 'ask' } },
      consumes: ['claims'],
    },

    // whom it is for
    profiles: { domain: 'people', image: image('profiles'), listen: grpc, routes: reads, calls: { people: {} } },
    preferences: { domain: 'people', image: image('preferences'), listen: grpc, routes: reads },
    notifications: { domain: 'people', image: image('notifications'), listen: grpc, routes: reads, calls: { mail: { timeout: '250ms' } } },
    documents: { domain: 'people', image: image('documents'), listen: grpc, routes: reads },
  },
  external: {
    inventory: { protocol: 'https', host: 'inventory.partners.example', kind: 'saas' },
    acquirer: { protocol: 'https', host: 'api.acquirer.example', kind: 'saas' },
    claims: { protocol: 'https', host: 'sqs.eu-central-1.amazonaws.com', kind: 'queue' },
    mail: { protocol: 'https', host: 'api.mail.example', kind: 'saas' },
    people: { protocol: 'tcp', host: 'people.db.voyage.example', port: 5432, kind: 'database' },
  },
  authorizers: { travellers: { kind: 'jwt', issuer: 'https://login.voyage.example/', audience: ['voyage'] } },
  gateways: {
    web: {
      kind: 'http',
      auth: 'travellers',
      throttle: { rate: 200, burst: 400 },
      routes: {
        'GET /': { to: 'storefront', auth: 'public' },
        'GET /trips': { to: 'storefront', auth: 'public' },
        'GET /trips/{id}': { to: 'storefront', auth: 'public' },
        'POST /cart': { to: 'storefront' },
        'GET /account': { to: 'account' },
        'GET /account/tickets': { to: 'account' },
      },
    },
  },
});
