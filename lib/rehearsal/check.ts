import type { Architecture } from '../model/architecture/index.js';
import { at, entries, isPlain, Walk } from '../model/check/walk.js';
import { parseDuration, showDuration } from '../model/duration.js';
import { member, notAmong, type Problem, show, wrong } from '../model/problem.js';
import { checkEvents } from './check-event.js';
import { type ClientRoute, clientRoutes, parametersOf } from './client-route.js';
import * as leaf from './leaf.js';

/** What a scenario has besides its own values. */
const maps = ['load', 'instances', 'events', 'expect'];
const mostTogether = 1_000;

/** Everything that is wrong with a scenario for this architecture. Never throws. */
export function checkScenario(data: unknown, architecture: Architecture): Problem[] {
  const walk = new Walk();
  if (!isPlain(data)) {
    walk.add('', wrong(data, 'a scenario: { name, duration, load, events, expect }'));
    return walk.problems;
  }
  walk.leaf(leaf.scenario, data, '', maps);
  const duration = parseDuration(at(data, 'duration'));
  if (duration !== undefined && duration > leaf.longest)
    walk.add('duration', `got ${show(at(data, 'duration'))}; allowed: at most ${showDuration(leaf.longest)}`);
  const routes = clientRoutes(architecture);
  checkLoads(walk, at(data, 'load'), routes);
  checkInstances(walk, at(data, 'instances'), architecture);
  checkEvents(walk, at(data, 'events'), architecture, { duration, instances: at(data, 'instances') });
  checkExpectations(walk, data, routes, duration);
  return walk.problems;
}

function checkLoads(walk: Walk, loads: unknown, routes: readonly ClientRoute[]): void {
  if (entries(loads).length === 0) {
    return walk.add('load', wrong(loads, 'rates by client route, such as { "GET /products/{id}": { rate: 20 } }'));
  }
  let together = 0;
  for (const [key, load] of entries(loads)) {
    const path = member('load', key);
    const found = findRoute(routes, key);
    if (typeof found === 'string') walk.add(path, found);
    else checkParameters(walk, load, path, found);
    walk.leaf(leaf.load, load, path);
    const rate = at(load, 'rate');
    if (typeof rate === 'number') together += rate;
  }
  if (together > mostTogether) walk.add('load', `${together} requests a second, all together; allowed: ${mostTogether}`);
}

function checkParameters(walk: Walk, load: unknown, path: string, { label, route }: ClientRoute): void {
  const known = parametersOf(route.path);
  for (const [name, value] of entries(at(load, 'parameters'))) {
    const place = member(member(path, 'parameters'), name);
    if (!known.includes(name)) walk.add(place, notAmong(name, `a parameter of ${label}`, known));
    else if (value === '') walk.add(place, 'got ""; allowed: a segment of a path, not an empty one');
  }
}

/** A route by its label, or by its key where one gateway alone has it; in words what is wrong otherwise. */
export function findRoute(routes: readonly ClientRoute[], key: string): ClientRoute | string {
  const exact = routes.find(({ label }) => label === key);
  if (exact !== undefined) return exact;
  const same = routes.filter(({ route }) => route.key === key);
  if (same.length === 1) return same[0]!;
  if (same.length > 1) return `several gateways have ${show(key)}; say which: ${same.map(({ label }) => show(label)).join(' or ')}`;
  return notAmong(
    key,
    'a client route',
    routes.map(({ label }) => label),
  );
}

function checkInstances(walk: Walk, written: unknown, { services }: Architecture): void {
  if (written === undefined) return;
  const names = new Set(services.flatMap(({ name, versions }) => [name, ...versions.map(({ id }) => id)]));
  const count = (value: unknown, path: string): void => {
    const { error } = leaf.instances.safeParse(value);
    if (error !== undefined) walk.add(path, wrong(value, error.issues[0]!.message));
  };
  if (!isPlain(written)) return count(written, 'instances');
  for (const [name, value] of entries(written)) {
    if (!names.has(name)) walk.add(member('instances', name), notAmong(name, 'a service or a version', [...names]));
    count(value, member('instances', name));
  }
}

function checkExpectations(walk: Walk, data: unknown, routes: readonly ClientRoute[], duration: number | undefined): void {
  const expected = at(data, 'expect');
  if (entries(expected).length === 0) {
    return walk.add('expect', wrong(expected, 'expectations by client route, such as { "GET /products/{id}": { failed: 0 } }'));
  }
  const loaded = entries(at(data, 'load')).map(([key]) => findRoute(routes, key));
  for (const [key, each] of entries(expected)) {
    const path = member('expect', key);
    const found = findRoute(routes, key);
    if (typeof found === 'string') walk.add(path, found);
    else if (!loaded.includes(found)) walk.add(path, `nothing is sent to ${found.label}; add it to load, or expect nothing of it`);
    walk.leaf(leaf.expectation, each, path);
    if (isPlain(each) && entries(each).length === 0) walk.add(path, 'expects nothing; say what, such as { failed: 0 }');
    const recovered = parseDuration(at(each, 'recoveredAfter'));
    if (recovered !== undefined && duration !== undefined && recovered >= duration) {
      walk.add(
        member(path, 'recoveredAfter'),
        `${showDuration(recovered)} is not before the end at ${showDuration(duration)}: nothing would be judged`,
      );
    }
  }
}
