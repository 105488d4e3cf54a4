import type { BuiltIn } from './built-in.js';
import { moment, nothingFails, routesFor, scenarioOn } from './load.js';
import { anyService, reaches, serviceFor } from './reach.js';

/** Twice, so that a certificate that was itself rotated in is rotated out again. */
export const rotateCertificates: BuiltIn = {
  name: 'rotate-certificates',
  about: 'every identity gets a new key and certificate, twice, while requests are sent; none is lost',
  scenarioFor(architecture, { target, rate, duration = 20_000 }) {
    const all = reaches(architecture);
    const service = serviceFor(architecture, all, target, anyService);
    const routes = routesFor(all, service.name);
    const rotate = (quarters: number) => ({ at: moment((duration * quarters) / 4), rotate: 'certificates' as const });
    return scenarioOn(
      this,
      { routes, rate, duration },
      {
        events: [rotate(1), rotate(2)],
        expect: nothingFails(routes),
      },
    );
  },
};
