import { changesBetween } from '../../lib/review/diff.js';
import { factsOf } from '../../lib/review/facts.js';
import { architecture, pageOf, service } from './build.js';

const limited = (globalRateLimit?: object, unavailable = 'admit') =>
  architecture(
    {
      orders: service({
        ...(globalRateLimit && { globalRateLimit }),
        routes: [{ match: { path: '/a' }, globalRateLimit: { requests: 9, unit: 'day' } }],
      }),
    },
    {
      mesh: { rateLimitService: { to: 'limits', unavailable } },
      external: { limits: { host: 'limits.example', protocol: 'https' } },
    },
  );
const minute = { requests: 5, unit: 'minute', unavailable: 'refuse' };
const words = (before: object | undefined, after: object | undefined) =>
  changesBetween(factsOf(limited(before), []), factsOf(limited(after), [])).map(({ direction, is }) => `${direction}: ${is}`);

test('what all instances take together is a fact, and what becomes of it without who counts', () => {
  const { services, mesh } = factsOf(limited({ ...minute, per: 'caller' }), []);
  expect(services['orders']).toMatchObject({
    'global rate limit': '5 per minute, for each caller',
    'global rate limit, while nobody counts': 'no request passes',
    'global rate limit where ANY /a': '9 per day',
    'global rate limit where ANY /a, while nobody counts': 'requests pass',
  });
  expect(mesh['mesh']).toMatchObject({ 'rate limit service': 'limits, waited for 100ms at most' });
});

test('more requests, a shorter window, or none at all is weaker', () => {
  expect(words(minute, { ...minute, requests: 6 })).toEqual(['weaker: service orders: global rate limit 5 per minute → 6 per minute']);
  expect(words(minute, { ...minute, unit: 'second' })).toEqual(['weaker: service orders: global rate limit 5 per minute → 5 per second']);
  expect(words(minute, { ...minute, requests: 4 })).toEqual(['stronger: service orders: global rate limit 5 per minute → 4 per minute']);
  expect(words(minute, { ...minute, unit: 'hour' })).toEqual(['stronger: service orders: global rate limit 5 per minute → 5 per hour']);
  expect(words(minute, { ...minute, requests: 4, unit: 'hour' })).toEqual([
    'stronger: service orders: global rate limit 5 per minute → 4 per hour',
  ]);
  expect(words(minute, { ...minute, requests: 300, unit: 'hour' })).toEqual([
    'neutral: service orders: global rate limit 5 per minute → 300 per hour',
  ]);
  expect(words(minute, { ...minute, per: 'caller' })).toEqual([
    'neutral: service orders: global rate limit 5 per minute → 5 per minute, for each caller',
  ]);
  expect(words(minute, undefined)).toContain('weaker: service orders: global rate limit 5 per minute → none');
  expect(words(undefined, minute)).toContain('stronger: service orders: global rate limit none → 5 per minute');
});

test('to let pass what nobody counts is weaker than to refuse it', () => {
  const admitting = { ...minute, unavailable: 'admit' };
  expect(words(minute, admitting)).toEqual([
    'weaker: service orders: global rate limit, while nobody counts no request passes → requests pass',
  ]);
  expect(words(admitting, minute)).toEqual([
    'stronger: service orders: global rate limit, while nobody counts requests pass → no request passes',
  ]);
});

test('the page says who counts, and the external who asks it', () => {
  const page = pageOf(limited(minute), 'mesh.md');
  expect(page).toContain('counted by limits in fixed windows');
  expect(page).toMatch(/\| orders +\| all +\| 5 per minute +\| no request passes +\|/);
  expect(page).toMatch(/\| +\| `ANY \/a` +\| 9 per day +\| \*\*requests pass\*\* +\|/);
  expect(page).toMatch(/\| limits .*\| orders \(global rate limits\) +\|/);
});
