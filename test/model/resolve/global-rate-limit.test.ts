import { defineArchitecture, resolve } from '../../../lib/index.js';

const counted = (mesh: object, environment = 'local') =>
  resolve(
    defineArchitecture({
      name: 'shop',
      mesh: { rateLimitService: { to: 'limits', unavailable: 'admit', ...mesh } },
      services: {
        orders: {
          image: 'orders',
          listen: { protocol: 'http', port: 8080 },
          globalRateLimit: { requests: 5, unit: 'minute' },
          routes: [
            { match: { path: '/a' }, globalRateLimit: { requests: 7, unit: 'day', per: 'caller', unavailable: 'refuse' } },
            { match: { path: '/b' } },
          ],
        },
        pricing: {
          image: 'pricing',
          listen: { protocol: 'http', port: 8081 },
          routes: [{ match: { path: '/a' }, globalRateLimit: { requests: 1, unit: 'hour' } }],
        },
        plain: { image: 'plain', listen: { protocol: 'http', port: 8082 } },
      },
      external: { limits: { host: 'limits.example', protocol: 'https' } },
    }),
    { environment },
  );
const by = { path: 'mesh.rateLimitService', to: 'limits', timeout: 100, domain: 'shop/local' };

test('a limit is for everyone, and passes or not while nobody counts as the mesh says, unless it says so itself', () => {
  const [orders] = counted({}).services;
  const at = 'services.orders';
  expect(orders!.globalRateLimit).toEqual({
    path: `${at}.globalRateLimit`,
    requests: 5,
    unit: 'minute',
    per: 'everyone',
    unavailable: 'admit',
  });
  expect(orders!.rules.map(({ globalRateLimit }) => globalRateLimit)).toEqual([
    { path: `${at}.routes[0].globalRateLimit`, requests: 7, unit: 'day', per: 'caller', unavailable: 'refuse' },
    undefined,
    undefined,
  ]);
  expect(counted({ unavailable: 'refuse' }).services[0]!.globalRateLimit).toMatchObject({ unavailable: 'refuse' });
});

test('who counts is asked by those who have a limit, and knows them by architecture and environment', () => {
  const { services, rateLimitService } = counted({});
  expect(rateLimitService).toEqual(by);
  expect(services.map(({ name, countedBy }) => [name, countedBy])).toEqual([
    ['orders', by],
    ['plain', undefined],
    ['pricing', by],
  ]);
  expect(counted({ timeout: '40ms' }, 'prod').rateLimitService).toEqual({ ...by, timeout: 40, domain: 'shop/prod' });
});
