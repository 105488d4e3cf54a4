import { parseCidr } from '../cidr.js';
import { member, show } from '../problem.js';
import { at, isPlain, type Walk } from './walk.js';

/** What an intercepted app may ask directly: ranges that are ranges, everything once. */
export function checkInterception(walk: Walk, service: unknown, path: string): void {
  const interception = at(service, 'interception');
  if (!isPlain(interception)) return;
  for (const field of ['bypassPorts', 'bypassAddresses'] as const) {
    const list = interception[field];
    for (const [index, each] of Array.isArray(list) ? list.entries() : []) {
      const place = member(member(member(path, 'interception'), field), index);
      const range = typeof each === 'string' ? parseCidr(each) : undefined;
      if (typeof range === 'string') walk.add(place, `got ${show(each)}; ${range}`);
      if ((list as unknown[]).indexOf(each) < index) walk.add(place, `says ${show(each)} twice; keep one of them`);
    }
  }
}
