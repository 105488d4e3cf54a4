import { failoverIsCarried } from '../../lib/checks/failover-is-carried.js';
import { architecture, found, gateway, service } from './build.js';

const scale = (requestsPerSecond: number) => ({ scale: { min: 2, max: 4, requestsPerSecond } });
const routes = gateway(
  { 'GET /products': { to: 'catalog' }, 'GET /status': { to: 'catalog', throttle: { rate: 10, burst: 10 } } },
  { throttle: { rate: 500, burst: 900 } },
);
const shop = (backup: object, catalog: object = {}, more: object = {}) =>
  architecture(
    {
      catalog: service({ calls: { pricing: { fanOut: 2, failover: 'backup' }, backup: {}, ...catalog } }),
      pricing: service(scale(800)),
      backup: service(backup),
      ...more,
    },
    routes,
  );

test('who stands in and cannot carry it is found, with the arithmetic of the route that moves most', () => {
  expect(found(failoverIsCarried, shop(scale(200)))).toEqual([
    {
      at: 'services.catalog.calls.pricing.failover',
      is: [
        'when pricing is down, backup gets what catalog asks of it',
        'GET /products at its throttle of 500/s: 1,000/s > 800/s (4 × 200)',
      ].join('\n'),
      fix: 'more instances of backup, a lower throttle, or accept that it carries a part',
    },
  ]);
});

test('what others ask comes on top, and all callers of the one that is down count', () => {
  const other = { prices: {}, reviews: {} };
  const more = {
    prices: service({ calls: { pricing: { failover: ['backup'] }, backup: {} } }),
    reviews: service({ calls: { backup: { fanOut: 3 } } }),
  };
  expect(found(failoverIsCarried, shop(scale(700), other, more))).toEqual([
    expect.objectContaining({
      is: [
        'when pricing is down, backup gets what catalog and prices ask of it, besides what others ask',
        'GET /products at its throttle of 500/s: 1,500/s + 1,500/s = 3,000/s > 2,800/s (4 × 700)',
      ].join('\n'),
    }),
  ]);
  expect(found(failoverIsCarried, shop(scale(750), other, more))).toEqual([]);
});

test('each of several that stand in takes all, once those before it are down', () => {
  const more = { last: service(scale(1)) };
  const subject = shop(scale(250), { pricing: { fanOut: 2, failover: ['backup', 'last'] }, last: {} }, more);
  expect(found(failoverIsCarried, subject)).toEqual([
    expect.objectContaining({ is: expect.stringMatching(/^when pricing is down, last gets [\s\S]*: 1,000\/s > 4\/s \(4 × 1\)$/) }),
  ]);
});

test('who carries just that holds', () => expect(found(failoverIsCarried, shop(scale(250)))).toEqual([]));
test('where nobody said what an instance carries, nothing is compared', () => expect(found(failoverIsCarried, shop({}))).toEqual([]));
test('what no client route leads to has no load to move', () => {
  const alone = architecture({
    worker: { calls: { pricing: { failover: 'backup' }, backup: {} } },
    pricing: service(),
    backup: service(scale(1)),
  });
  expect(found(failoverIsCarried, alone)).toEqual([]);
});
