import type { Architecture } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * Every service that listens is reached from a gateway, from a worker, by what it pulls from a queue, or in plaintext by a client outside of the mesh.
 *
 * One that nothing reaches is a leftover, or a forgotten route or call. What only it reaches is named with it: one route helps all of them.
 */
export const servicesAreReached: Check = {
  id: 'services-are-reached',
  severity: 'warning',
  why: 'it runs, is paid for and patched, and nobody can ask it anything',
  *find(architecture) {
    const callees = calleesOf(architecture);
    const reached = closure(entriesOf(architecture), callees);
    const lost = architecture.services.filter(({ name }) => !reached.has(name));
    const called = new Set(lost.flatMap(({ name }) => [...(callees.get(name) ?? [])]));
    // First those that nobody calls; whoever is left then is in a circle, or behind one.
    for (const { name, path } of [...lost.filter((service) => !called.has(service.name)), ...lost]) {
      if (reached.has(name)) continue;
      const before = new Set(reached);
      closure([name], callees, reached);
      const behind = lost.map((service) => service.name).filter((other) => other !== name && reached.has(other) && !before.has(other));
      yield {
        at: path,
        is: `${called.has(name) ? `only what ${name} calls itself calls it` : `no service calls ${name}`}, and no gateway routes to it${behind.length === 0 ? '' : `; nothing else reaches ${several(behind)}`}`,
        fix: 'declare the call or the route that uses it, or remove it; a worker has no `listen`',
      };
    }
  },
};

function entriesOf({ services, gateways, mtls }: Architecture): readonly string[] {
  const workers = services.filter(({ listen, consumes }) => listen === undefined || consumes.length > 0).map(({ name }) => name);
  const routed = gateways.flatMap(({ routes }) => routes.flatMap(({ target }) => (target.kind === 'service' ? [target.name] : [])));
  const plaintext = mtls.mode === 'permissive' ? mtls.clients.flatMap(({ to }) => to) : [];
  return [...workers, ...routed, ...plaintext];
}

function calleesOf({ calls }: Architecture): ReadonlyMap<string, ReadonlySet<string>> {
  const callees = new Map<string, Set<string>>();
  for (const { from, to } of calls) callees.set(from, (callees.get(from) ?? new Set()).add(to));
  return callees;
}

/** Adds all that is reached from `starts`, themselves included. A set hands out what is added while it is walked, so each is visited once. */
function closure(starts: readonly string[], callees: ReadonlyMap<string, ReadonlySet<string>>, known = new Set<string>()): Set<string> {
  const found = new Set(starts);
  for (const service of found) for (const callee of callees.get(service) ?? []) if (!known.has(callee)) found.add(callee);
  for (const service of found) known.add(service);
  return known;
}

/** `b, c`; `b, c, d and 9 more`. */
const several = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
