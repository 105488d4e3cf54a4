import { defineArchitecture } from 'cdk-edge-mesh';

export default defineArchitecture({
  name: 'shop',
  services: {
    orders: {
      listen: { protocol: 'http', port: 8080 },
      health: { path: '/healthz' },
      run: 'node orders.js',
      calls: { pricing: {}, stripe: {} },
    },
    pricing: { listen: { protocol: 'grpc', port: 9090 } },
  },
  external: { stripe: { host: 'api.stripe.com', protocol: 'https' } },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders/{id}': { to: 'orders' } } } },
});
