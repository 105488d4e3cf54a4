import type { Faults, ModelPath } from '../architecture/index.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { PlainService, PlainSpec } from '../spec/plain.js';
import type { FaultsSpec } from '../spec/resilience.js';
import { headersOf } from './match.js';

/** As written at `place`: on a call, or on a route. */
export function faultsOf(spec: FaultsSpec | undefined, place: ModelPath): Faults | undefined {
  if (spec === undefined) return undefined;
  const { delay, abort, when } = spec;
  return {
    path: member(place, 'faults'),
    delay: delay && { by: parseDuration(delay.by)!, percent: delay.percent },
    abort,
    when: headersOf(when?.headers),
  };
}

/** What people call it, whether or not they mark it. */
const productionNames: readonly string[] = ['prod', 'production'];

/** The declaration with the faults that act in this environment: none in production, unless they name it; elsewhere all that name none, or this one. */
export function actingIn(spec: PlainSpec, environment: string): PlainSpec {
  const production = spec.environments?.[environment]?.production === true || productionNames.includes(environment);
  const acts = (faults: FaultsSpec) => (faults.in === undefined ? !production : faults.in.includes(environment));
  const keep = <T extends { faults?: FaultsSpec }>(each: T): T => {
    if (each?.faults === undefined || acts(each.faults)) return each;
    const { faults: _, ...rest } = each;
    return rest as T;
  };
  const services = Object.entries(spec.services ?? {}).map(([name, service]): [string, PlainService] => [
    name,
    {
      ...service,
      ...(service.routes && { routes: service.routes.map(keep) }),
      ...(service.calls && {
        calls: Object.fromEntries(Object.entries(service.calls).map(([callee, call]) => [callee, call && keep(call)])),
      }),
    },
  ]);
  return { ...spec, ...(spec.services && { services: Object.fromEntries(services) }) };
}
