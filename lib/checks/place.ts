import type { ModelPath, Rule } from '../model/architecture/index.js';
import type { Found } from './check.js';
import type { Hop } from './hop.js';

/**
 * Where to report a hop's timeout or retries: where the value was written, if that is the callee's rule or the hop itself.
 * For shared values (a policy, `mesh.defaults`) and defaults it is the hop, where they can be overridden for it alone. A gateway's route cannot override them:
 * the rule that it meets can, and where the callee has none for it, the route as a whole is named.
 */
export function placeOf(hop: Hop, rule: Rule, field: 'timeout' | 'retries'): ModelPath {
  const source = rule.policy.from[field];
  if (isOwn(source)) return source;
  if (hop.caller !== undefined) return `${hop.path}.${field}`;
  return isWritten(rule) ? `${rule.path}.${field}` : hop.path;
}

/** Where to change it. */
export function remedyOf(hop: Hop, rule: Rule, field: 'timeout' | 'retries'): ModelPath {
  const place = placeOf(hop, rule, field);
  return place === hop.path ? `mesh.defaults.${field}` : place;
}

const isWritten = ({ path }: Rule): boolean => /\.routes\[\d+\]$/.test(path);

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
