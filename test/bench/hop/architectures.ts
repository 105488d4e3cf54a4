import { defineArchitecture, resolve } from '../../../lib/index.js';

/** A call of which nobody said anything but that it exists. */
export const undemanding = resolve(
  defineArchitecture({
    name: 'bench',
    services: {
      caller: { image: 'caller', calls: { callee: {} } },
      callee: { image: 'callee', listen: { protocol: 'http', port: 8080 } },
    },
  }),
);

/**
 * A call with the policies that a request meets on its way. It matches the third rule and meets all before it, and goes to one version: shared between two,
 * fewer requests would share a connection than in the pair that this is measured against.
 */
export const demanding = resolve(
  defineArchitecture({
    name: 'bench',
    services: {
      caller: {
        image: 'caller',
        calls: { callee: { timeout: '5s', retries: { max: 2, perTry: '1s', on: ['unprocessed', '5xx', 'timeout'] } } },
      },
      other: { image: 'other', calls: { callee: {} } },
      callee: {
        listen: { protocol: 'http', port: 8080 },
        versions: { v1: { image: 'callee:1' }, v2: { image: 'callee:2' } },
        traffic: { v1: 90, v2: 10 },
        routes: [
          { match: { headers: { 'x-canary': { present: true } } }, to: 'v2' },
          { match: { path: '/quotes/{sku}', method: 'POST' }, idempotent: true, timeout: '600ms' },
          {
            match: { path: '/products/{id}', method: ['GET', 'HEAD'], headers: { accept: { prefix: 'application/' } } },
            to: 'v1',
            rateLimit: { rate: 100_000, burst: 100_000 },
          },
        ],
        pool: { connections: 100, pendingRequests: 50, requests: 400 },
        outlierDetection: { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 },
        access: {
          caller: ['POST /orders', 'GET /mine', 'GET /products/{id}'],
          other: ['GET /quotes/{sku}'],
          gateways: ['GET /products/{id}'],
        },
      },
    },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['bench'] } },
    gateways: {
      web: { kind: 'rest', auth: 'customers', throttle: { rate: 5, burst: 10 }, routes: { 'GET /products/{id}': { to: 'callee' } } },
    },
  }),
);
