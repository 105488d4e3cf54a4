import * as leaf from '../leaf/index.js';
import { member, notAmong, show } from '../problem.js';
import { checkAction } from './action.js';
import { checkMatch, type Matched } from './match.js';
import { checkPolicy, checkStream } from './resilience.js';
import { checkUpgrade } from './upgrade.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** How a service's requests are split, and the rules that say otherwise for some. */
export function checkRoutes(walk: Walk, service: unknown, path: string, matched: Matched): void {
  const versions = entries(at(service, 'versions')).map(([version]) => version);
  const traffic = at(service, 'traffic');
  if (traffic !== undefined) checkSplit(walk, traffic, member(path, 'traffic'), versions);
  else if (versions.length > 1)
    walk.add(member(path, 'traffic'), `is missing: how are requests split among ${versions.join(', ')}? such as { ${versions[0]}: 100 }`);
  const routes = at(service, 'routes');
  if (routes !== undefined && !Array.isArray(routes))
    return walk.add(member(path, 'routes'), `got ${show(routes)}; allowed: a list of routes, first match wins`);
  for (const [place, route] of items(routes, member(path, 'routes'))) {
    walk.leaf(leaf.route, route, place, ['to', 'mirror', 'acknowledge']);
    checkAction(walk, route, place, versions);
    checkPolicy(walk, route, place);
    checkStream(walk, route, place);
    checkUpgrade(walk, route, place, service);
    checkMatch(walk, at(at(route, 'faults'), 'when'), `${place}.faults.when`, matched);
    walk.acknowledge(at(route, 'acknowledge'), member(place, 'acknowledge'));
    const to = at(route, 'to');
    if (typeof to === 'string') walk.reference(to, member(place, 'to'), 'a version', versions);
    else if (to !== undefined) checkSplit(walk, to, member(place, 'to'), versions, 'a version, or ');
    checkMatch(walk, at(route, 'match'), member(place, 'match'), matched);
  }
}

/** Weights of declared versions, not all 0. That they add up to 100 is a check's business. */
function checkSplit(walk: Walk, split: unknown, path: string, versions: readonly string[], or = ''): void {
  if (!isPlain(split))
    return walk.add(path, `got ${show(split)}; allowed: ${or}weights by version, such as { ${versions[0] ?? 'v1'}: 100 }`);
  for (const [version, weight] of entries(split)) {
    if (!versions.includes(version)) walk.add(member(path, version), notAmong(version, 'a version', versions));
    if (!Number.isInteger(weight) || (weight as number) < 0 || (weight as number) > 100)
      walk.add(member(path, version), `got ${show(weight)}; allowed: a whole number from 0 to 100`);
  }
  if (entries(split).every(([, weight]) => weight === 0))
    walk.add(path, 'sends requests to no version; allowed: at least one weight above 0');
}
