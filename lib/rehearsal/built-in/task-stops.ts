import type { Architecture, Service } from '../../model/architecture/index.js';
import type { BuiltIn } from './built-in.js';
import { moment, nothingFails, routesFor, scenarioOn } from './load.js';
import { anyService, type Reach, reaches, serviceFor, versionFor } from './reach.js';

/** Tasks that are replaced: more would take longer than somebody watches. */
const mostTasks = 6;
/** What a task takes, until its successor is ready and it has drained, with time between. Milliseconds. */
const each = 4_000;

/** A rolling deployment of everything that matters most. In this order nothing is lost, so nothing has to be repeatable. */
export const taskStops: BuiltIn = {
  name: 'task-stops',
  about: 'tasks are replaced one after the other, as a deployment does: each drains before its app stops; no request is lost',
  scenarioFor(architecture, { target, rate, duration }) {
    const all = reaches(architecture);
    const chosen = serviceFor(architecture, all, target, anyService);
    const routes = routesFor(all, chosen.name);
    const services = target === undefined ? busiest(architecture, routes) : [chosen];
    const tasks = services.reduce((sum, { versions }) => sum + versions.length, 0);
    const length = duration ?? (tasks + 1) * each;
    let before = 0;
    const events = services.map(({ name, versions }) => {
      const at = moment((length * (before + 0.5)) / (tasks + 1));
      before += versions.length;
      return { at, replace: target !== undefined && target !== name ? versionFor(chosen, target).id : name };
    });
    return scenarioOn(
      this,
      { routes, rate, duration: length },
      {
        events,
        expect: nothingFails(routes),
      },
    );
  },
};

/** Those that most of the routes lead to, the deepest of several first, as many as are replaced in good time; one in any case. */
function busiest({ services }: Architecture, routes: readonly Reach[]): Service[] {
  const on = (service: Service) => routes.filter(({ depths }) => depths.has(service.name));
  const deepest = (service: Service) => Math.max(...on(service).map(({ depths }) => depths.get(service.name)!));
  const used = services.filter((service) => on(service).length > 0);
  const sorted = used.sort((one, other) => on(other).length - on(one).length || deepest(other) - deepest(one));
  let tasks = 0;
  return sorted.filter(({ versions }, index) => {
    if (index > 0 && tasks + versions.length > mostTasks) return false;
    tasks += versions.length;
    return true;
  });
}
