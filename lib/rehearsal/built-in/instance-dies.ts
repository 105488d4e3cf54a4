import type { BuiltIn } from './built-in.js';
import { expectationsOf, moment, routesFor, scenarioOn } from './load.js';
import { anyService, isRepeatable, reaches, serviceFor, versionFor } from './reach.js';

/** Nothing is promised to requests that must not be sent twice: one that is under way when its instance dies is lost, and nobody knows what became of it. */
export const instanceDies: BuiltIn = {
  name: 'instance-dies',
  about: 'one of two instances dies with its sidecar; no request that may be repeated is lost',
  scenarioFor(architecture, { target, rate, duration = 30_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, anyService);
    const { id } = versionFor(service, target);
    const routes = routesFor(all, service.name);
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        instances: { [id]: 2 },
        events: [{ at: moment(duration / 3), kill: `${id}#2` }],
        expect: expectationsOf(routes, ({ client }) => (isRepeatable(client) ? { failed: 0 } : undefined)),
      },
    );
  },
};
