import type { Architecture } from '../model/architecture/index.js';
import type { Check, Found } from './check.js';
import { type Diverted, divertedLoads, showDiverted } from './diverted.js';
import { routeHop } from './hop.js';
import { letThrough } from './let-through.js';
import { capacityOf, showRate } from './load.js';
import { callPaths } from './paths.js';

/**
 * Who stands in for a callee carries its load on top of what others ask.
 *
 * When the first is down, all of its requests go to the second at once, as many as the client routes let through.
 */
export const failoverIsCarried: Check = {
  id: 'failover-is-carried',
  severity: 'warning',
  why: 'fail-over is used on a bad day only, and on that day the one that stands in breaks under a load it has never had',
  *find(architecture) {
    const worst = new Map<string, { readonly moved: Diverted; readonly by: string; readonly says: string }>();
    for (const each of movedOnRoutes(architecture)) {
      const key = `${each.moved.path} ${each.moved.target}`;
      const known = worst.get(key)?.moved;
      if (known === undefined || known.diverted + known.anyway < each.moved.diverted + each.moved.anyway) worst.set(key, each);
    }
    for (const { moved, by, says } of worst.values()) {
      const { callee, target, callers, path, diverted, anyway } = moved;
      const service = architecture.services.find(({ name }) => name === target);
      const capacity = service === undefined ? undefined : capacityOf(service);
      if (capacity === undefined || diverted + anyway <= capacity.most) continue;
      yield {
        at: `${path}.failover`,
        is: [
          `when ${callee} is down, ${target} gets what ${callers.join(' and ')} ${callers.length === 1 ? 'asks' : 'ask'} of it${anyway === 0 ? '' : ', besides what others ask'}`,
          `${by} at its throttle of ${says}: ${showDiverted(moved)} > ${showRate(capacity.most)} (${capacity.arithmetic})`,
        ].join('\n'),
        fix: `more instances of ${target}, a lower throttle, or accept that it carries a part`,
      } satisfies Found;
    }
  },
};

function* movedOnRoutes(architecture: Architecture): Iterable<{ readonly moved: Diverted; readonly by: string; readonly says: string }> {
  if (architecture.calls.every(({ failover }) => failover.length === 0)) return;
  const paths = callPaths(architecture);
  for (const gateway of architecture.gateways) {
    for (const route of gateway.routes) {
      const { rate, says } = letThrough(gateway, route);
      for (const hop of routeHop(architecture, gateway.name, route))
        for (const moved of divertedLoads(architecture, paths, hop, rate)) yield { moved, by: hop.by, says };
    }
  }
}
