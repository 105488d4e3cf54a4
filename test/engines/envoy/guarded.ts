import { defineArchitecture, resolve } from '../../../lib/index.js';

/** Every way of saying who may ask for what, and how often, each once. */
export const guarded = resolve(
  defineArchitecture({
    name: 'guarded',
    mesh: {
      rateLimitService: { to: 'limits', timeout: '70ms', unavailable: 'admit' },
      mtls: {
        permissive: {
          until: '2027-03-31',
          clients: {
            legacy: { from: ['10.0.4.0/24', '2001:db8::/64'], to: ['safe', 'shop'] },
            one: { from: ['10.0.5.7/32'], to: ['safe'] },
          },
        },
      },
    },
    services: {
      shop: {
        image: 'shop',
        listen: { protocol: 'http', port: 8001 },
        rateLimit: { rate: 0.5, burst: 3 },
        globalRateLimit: { requests: 15, unit: 'second' },
        routes: [
          { match: { path: '/a/{id}', method: 'POST', from: 'clerk' }, rateLimit: { rate: 100_000, burst: 7, per: 'caller' } },
          { match: { headers: { 'x-a': 'b' } }, globalRateLimit: { requests: 16, unit: 'hour', unavailable: 'refuse' } },
        ],
        access: { clerk: { allow: ['GET /a/{id}', 'ANY /b/{rest+}'], deny: ['GET /a/$x*(y)@:;', 'ANY /b/{id}/c'] }, gateways: '*' },
      },
      safe: {
        image: 'safe',
        listen: { protocol: 'http2', port: 8002 },
        health: { path: '/healthz', active: {} },
        rateLimit: { rate: 9, burst: 11, per: 'caller' },
        globalRateLimit: { requests: 17, unit: 'day', per: 'caller', unavailable: 'refuse' },
        routes: [{ match: { path: '/b' }, globalRateLimit: { requests: 18, unit: 'minute', unavailable: 'refuse' } }],
        tokens: { use: 'members', claims: { role: ['a', 'b'], level: 3, staff: true }, requests: ['GET /a/{id}', 'ANY /b'] },
      },
      clerk: { image: 'clerk', calls: { shop: {}, safe: {} } },
    },
    external: { limits: { host: 'limits.example', protocol: 'https', port: 8443 } },
    authorizers: { members: { kind: 'jwt', issuer: 'https://login.guarded.example/', audience: ['guarded'] } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'members',
        routes: { 'GET /a/{id}': { to: 'shop' } },
        allow: ['203.0.113.0/24', '2001:db8::/32'],
        deny: ['203.0.113.64/26'],
      },
    },
  }),
);

/** The same without certificates. */
export const open = resolve(
  defineArchitecture({
    name: 'open',
    mesh: { mtls: 'off' },
    services: {
      shop: { image: 'shop', listen: { protocol: 'http', port: 8001 }, access: { clerk: ['GET /a'] } },
      ledger: { image: 'ledger', listen: { protocol: 'tcp', port: 8002 } },
      clerk: { image: 'clerk', calls: { shop: {}, ledger: {} } },
    },
  }),
);
