import type { Architecture, ModelPath, Split } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * The shares of a split add up to 100, so that each number is the percentage it looks like.
 *
 * Engines take shares relative to their sum: 90 and 20 would send 18.2 % to the second, not 20 %.
 */
export const weightsAddUp: Check = {
  id: 'weights-add-up',
  severity: 'error',
  why: 'engines divide by the sum, so the version on trial gets another share than the review shows',
  *find(architecture) {
    for (const [at, split] of splitsOf(architecture)) {
      const sum = split.reduce((total, { weight }) => total + weight, 0);
      if (sum === 100) continue;
      const weights = split.map(({ version, weight }) => `${version} ${weight}`).join(' + ');
      yield { at, is: `${weights} = ${sum}, not 100`, fix: `let the shares add up to 100${first(split, sum)}` };
    }
  },
};

/** Where requests are split: `traffic` once, and every rule that says `to` itself. */
function splitsOf({ services }: Architecture): readonly (readonly [ModelPath, readonly Split[]])[] {
  return services.flatMap((service) => {
    const own = service.rules.filter(({ followsTraffic, action }) => action.answer === undefined && !followsTraffic);
    return [[`${service.path}.traffic`, service.traffic] as const, ...own.map(({ path, to }) => [`${path}.to`, to] as const)];
  });
}

/** `: reviews-v1 80, for example` where changing the largest share alone is enough. */
function first(split: readonly Split[], sum: number): string {
  const largest = [...split].sort((one, other) => other.weight - one.weight)[0];
  const left = largest === undefined ? 0 : largest.weight + 100 - sum;
  return largest !== undefined && left > 0 ? `: ${largest.version} ${left}, for example` : '';
}
