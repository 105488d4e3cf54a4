import { globalLimitsCanBeReached } from '../../lib/checks/global-limits-can-be-reached.js';
import { architecture, found, service } from './build.js';

const limited = (shared: object | undefined, own: object | undefined, members: object = {}) =>
  found(
    globalLimitsCanBeReached,
    architecture(
      {
        orders: service({
          scale: { min: 2, max: 3 },
          ...(shared && { globalRateLimit: shared }),
          ...(own && { rateLimit: own }),
          ...members,
        }),
      },
      { mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } }, external: { limits: { protocol: 'https' } } },
    ),
  );
const own = { rate: 2, burst: 10 };

test('a limit that all instances together cannot reach is found, with the arithmetic', () => {
  expect(limited({ requests: 390, unit: 'minute' }, own)).toEqual([
    {
      at: 'services.orders.globalRateLimit',
      is: 'orders takes 390 per minute in all, and its instances no more by themselves: 3 × (2/s × 60s + 10) = 390',
      fix: 'give it fewer than 390, or remove it: `rateLimit` holds already',
    },
  ]);
});

test("so is a route's", () => {
  const routes = [{ match: { path: '/a' }, rateLimit: own, globalRateLimit: { requests: 36, unit: 'second' } }];
  expect(limited(undefined, undefined, { routes }).map(({ at }) => at)).toEqual(['services.orders.routes[0].globalRateLimit']);
});

test('one that is just in reach holds', () => expect(limited({ requests: 389, unit: 'minute' }, own)).toEqual([]));

test('one for all callers says nothing against one for each', () =>
  expect(limited({ requests: 390, unit: 'minute' }, { ...own, per: 'caller' })).toEqual([]));

test('a limit of one kind alone is none of its business', () => {
  expect(limited({ requests: 1_000_000, unit: 'second' }, undefined)).toEqual([]);
  expect(limited(undefined, own)).toEqual([]);
});
