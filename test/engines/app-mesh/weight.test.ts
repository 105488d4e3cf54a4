import { isExact, percents } from '../../../lib/engines/app-mesh/weight.js';

const splits = (...weights: number[]) => weights.map((weight, index) => ({ version: `v${index}`, weight }));

test.each([
  [[90, 10], [90, 10], true],
  [[1, 1, 2], [25, 25, 50], true],
  [[1, 1, 1], [34, 33, 33], false],
  [[1, 999], [0, 100], false],
  [[0, 7], [0, 100], true],
  [[0, 0], [0, 0], true],
])('%j becomes %j percent', (weights, expected, exact) => {
  expect(percents(splits(...weights))).toEqual(expected);
  expect(isExact(splits(...weights))).toBe(exact);
});
