import { defineArchitecture } from 'cdk-edge-mesh';

export default defineArchitecture({
  name: 'store',
  services: {
    orders: {
      image: 'ghcr.io/acme/orders:1',
      listen: { protocol: 'http', port: 8080 },
      calls: { pricing: { timeout: '500ms' } },
    },
    pricing: {
      image: 'ghcr.io/acme/pricing:1',
      listen: { protocol: 'http', port: 9090 },
    },
  },
  gateways: {
    web: { kind: 'http', routes: { 'GET /orders/{id}': { to: 'orders' } } },
  },
});
