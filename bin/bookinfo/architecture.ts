import { defineArchitecture } from 'cdk-edge-mesh';

/** The sample application that every mesh user knows, with its public images: productpage → details, productpage → reviews v1, v2, v3 → ratings. */
const image = (name: string) => `docker.io/istio/examples-bookinfo-${name}:1.20.3`;
const listen = { protocol: 'http', port: 9080 } as const;
const health = { path: '/health' };

export default defineArchitecture({
  name: 'bookinfo',
  services: {
    productpage: {
      image: image('productpage-v1'),
      listen,
      health,
      calls: {
        details: { timeout: '500ms', env: { host: 'DETAILS_HOSTNAME', port: 'DETAILS_SERVICE_PORT' } },
        reviews: { timeout: '1500ms', env: { host: 'REVIEWS_HOSTNAME', port: 'REVIEWS_SERVICE_PORT' } },
      },
    },
    details: { image: image('details-v1'), listen, health },
    reviews: {
      listen,
      health,
      versions: { v1: { image: image('reviews-v1') }, v2: { image: image('reviews-v2') }, v3: { image: image('reviews-v3') } },
      traffic: { v1: 90, v3: 10 },
      routes: [{ match: { headers: { 'end-user': 'jason' } }, to: 'v2' }],
      calls: { ratings: { timeout: '500ms', env: { host: 'RATINGS_HOSTNAME', port: 'RATINGS_SERVICE_PORT' } } },
    },
    ratings: { image: image('ratings-v1'), listen, health },
  },
  authorizers: { readers: { kind: 'jwt', issuer: 'https://login.bookinfo.example/', audience: ['bookinfo'] } },
  gateways: {
    web: {
      kind: 'http',
      auth: 'readers',
      throttle: { rate: 100, burst: 200 },
      routes: {
        'GET /productpage': { to: 'productpage', auth: 'public' },
        'GET /static/{file+}': { to: 'productpage', auth: 'public' },
        'GET /api/v1/products': { to: 'productpage' },
        'GET /api/v1/products/{id}': { to: 'productpage' },
        'GET /api/v1/products/{id}/reviews': { to: 'productpage' },
      },
    },
  },
});
