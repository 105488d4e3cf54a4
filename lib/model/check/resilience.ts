import { parseDuration } from '../duration.js';
import { member, notAmong, show } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { backOffOf } from '../resolve/resilience.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** The names that a call may fail over to, and those of them that speak TCP. */
interface Names {
  readonly callable: readonly string[];
  readonly workers: readonly string[];
  readonly tcp: readonly string[];
}

/** Values of a policy that contradict each other: of a route, a call, `policies` or `mesh.defaults`. */
export function checkPolicy(walk: Walk, policy: unknown, path: string): void {
  const backOff = at(at(policy, 'retries'), 'backOff');
  const base = parseDuration(at(backOff, 'base')) ?? backOffOf().base;
  const max = parseDuration(at(backOff, 'max'));
  if (max !== undefined && max < base)
    walk.add(`${path}.retries.backOff.max`, `got ${show(at(backOff, 'max'))}, less than the base, ${base}ms; allowed: the base or more`);
  const faults = at(policy, 'faults');
  if (isPlain(faults) && at(faults, 'delay') === undefined && at(faults, 'abort') === undefined)
    walk.add(member(path, 'faults'), 'does nothing; give `delay` or `abort`, or remove it');
}

/** A stream has no timeout, and a try of it none either. */
export function checkStream(walk: Walk, route: unknown, path: string): void {
  if (at(route, 'stream') !== true) return;
  if (at(route, 'timeout') !== undefined)
    walk.add(
      member(path, 'timeout'),
      'a stream has no timeout: it ends after `idle` of silence, or at the age of 1h; remove one of the two',
    );
  if (at(at(route, 'retries'), 'perTry') !== undefined)
    walk.add(`${path}.retries.perTry`, 'a stream is one try, as long as it goes on; remove `perTry` or `stream`');
}

/** What decides which instance takes a request besides the zone that it is in. */
export function checkZones(walk: Walk, service: unknown, name: string, path: string): void {
  if (at(service, 'zones') === undefined) return;
  if (!hasRequests(at(at(service, 'listen'), 'protocol')))
    walk.add(
      member(path, 'zones'),
      `${name} speaks tcp: where its instance in the zone is dead, connecting would be tried there again and again; remove this`,
    );
  else if (isPlain(at(service, 'balance')))
    walk.add(member(path, 'zones'), 'a hash sends equal requests to one instance, in whatever zone it is; remove one of the two');
}

/** What a call over TCP cannot have, and whom a call fails over to. */
export function checkCallResilience(
  walk: Walk,
  { calls, call, callee, caller }: { calls: unknown; call: unknown; callee: string; caller: string },
  path: string,
  { callable, workers, tcp }: Names,
): void {
  if (tcp.includes(callee)) checkTcp(walk, call, callee, path);
  const written = at(call, 'failover');
  if (written === undefined) return;
  const place = member(path, 'failover');
  const targets = Array.isArray(written) ? written : [written];
  const others = callable.filter((each) => each !== callee && each !== caller);
  if (targets.length === 0) return walk.add(place, 'got []; allowed: a callee, or a list of them in order');
  if (tcp.includes(callee)) return walk.add(place, `${callee} speaks no HTTP, and only requests fail over; remove this`);
  for (const [index, target] of (targets as unknown[]).entries()) {
    const here = Array.isArray(written) ? member(place, index) : place;
    if (typeof target !== 'string') walk.add(here, `got ${show(target)}; allowed: the name of a service or external`);
    else if (workers.includes(target)) walk.add(here, `${target} has no \`listen\`, so nothing can ask it; name another`);
    else if (!callable.includes(target)) walk.add(here, notAmong(target, 'another service or external', others));
    else if (target === caller) walk.add(here, `${caller} asks, and cannot answer itself; name another`);
    else if (target === callee) walk.add(here, `${callee} cannot stand in for itself; name another`);
    else if (targets.indexOf(target) !== index) walk.add(here, `names ${target} twice; keep one of them`);
    else if (tcp.includes(target)) walk.add(here, `${target} speaks no HTTP, and only requests fail over; name another`);
    else if (leadsTo(calls, target, callee))
      walk.add(here, `${target} fails over to ${callee} itself, so a request could go round; remove one of the two`);
    else if (!entries(calls).some(([name]) => name === target))
      walk.add(here, `${caller} declares no call to ${target}, so ${target} would refuse it; add \`${target}: {}\` to its calls`);
  }
}

/** Whether a call's fail-over ends, over that of others, at a callee. */
function leadsTo(calls: unknown, from: string, callee: string, seen: readonly string[] = []): boolean {
  const next = [at(at(calls, from), 'failover') ?? []].flat();
  return next.some(
    (each) => each === callee || (typeof each === 'string' && !seen.includes(each) && leadsTo(calls, each, callee, [...seen, from])),
  );
}

/** What is said of requests alone, and why it means nothing for connections. */
const ofRequests: readonly (readonly [keys: readonly string[], why: string])[] = [
  [['faults'], 'trouble is made for requests'],
  [['idle'], 'only requests are ended by silence'],
  [['idempotent'], 'only requests are repeated'],
  [['retries', 'budget'], 'only further tries of requests have a budget'],
  [['retries', 'backOff'], 'connecting is tried again at once'],
];

function checkTcp(walk: Walk, call: unknown, callee: string, path: string): void {
  for (const [keys, why] of ofRequests)
    if (keys.reduce(at, call) !== undefined)
      walk.add(keys.reduce<string>(member, path), `${callee} speaks no HTTP, and ${why}; remove this`);
  for (const field of ['pendingRequests', 'requests'])
    if (at(at(call, 'pool'), field) !== undefined)
      walk.add(`${path}.pool.${field}`, `${callee} speaks no HTTP: it has connections and no requests; remove this`);
  const events = at(at(call, 'retries'), 'on');
  if (Array.isArray(events) && events.some((event) => event !== 'unprocessed'))
    walk.add(`${path}.retries.on`, `${callee} speaks no HTTP, so only connecting is tried again; allowed: ["unprocessed"]`);
}
