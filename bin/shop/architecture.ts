import { defineArchitecture } from 'cdk-edge-mesh';

export default defineArchitecture({
  name: 'shop',
  mesh: { mtls: 'strict', egress: 'declared', defaults: { timeout: '2s' } },
  policies: { quick: { timeout: '600ms' } },
  services: {
    catalog: {
      domain: 'browse',
      owner: 'team-browse',
      image: 'ghcr.io/acme/catalog:1.4.2',
      listen: { protocol: 'http2', port: 8080 },
      health: { path: '/healthz' },
      calls: { pricing: { use: 'quick', fanOut: 2 } },
      scale: { min: 2, max: 20, requestsPerSecond: 400 },
      objective: { availability: 99.9, latency: { p99: '1500ms' } },
      acknowledge: { 'instances-fit-discovery': 'eight at a time, other ones every ten seconds: even enough for short requests' },
    },
    pricing: {
      domain: 'browse',
      owner: 'team-browse',
      listen: { protocol: 'grpc', port: 9090 },
      ports: { metrics: { protocol: 'http', port: 9102 } }, // called as 'pricing:metrics'
      versions: { v1: { image: 'ghcr.io/acme/pricing:1' }, v2: { image: 'ghcr.io/acme/pricing:2' } },
      scale: { min: 2, max: 24, requestsPerSecond: 800 },
      acknowledge: {
        'instances-fit-discovery': 'a caller uses eight at a time, other ones every ten seconds: eight carry more than clients may ask',
      },
      traffic: { v1: 90, v2: 10 },
      routes: [
        { match: { headers: { 'x-canary': { present: true } } }, to: 'v2' },
        {
          match: { rpc: 'acme.Pricing/Quote' },
          idempotent: true,
          timeout: '600ms',
          retries: { max: 2, perTry: '150ms', on: ['unavailable', 'timeout'] },
        },
      ],
      pool: { connections: 100, pendingRequests: 50, requests: 400 },
      outlierDetection: { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 },
      rateLimit: { rate: 1000, burst: 2000 }, // each instance
    },
    orders: {
      domain: 'buy',
      owner: 'team-buy',
      image: 'ghcr.io/acme/orders:7',
      listen: { protocol: 'http', port: 8080 },
      scale: { min: 2, max: 8, requestsPerSecond: 300 },
      routes: [{ timeout: '5s' }], // what it calls may take 1.5s + 3s
      calls: { catalog: { timeout: '1500ms' }, stripe: { timeout: '3s' }, ordersDb: {} },
      access: { gateways: ['POST /orders', 'GET /orders/{id}'], nightly: ['GET /orders/{id}'] },
    },
    nightly: {
      domain: 'buy',
      owner: 'team-buy',
      image: 'ghcr.io/acme/nightly:3',
      schedule: 'cron(0 3 * * ? *)', // a worker: no listener, still an identity
      calls: { orders: {} },
    },
  },
  external: {
    stripe: { host: 'api.stripe.com', protocol: 'https', kind: 'saas' },
    ordersDb: { protocol: 'tcp', port: 5432, kind: 'database' },
    monolith: { host: 'legacy.internal', protocol: 'http', port: 80, kind: 'monolith' },
  },
  authorizers: { customers: { kind: 'jwt', issuer: 'https://login.acme.com/', audience: ['shop'] } },
  gateways: {
    web: {
      kind: 'rest',
      auth: 'customers',
      throttle: { rate: 500, burst: 1000 },
      routes: {
        'GET /products/{id}': { to: 'catalog', auth: 'public' },
        'POST /orders': { to: 'orders', auth: { use: 'customers', scopes: ['orders:write'] } },
        'GET /orders/{id}': { to: 'orders' },
        'GET /status': { respond: { status: 200, json: { ok: true } }, auth: 'public' },
        'ANY /legacy/{path+}': { to: 'monolith', path: '/{path}' },
      },
    },
  },
  environments: {
    prod: { production: true, services: { catalog: { scale: { min: 6, max: 60, requestsPerSecond: 400 } } } },
  },
});
