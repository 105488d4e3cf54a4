import type { Architecture } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * Every service that listens is reached from a gateway, from a worker or by what it pulls from a queue.
 *
 * One that nothing reaches is a leftover, or a forgotten route or call.
 */
export const servicesAreReached: Check = {
  id: 'services-are-reached',
  severity: 'warning',
  why: 'it runs, is paid for and patched, and nobody can ask it anything',
  *find(architecture) {
    const reached = reachedIn(architecture);
    for (const { name, path } of architecture.services) {
      if (reached.has(name)) continue;
      const callers = architecture.calls.filter(({ to }) => to === name).map(({ from }) => from);
      const who =
        callers.length === 0
          ? `no service calls ${name}`
          : `only ${callers.join(', ')} ${callers.length === 1 ? 'calls' : 'call'} ${name}, which nothing reaches`;
      yield {
        at: path,
        is: `${who}, and no gateway routes to it`,
        fix: 'declare the call or the route that uses it, or remove it; a worker has no `listen`',
      };
    }
  },
};

function reachedIn({ services, gateways, calls }: Architecture): ReadonlySet<string> {
  const workers = services.filter(({ listen, consumes }) => listen === undefined || consumes.length > 0).map(({ name }) => name);
  const routed = gateways.flatMap(({ routes }) => routes.flatMap(({ target }) => (target.kind === 'service' ? [target.name] : [])));
  const callees = new Map<string, string[]>();
  for (const { from, to } of calls) callees.set(from, [...(callees.get(from) ?? []), to]);
  const reached = new Set([...workers, ...routed]);
  // A set hands out what is added while it is walked, so this visits each service once.
  for (const service of reached) for (const callee of callees.get(service) ?? []) reached.add(callee);
  return reached;
}
