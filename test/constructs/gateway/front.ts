import { defineArchitecture, parseArchitecture, resolve } from '../../../lib/index.js';

/** One gateway before services and an external; every number its own. */
export const front = (kind: 'rest' | 'http') =>
  resolve(
    parseArchitecture({
      name: 'front',
      services: {
        catalog: { image: 'catalog', listen: { protocol: 'http', port: 8081 } },
        orders: { image: 'orders', listen: { protocol: 'http', port: 8082 } },
      },
      external: { legacy: { host: 'legacy.internal', protocol: 'http', port: 8083 } },
      authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example.com/', audience: ['shop', 'shop-admin'] } },
      gateways: {
        web: {
          kind,
          auth: 'customers',
          throttle: { rate: 50, burst: 70 },
          routes: {
            'GET /products/{id}': { to: 'catalog', auth: 'public', path: '/catalog/items/{id}', timeout: '3s' },
            'GET /orders/{id}': { to: 'orders' },
            'POST /orders': { to: 'orders', auth: { use: 'customers', scopes: ['orders:write'] }, throttle: { rate: 5, burst: 7 } },
            'ANY /legacy/{path+}': { to: 'legacy', path: '/old/{path}' },
            ...(kind === 'rest' ? { 'GET /status': { respond: { status: 203, json: { ok: true, price: '$5 #1' } }, auth: 'public' } } : {}),
          },
        },
      },
    }),
    { environment: 'prod' },
  );

/** A gateway without a mesh: API Gateway asks the externals itself. */
export const facade = (kind: 'rest' | 'http') =>
  resolve(
    defineArchitecture({
      name: 'facade',
      external: {
        legacy: { host: 'legacy.example.com', protocol: 'http', port: 8084 },
        partner: { host: 'api.partner.example', protocol: 'https' },
      },
      gateways: {
        web: {
          kind,
          auth: 'public',
          routes: { 'GET /partner/{id}': { to: 'partner', path: '/v2/{id}' }, 'ANY /legacy/{path+}': { to: 'legacy', path: '/{path}' } },
        },
      },
    }),
    { environment: 'prod' },
  );
