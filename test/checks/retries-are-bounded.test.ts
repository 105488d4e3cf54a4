import { retriesAreBounded } from '../../lib/checks/retries-are-bounded.js';
import { architecture, found, gateway, service } from './build.js';

const shop = (requestsPerSecond: number | undefined, max = 2, rate = 500) =>
  architecture(
    {
      catalog: service({ calls: { pricing: { fanOut: 2, idempotent: true, retries: { max, on: ['unavailable'] } } } }),
      pricing: service({ scale: { min: 2, max: 12, requestsPerSecond } }),
    },
    gateway({ 'GET /products': { to: 'catalog' } }, { throttle: { rate, burst: 1 } }),
  );

test('retries that ask more of a service than it carries are found, with the arithmetic', () => {
  expect(found(retriesAreBounded, shop(100))).toEqual([
    {
      at: 'gateways.web.routes["GET /products"]',
      is: 'one GET /products can become 6 requests at pricing: 1 × fan-out 2 × 3 tries\nthrottle 500/s makes 1,000/s, with retries 1,480/s > 1,200/s (12 × 100)',
      fix: 'fewer tries on the way to pricing, a lower throttle, or more instances of it',
    },
  ]);
});

test('an ANY route of a REST API lets its throttle through for each method without a route of its own; of an HTTP API it is one route', () => {
  const any = (kind: 'rest' | 'http') =>
    architecture(
      {
        catalog: service({ calls: { pricing: { fanOut: 2, idempotent: true, retries: { max: 2, on: ['unavailable'] } } } }),
        pricing: service({ scale: { min: 2, max: 12, requestsPerSecond: 100 } }),
      },
      gateway({ 'ANY /products': { to: 'catalog' }, 'GET /products': { to: 'catalog' } }, { kind, throttle: { rate: 80, burst: 1 } }),
    );
  expect(found(retriesAreBounded, any('rest'))).toEqual([
    expect.objectContaining({
      at: 'gateways.web.routes["ANY /products"]',
      is: expect.stringContaining('\nthrottle 6 × 80/s makes 960/s, with retries '),
    }),
  ]);
  expect(found(retriesAreBounded, any('http'))).toEqual([]);
});

test('a service that carries what its callers can retry holds', () => expect(found(retriesAreBounded, shop(124))).toEqual([]));
test('a throttle that is too high without any retry is not the fault of retries', () =>
  expect(found(retriesAreBounded, shop(50))).toEqual([]));
test('a service that says nothing of what it carries is none of its business', () =>
  expect(found(retriesAreBounded, shop(undefined))).toEqual([]));

test("a rate limit bounds what reaches the callee, whatever its callers repeat: 12 × 100/s at the caller's caller", () => {
  const limited = (rate: number) =>
    architecture(
      {
        catalog: service({ calls: { pricing: { fanOut: 2, idempotent: true, retries: { max: 2, on: ['unavailable'] } } } }),
        pricing: service({ scale: { min: 2, max: 12, requestsPerSecond: 100 }, rateLimit: { rate, burst: 1 } }),
      },
      gateway({ 'GET /products': { to: 'catalog' } }, { throttle: { rate: 500, burst: 1 } }),
    );
  expect(found(retriesAreBounded, limited(100))).toEqual([]);
  expect(found(retriesAreBounded, limited(101))).toHaveLength(1);
});

test("by App Mesh's defaults no budget holds retries back: every try is made", () => {
  const subject = architecture(
    {
      catalog: service({ calls: { pricing: { fanOut: 2, idempotent: true } } }),
      pricing: service({ scale: { min: 2, max: 12, requestsPerSecond: 100 } }),
    },
    { ...gateway({ 'GET /products': { to: 'catalog' } }, { throttle: { rate: 500, burst: 1 } }), mesh: { compatibility: 'app-mesh' } },
  );
  expect(found(retriesAreBounded, subject)).toMatchObject([
    {
      is: 'one GET /products can become 18 requests at pricing: 3 × fan-out 2 × 3 tries\nthrottle 500/s makes 1,000/s, with retries 9,000/s > 1,200/s (12 × 100)',
    },
  ]);
});
