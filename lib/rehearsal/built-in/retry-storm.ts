import { type CallPaths, callPaths } from '../../checks/paths.js';
import { worksOf } from '../../checks/tries.js';
import type { BuiltIn } from './built-in.js';
import { expectationsOf, moment, routesFor, scenarioOn } from './load.js';
import { anyService, type Reach, reaches, serviceFor } from './reach.js';

/** Retries that have nothing to do with the storm: a connection that was just closed. */
const allowance = 0.05;

/** Every instance answers 503, so every retry is one more request for who is in trouble already: what is declared and the budget hold them back. */
export const retryStorm: BuiltIn = {
  name: 'retry-storm',
  about: 'a service answers 503 everywhere for a while; retries stay within what is declared, and end with it',
  scenarioFor(architecture, { target, rate, duration = 24_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, anyService);
    const paths = callPaths(architecture);
    const routes = routesFor(all, service.name);
    const third = duration / 3;
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        instances: { [service.name]: 2 },
        events: [
          { at: moment(third), fail: service.name, status: 503 },
          { at: moment(2 * third), restore: service.name },
        ],
        expect: expectationsOf(routes, (route) =>
          route.depths.has(service.name)
            ? { triesEach: mostTries(paths, route) + allowance, recoveredAfter: moment(2.25 * third) }
            : { failed: 0 },
        ),
      },
    );
  },
};

/** The most that one call on the way can be repeated at the app: a service that answers is not tried for any other reason. */
function mostTries({ hops }: CallPaths, { client, depths }: Reach): number {
  const own = hops.filter(({ by, caller }) => (caller === undefined ? by === client.label : depths.has(caller)));
  return Math.max(1, ...own.flatMap((hop) => hop.rules.map((rule) => worksOf(hop, rule))));
}
