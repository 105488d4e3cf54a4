import { trailOf } from '../../../bin/start/trail.js';
import type { CallReport, StubAnswer } from '../../../lib/twin/index.js';

const answer = (service: string, calls: CallReport[] = [], version?: string): StubAnswer => ({
  service,
  version,
  instance: 1,
  method: 'GET',
  path: '/',
  calledBy: undefined,
  principal: undefined,
  route: undefined,
  headers: {},
  calls,
});
const call = (to: string, answered: unknown, status: CallReport['status'] = 200): CallReport => ({ to, status, ms: 1, answer: answered });

test('one call after the other is one line of arrows', () => {
  expect(trailOf(answer('a', [call('b', answer('b', [call('c', answer('c', [], 'v1'))]))]))).toBe('a → b → c v1');
});

test('several calls stand in brackets, equal ones once with their number', () => {
  const pricing = call('pricing', answer('pricing', [], 'v1'));
  expect(trailOf(answer('orders', [call('catalog', answer('catalog', [pricing, pricing])), call('db', 'hello', 'connected')]))).toBe(
    'orders → (catalog → pricing v1 ×2, db)',
  );
});

test('a call that did not succeed shows its status', () => {
  expect(trailOf(answer('orders', [call('catalog', 'no healthy upstream', 503)]))).toBe('orders → catalog 503');
});
