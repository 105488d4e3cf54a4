import { defineArchitecture } from 'cdk-edge-mesh';

export default defineArchitecture({
  name: 'shop',
  services: {
    catalog: {
      listen: { protocol: 'http', port: 8080 },
      calls: { pricing: { timeout: '250ms', retries: { max: 2, perTry: '100ms', on: ['timeout'] } } },
    },
    pricing: { listen: { protocol: 'http', port: 9090 }, routes: [{ idempotent: true }] },
  },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /products/{id}': { to: 'catalog' } } } },
});
