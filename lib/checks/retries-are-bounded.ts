import { grouped } from '../count.js';
import type { Check } from './check.js';
import { routeHop } from './hop.js';
import { letThrough } from './let-through.js';
import { capacityOf, loadsOf, showRate, showSpread } from './load.js';
import { callPaths } from './paths.js';

/**
 * With every retry that the declaration allows, what a client route lets through stays within what its services carry.
 *
 * Tries multiply along a path. Each Envoy's retry budget (20 % of what it has under way, at least 3 at once) holds them back, and counts here.
 */
export const retriesAreBounded: Check = {
  id: 'retries-are-bounded',
  severity: 'warning',
  why: 'when the callee begins to fail, retries alone keep it above what it carries, so it cannot recover',
  *find(architecture) {
    const paths = callPaths(architecture);
    const services = new Map(architecture.services.map((service) => [service.name, service]));
    for (const gateway of architecture.gateways) {
      for (const route of gateway.routes) {
        const [first] = routeHop(architecture, gateway.name, route);
        if (first === undefined) continue;
        const { rate, says } = letThrough(gateway, route);
        for (const { callee, nominal, budgeted } of loadsOf(architecture, paths, first, rate) ?? []) {
          const service = services.get(callee);
          const capacity = service === undefined ? undefined : capacityOf(service);
          if (capacity === undefined || nominal > capacity.most || budgeted <= capacity.most) continue;
          const ways = (paths.spread(first) ?? []).filter(({ hop }) => hop.to === callee);
          const works = ways.reduce((sum, way) => sum + way.works, 0);
          yield {
            at: route.at,
            is: [
              `one ${first.by} can become ${grouped(works)} requests at ${callee}: ${ways.map((way) => showSpread(way, way.works)).join(' + ')}`,
              `throttle ${says} makes ${showRate(nominal)}, with retries ${showRate(budgeted)} > ${showRate(capacity.most)} (${capacity.arithmetic})`,
            ].join('\n'),
            fix: `fewer tries on the way to ${callee}, a lower throttle, or more instances of it`,
          };
        }
      }
    }
  },
};
