import { objectivesAreReachable } from '../../lib/checks/objectives-are-reachable.js';
import { architecture, found, gateway, service } from './build.js';

const promising = (availability?: number, p99?: string, own: object = {}) =>
  service({ objective: { availability, latency: p99 === undefined ? undefined : { p99 } }, ...own });
const shop = (orders: object, others: object = {}) => architecture({ orders, ...others }, gateway({ 'GET /orders': { to: 'orders' } }));
const calling = (...callees: string[]) => ({ calls: Object.fromEntries(callees.map((callee) => [callee, {}])) });

test('more availability than the callees promise together is found, with the product of each distinct one', () => {
  const subject = shop(promising(99.9, undefined, calling('pricing', 'stock', 'silent')), {
    pricing: promising(99.95),
    stock: promising(99.9, undefined, calling('pricing')),
    silent: service(),
  });
  expect(found(objectivesAreReachable, subject)).toEqual([
    {
      at: 'services.orders.objective.availability',
      is: 'orders promises 99.9 %, and what it calls promises less: pricing 99.95 % × stock 99.9 % = 99.85 %',
      fix: { set: 'services.orders.objective.availability', to: '99.85' },
    },
  ]);
});

test('exactly as much as the callees together is reachable, and so is each applied fix', () => {
  const three = { pricing: promising(99.95), stock: promising(99.9), mail: promising(99.9) };
  const [finding] = found(objectivesAreReachable, shop(promising(99.8, undefined, calling(...Object.keys(three))), three));
  expect(finding).toMatchObject({ is: expect.stringContaining('= 99.75 %'), fix: { to: '99.75' } });
  expect(found(objectivesAreReachable, shop(promising(99.75, undefined, calling(...Object.keys(three))), three))).toEqual([]);
  expect(found(objectivesAreReachable, shop(promising(99.95, undefined, calling('pricing')), three))).toEqual([]);
});

test('promises are not multiplied down the path: a callee’s promise includes its own callees', () => {
  const subject = shop(promising(99.9, undefined, calling('stock')), {
    stock: promising(99.9, undefined, calling('pricing')),
    pricing: promising(99.9),
  });
  expect(found(objectivesAreReachable, subject)).toEqual([]);
});

test('what fails over, and what not every request asks for, is not required', () => {
  const calls = { pricing: { failover: 'stock' }, stock: { fanOut: 0.01 } };
  expect(
    found(objectivesAreReachable, shop(promising(99.99, '10ms', { calls }), { pricing: promising(99, '1s'), stock: promising(99, '1s') })),
  ).toEqual([]);
});

test('who promises to be faster than a callee is found, with the slowest one', () => {
  const subject = shop(promising(undefined, '500ms', calling('pricing', 'stock')), {
    pricing: promising(undefined, '600ms'),
    stock: promising(undefined, '1s'),
  });
  expect(found(objectivesAreReachable, subject)).toEqual([
    {
      at: 'services.orders.objective.latency.p99',
      is: 'orders promises 500ms at p99 and calls stock, which promises 1s, and 1 more of its callees are slower than that too',
      fix: { set: 'services.orders.objective.latency.p99', to: "'1s'" },
    },
  ]);
});

test('percentiles do not add up: two callees of 400ms each leave 500ms possible', () => {
  const subject = shop(promising(undefined, '500ms', calling('pricing', 'stock')), {
    pricing: promising(undefined, '400ms'),
    stock: promising(undefined, '400ms'),
  });
  expect(found(objectivesAreReachable, subject)).toEqual([]);
});

test('a promise that lasts longer than a caller waits is found; as long is fine', () => {
  const timed = (timeout: string) => shop(service({ calls: { pricing: { timeout } } }), { pricing: promising(undefined, '1500ms') });
  expect(found(objectivesAreReachable, timed('1s'))).toEqual([
    {
      at: 'services.pricing.objective.latency.p99',
      is: 'pricing promises 1.5s at p99, and orders waits 1s for it',
      fix: 'promise 1s or less here, or give orders → pricing at least 1.5s a try',
    },
  ]);
  expect(found(objectivesAreReachable, timed('1500ms'))).toEqual([]);
});

test('who promises nothing is none of its business', () =>
  expect(found(objectivesAreReachable, shop(service(calling('pricing')), { pricing: promising(50, '500ms') }))).toEqual([]));
