import { defineArchitecture } from '../../../lib/index.js';

/** What bookinfo has not: externals, a worker, HTTP/2, rules with policies of their own, access by request. Every number its own. */
export const store = defineArchitecture({
  name: 'store',
  services: {
    catalog: {
      image: 'catalog',
      listen: { protocol: 'http2', port: 8080 },
      health: { path: '/healthz', active: true },
      calls: { pricing: { timeout: '600ms', retries: { max: 1, on: ['unprocessed'] } } },
    },
    pricing: {
      listen: { protocol: 'http2', port: 9090 },
      versions: { v1: { image: 'pricing:1' }, v2: { image: 'pricing:2' } },
      traffic: { v1: 90, v2: 10 },
      routes: [
        { match: { headers: { 'x-canary': { present: true } } }, to: 'v2' },
        { match: { path: '/quotes/{sku}', method: 'POST' }, idempotent: true, timeout: '700ms' },
      ],
    },
    orders: {
      image: 'orders',
      listen: { protocol: 'http', port: 8082 },
      routes: [{ timeout: '4s' }],
      calls: { catalog: { timeout: '1500ms' }, stripe: { timeout: '3s' }, ordersDb: {} },
      access: { gateways: ['POST /orders'], nightly: ['GET /orders/{id}'] },
    },
    nightly: { image: 'nightly', calls: { orders: {} } },
  },
  external: {
    stripe: { host: 'api.stripe.com', protocol: 'https' },
    ordersDb: { protocol: 'tcp', port: 5432 },
    monolith: { host: 'legacy.internal', protocol: 'http', port: 81 },
  },
  gateways: {
    web: {
      kind: 'rest',
      auth: 'public',
      routes: {
        'GET /products/{id}': { to: 'catalog' },
        'POST /orders': { to: 'orders' },
        'GET /status': { respond: { status: 200, json: { ok: true } } },
        'ANY /legacy/{path+}': { to: 'monolith', path: '/{path}' },
      },
    },
  },
});
