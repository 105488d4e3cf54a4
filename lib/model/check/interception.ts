import { parseCidr } from '../cidr.js';
import { show } from '../problem.js';
import { at, isPlain, items, type Walk } from './walk.js';

/** What an intercepted app may ask directly: ranges that are ranges, everything once. */
export function checkInterception(walk: Walk, service: unknown, path: string): void {
  const interception = at(service, 'interception');
  if (!isPlain(interception)) return;
  for (const field of ['bypassPorts', 'bypassAddresses'] as const) {
    const seen = new Set<unknown>();
    for (const [place, each] of items(interception[field], `${path}.interception.${field}`)) {
      const range = typeof each === 'string' ? parseCidr(each) : undefined;
      if (typeof range === 'string') walk.add(place, `got ${show(each)}; ${range}`);
      if (seen.has(each)) walk.add(place, `says ${show(each)} twice; keep one of them`);
      seen.add(each);
    }
  }
}
