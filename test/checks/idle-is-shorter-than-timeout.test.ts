import { idleIsShorterThanTimeout } from '../../lib/checks/idle-is-shorter-than-timeout.js';
import { architecture, found, service } from './build.js';

const shop = (call: object, route: object = {}) =>
  architecture({ orders: service({ calls: { pricing: call } }), pricing: service({ routes: [route] }) });

test('an idle time that the timeout forestalls is found', () => {
  expect(found(idleIsShorterThanTimeout, shop({ timeout: '2s', idle: '2s' }))).toEqual([
    {
      at: 'services.orders.calls.pricing.idle',
      is: 'orders bears 2s of silence from pricing, and gives it 2s in all',
      fix: "less than '2s', or none",
    },
  ]);
});

test('a shorter one holds', () => expect(found(idleIsShorterThanTimeout, shop({ timeout: '2s', idle: '1999ms' }))).toEqual([]));
test('one that nobody wrote is none of its business', () => expect(found(idleIsShorterThanTimeout, shop({ timeout: '2s' }))).toEqual([]));
test('of a stream, which has no timeout, the age counts', () => {
  expect(found(idleIsShorterThanTimeout, shop({ timeout: '2s' }, { stream: true, idle: '59m' }))).toEqual([]);
  expect(found(idleIsShorterThanTimeout, shop({ timeout: '2s' }, { stream: true, idle: '3h' }))).toEqual([
    {
      at: 'services.pricing.routes[0].idle',
      is: 'orders bears 3h of silence from pricing, a stream that ends at the age of 1h',
      fix: "less than '1h', or none",
    },
  ]);
});
