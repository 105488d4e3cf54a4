import { globalLimitsKeepObjectives } from '../../lib/checks/global-limits-keep-objectives.js';
import { architecture, found, service } from './build.js';

const limited = (limit: object, members: object = { objective: { availability: 99.9 } }) =>
  found(
    globalLimitsKeepObjectives,
    architecture(
      { orders: service({ ...members, routes: [{ match: { path: '/a' }, globalRateLimit: { requests: 5, unit: 'minute', ...limit } }] }) },
      { mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } }, external: { limits: { protocol: 'https' } } },
    ),
  );

test('a promise that hangs on the rate limit service is found', () => {
  expect(limited({ unavailable: 'refuse' })).toEqual([
    {
      at: 'services.orders.routes[0].globalRateLimit',
      is: 'orders promises 99.9 %, and refuses requests while limits does not answer, which promises nothing',
      fix: { set: 'services.orders.routes[0].globalRateLimit.unavailable', to: "'admit'" },
    },
  ]);
});

test('a limit that lets pass what nobody counts holds', () => expect(limited({})).toEqual([]));

test('who promises no availability is none of its business', () => expect(limited({ unavailable: 'refuse' }, {})).toEqual([]));
