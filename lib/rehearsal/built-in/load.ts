import { type Duration, showDuration } from '../../model/duration.js';
import type { ExpectationSpec, LoadSpec, ScenarioSpec } from '../spec.js';
import type { BuiltIn } from './built-in.js';
import { isRepeatable, type Reach } from './reach.js';

/** Requests a second, all together, where nobody says. */
const usualRate = 60;
/** Calls a second inside the mesh that one machine carries without being busy, stubs and all Envoys together: two cores carry twice that. */
const mostCalls = 300;
/** Routes that are asked: more would make each too thin to see anything. */
const mostRoutes = 8;
/** Of what a throttle lets through: a refusal by it would look like a fault. */
const share = 0.8;

/** The routes that a rehearsal asks: those that lead to its service first. */
export function routesFor(all: readonly Reach[], service: string): readonly Reach[] {
  const leading = all.filter(({ depths }) => depths.has(service));
  const others = all.filter(({ depths }) => !depths.has(service));
  return [...leading, ...others].slice(0, mostRoutes);
}

/** Nine of ten requests to routes that may be asked twice, as with most apps; the rest to the others. */
function loadOf(routes: readonly Reach[], asked: number | undefined): Record<string, LoadSpec> {
  const calls = routes.reduce((sum, each) => sum + each.calls, 0) / routes.length;
  const rate = asked ?? Math.max(1, Math.min(usualRate, Math.floor(mostCalls / calls)));
  const reads = routes.filter(({ client }) => isRepeatable(client)).length;
  const writes = routes.length - reads;
  const rates = routes.map(({ client }) => {
    const [part, among] = isRepeatable(client) ? [writes === 0 ? 1 : 0.9, reads] : [reads === 0 ? 1 : 0.1, writes];
    return Math.min((rate * part) / among, client.throttle * share);
  });
  return Object.fromEntries(
    routes.map(({ client }, index) => [client.label, { rate: Math.max(0.1, Math.round(rates[index]! * 10) / 10) }]),
  );
}

/** A built-in's scenario on these routes: what every one of them says, and what happens and is expected in this one. */
export const scenarioOn = (
  { name, about }: Pick<BuiltIn, 'name' | 'about'>,
  { routes, rate, duration }: { readonly routes: readonly Reach[]; readonly rate: number | undefined; readonly duration: number },
  own: Pick<ScenarioSpec, 'instances' | 'events' | 'expect'>,
): ScenarioSpec => ({ name, about, duration: showDuration(duration), load: loadOf(routes, rate), ...own });

/** Nothing may fail, on any route. */
export const nothingFails = (routes: readonly Reach[]): Record<string, ExpectationSpec> => expectationsOf(routes, () => ({ failed: 0 }));

/** What is expected of each route; nothing of those for which nothing is said. */
export const expectationsOf = (
  routes: readonly Reach[],
  of: (route: Reach) => ExpectationSpec | undefined,
): Record<string, ExpectationSpec> =>
  Object.fromEntries(
    routes.flatMap((route) => {
      const expected = of(route);
      return expected === undefined ? [] : [[route.client.label, expected]];
    }),
  );

/** A moment that reads well: whole tenths of a second. */
export const moment = (milliseconds: number): Duration => showDuration(Math.round(milliseconds / 100) * 100);
