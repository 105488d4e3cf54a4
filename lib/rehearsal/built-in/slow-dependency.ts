import { routeHop } from '../../checks/hop.js';
import { callPaths } from '../../checks/paths.js';
import { givenBy } from '../../checks/tries.js';
import type { Architecture } from '../../model/architecture/index.js';
import { type Duration, showDuration } from '../../model/duration.js';
import type { ClientRoute } from '../client-route.js';
import type { BuiltIn } from './built-in.js';
import { expectationsOf, moment, routesFor, scenarioOn } from './load.js';
import { anyService, reaches, serviceFor } from './reach.js';

/** What a client waits besides: the gateway, the ingress, and a machine that is busy with both. Milliseconds. */
const allowance = 1_000;
/** Nobody waits longer than that to see that something is slow. */
const slowest = 10_000;

/** Every instance waits half as long again as its most patient caller does, so no answer comes in time. What holds then is arithmetic: nobody waits longer. */
export const slowDependency: BuiltIn = {
  name: 'slow-dependency',
  about: 'a service answers later than any caller waits; no client waits longer than its path allows, and other routes do not notice',
  scenarioFor(architecture, { target, rate, duration = 24_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, anyService);
    const callers = callPaths(architecture).to(service.name);
    const routes = routesFor(all, service.name);
    const by = Math.min(slowest, Math.round(Math.max(...callers.map(givenBy)) * 1.5));
    const third = duration / 3;
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        events: [
          { at: moment(third), slow: service.name, by: showDuration(by) },
          { at: moment(2 * third), restore: service.name },
        ],
        expect: expectationsOf(routes, ({ client, depths }) =>
          depths.has(service.name) ? { slowest: bound(architecture, client), recoveredAfter: moment(2.25 * third) } : { failed: 0 },
        ),
      },
    );
  },
};

/** How long its client waits at most, as the review's page on paths has it. */
function bound(architecture: Architecture, { gateway, route }: ClientRoute): Duration {
  const [hop] = routeHop(architecture, gateway, route);
  const waits = hop === undefined ? route.timeout : Math.min(route.timeout, callPaths(architecture).wait(hop));
  return showDuration(waits + allowance);
}
