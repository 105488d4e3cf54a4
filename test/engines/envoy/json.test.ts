import { duration, optional } from '../../../lib/engines/envoy/json.js';

test.each([
  [0, '0s'],
  [25, '0.025s'],
  [1500, '1.5s'],
  [3_600_000, '3600s'],
])('%i ms is %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

test('a field without a value is not there, one that is zero is', () => {
  expect([optional('a', undefined), optional('a', 0)]).toEqual([{}, { a: 0 }]);
});
