import type { Architecture, Call } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * No service waits, over its calls, for itself.
 *
 * In a circle nothing bounds tries, load or latency but the timeouts, and no service of it can be deployed after what it needs.
 */
export const callsAreAcyclic: Check = {
  id: 'calls-are-acyclic',
  severity: 'error',
  why: 'a request can go round until a timeout ends it, and one slow service then holds up all of them',
  *find(architecture) {
    const calls = new Map<string, readonly Call[]>();
    for (const call of architecture.calls) calls.set(call.from, [...(calls.get(call.from) ?? []), call]);
    const reported = new Set<string>();
    for (const service of namesOf(architecture)) {
      if (reported.has(service)) continue;
      const circle = shortestCircle(service, calls);
      if (circle === undefined) continue;
      for (const { from } of circle) reported.add(from);
      yield {
        at: circle[0]!.path,
        is: `${circle.map(({ from }) => from).join(' → ')} → ${service}: each waits for the next`,
        fix: 'take one of these calls out, or let the answer travel with the request',
      };
    }
  },
};

const namesOf = ({ services }: Architecture): string[] => services.map(({ name }) => name);

/** Breadth first, so that the message shows the shortest way round. */
function shortestCircle(start: string, calls: ReadonlyMap<string, readonly Call[]>): readonly Call[] | undefined {
  const seen = new Set<string>();
  let ways: (readonly Call[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Call[])[] = [];
    for (const way of ways) {
      for (const call of calls.get(way.at(-1)?.to ?? start) ?? []) {
        if (call.to === start) return [...way, call];
        if (seen.has(call.to)) continue;
        seen.add(call.to);
        longer.push([...way, call]);
      }
    }
    ways = longer;
  }
  return undefined;
}
