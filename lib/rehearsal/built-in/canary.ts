import type { BuiltIn } from './built-in.js';
import { moment, nothingFails, routesFor, scenarioOn } from './load.js';
import { type Fits, reaches, serviceFor, versionFor } from './reach.js';

const twoVersions: Fits = {
  test: ({ versions }) => versions.length > 1,
  needs: 'it needs a service with two versions that a client route leads to',
  noun: 'a service with two versions that a client route leads to',
};

/** The version that takes over is the last one declared that has not most of the traffic already. */
export const canary: BuiltIn = {
  name: 'canary',
  about: 'a version takes 10, 50, then 100 % of the requests while they are sent; none is lost',
  scenarioFor(architecture, { target, rate, duration = 24_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, twoVersions);
    const old = versionFor(service, undefined);
    const [fresh] = service.versions
      .filter(({ id }) => id !== old.id && (target === service.name || target === undefined || id === target))
      .slice(-1);
    const next = fresh ?? service.versions.find(({ id }) => id !== old.id)!;
    const routes = routesFor(all, service.name);
    const shift = (quarter: number, share: number) => ({
      at: moment((duration * quarter) / 4),
      shift: service.name,
      to: { [old.name!]: 100 - share, [next.name!]: share },
    });
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        events: [shift(1, 10), shift(2, 50), shift(3, 100)],
        expect: nothingFails(routes),
      },
    );
  },
};
