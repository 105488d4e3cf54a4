import type { ModelPath, Rule } from '../model/architecture/index.js';
import type { Found } from './check.js';
import type { Hop } from './hop.js';

/**
 * Where to report, and change, a hop's timeout or retries: where the value was written, if that is the callee's rule or the hop itself.
 * For shared values (a policy, `mesh.defaults`) and defaults it is the hop, where they can be overridden for it alone.
 */
export function placeOf(hop: Hop, { policy }: Rule, field: 'timeout' | 'retries'): ModelPath {
  const source = policy.from[field];
  return isOwn(source) ? source : `${hop.path}.${field}`;
}

/** ` (from mesh.defaults.timeout)` where a value is not written at the place that a finding names. */
export function sourceOf({ policy }: Rule, field: 'timeout' | 'retries'): string {
  const source = policy.from[field];
  return isOwn(source) ? '' : source === 'default' ? ' (the default)' : ` (from ${source})`;
}

const isOwn = (source: ModelPath): boolean => source.startsWith('services.') || source.startsWith('gateways.');

/** One finding for each place, where several hops share what is wrong: the first, with how many more there are. */
export function oncePerPlace(found: Iterable<Found>): Found[] {
  const places = new Map<ModelPath, { first: Found; more: number }>();
  for (const each of found) {
    const known = places.get(each.at);
    if (known === undefined) places.set(each.at, { first: each, more: 0 });
    else if (known.first.is !== each.is) known.more += 1;
  }
  return [...places.values()].map(({ first, more }) =>
    more === 0 ? first : { ...first, is: `${first.is}\nthe same for ${more} more of its callers` },
  );
}
