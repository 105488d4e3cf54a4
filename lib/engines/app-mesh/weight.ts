import type { Split } from '../../model/architecture/index.js';

/** App Mesh takes whole percents: the shares rounded so that they add up to 100, the largest remainders first. All 0 where the weights are. */
export function percents(splits: readonly Split[]): number[] {
  const sum = splits.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return splits.map(() => 0);
  const exact = splits.map(({ weight }) => (weight / sum) * 100);
  const rounded = exact.map(Math.floor);
  const short = 100 - rounded.reduce((total, share) => total + share, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, short)) rounded[index]! += 1;
  return rounded;
}

/** Whether whole percents say exactly what was declared. */
export function isExact(splits: readonly Split[]): boolean {
  const sum = splits.reduce((total, { weight }) => total + weight, 0);
  return sum === 0 || splits.every(({ weight }) => (weight * 100) % sum === 0);
}
