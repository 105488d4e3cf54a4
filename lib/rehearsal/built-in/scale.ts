import type { BuiltIn } from './built-in.js';
import { moment, nothingFails, routesFor, scenarioOn } from './load.js';
import { anyService, reaches, serviceFor, versionFor } from './reach.js';

/** Out and in again: callers learn of each instance once it is ready, and that it leaves before it ends. */
export const scale: BuiltIn = {
  name: 'scale',
  about: 'a version scales out to three instances and in again while requests are sent; none is lost',
  scenarioFor(architecture, { target, rate, duration = 20_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, anyService);
    const { id } = versionFor(service, target);
    const routes = routesFor(all, service.name);
    const to = (instances: number, quarter: number) => ({ at: moment((duration * quarter) / 4), scale: id, to: instances });
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        events: [to(3, 1), to(1, 2.5)],
        expect: nothingFails(routes),
      },
    );
  },
};
