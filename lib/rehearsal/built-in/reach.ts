import { routeHop } from '../../checks/hop.js';
import { type CallPaths, callPaths } from '../../checks/paths.js';
import { isUnsafe } from '../../checks/tries.js';
import type { Architecture, Service, Version } from '../../model/architecture/index.js';
import { notAmong } from '../../model/problem.js';
import { type ClientRoute, clientRoutes } from '../client-route.js';
import { ChoiceError } from './built-in.js';

/** A client route that leads to a service, and how far from it each service is: 1 for its target, 2 for what that calls. */
export interface Reach {
  readonly client: ClientRoute;
  readonly depths: ReadonlyMap<string, number>;
  /** Calls that one request of it causes, as far as a twin makes them. */
  readonly calls: number;
}

/** The client routes that requests can be sent to here and that lead to a service, in the architecture's order. */
export function reaches(architecture: Architecture): Reach[] {
  const paths = callPaths(architecture);
  const callsOf = callsIn(paths);
  return clientRoutes(architecture).flatMap((client) => {
    const [hop] = routeHop(architecture, client.gateway, client.route);
    if (hop?.toKind !== 'service' || client.route.auth.kind === 'missing') return [];
    const target = architecture.services.find(({ name }) => name === hop.to);
    return target?.listen?.protocol === 'grpc' ? [] : [{ client, depths: depthsFrom(hop.to, paths), calls: 1 + callsOf(hop.to) }];
  });
}

/** Calls that one request of a service causes: a stub makes each of its own, five times at most; in a cycle only patience is an end, and it is not counted. */
function callsIn({ from }: CallPaths): (service: string) => number {
  const known = new Map<string, number>();
  const callsOf = (service: string): number => {
    const found = known.get(service);
    if (found !== undefined) return found;
    known.set(service, 0);
    const below = from(service).map(({ to, toKind, fanOut }) => Math.min(5, fanOut) * (1 + (toKind === 'service' ? callsOf(to) : 0)));
    known.set(
      service,
      below.reduce((sum, calls) => sum + calls, 0),
    );
    return known.get(service)!;
  };
  return callsOf;
}

function depthsFrom(start: string, { from }: CallPaths): Map<string, number> {
  const depths = new Map([[start, 1]]);
  for (const [service, depth] of depths) {
    for (const { to, toKind } of from(service)) if (toKind === 'service' && !depths.has(to)) depths.set(to, depth + 1);
  }
  return depths;
}

/** Requests that may be sent twice: what a mesh can promise not to lose. */
export const isRepeatable = ({ route }: ClientRoute): boolean => !isUnsafe(route.method ?? 'GET');

/**
 * The service to rehearse on: the one that was chosen, else of those that fit the one on most client routes; of several the deepest, then by name.
 *
 * @throws ChoiceError
 */
export function serviceFor(architecture: Architecture, all: readonly Reach[], chosen: string | undefined, fits: Fits): Service {
  const on = ({ name }: Service) => all.filter(({ depths }) => depths.has(name));
  const deepest = (service: Service) => Math.max(0, ...on(service).map(({ depths }) => depths.get(service.name) ?? 0));
  const usable = architecture.services.filter(
    (service) => on(service).length > 0 && service.listen?.protocol !== 'tcp' && fits.test(service),
  );
  const [best] = [...usable].sort((one, other) => on(other).length - on(one).length || deepest(other) - deepest(one));
  if (best === undefined) throw new ChoiceError(`${fits.needs}; ${architecture.name} has none`);
  if (chosen === undefined) return best;
  const found = usable.find(({ name, versions }) => name === chosen || versions.some(({ id }) => id === chosen));
  if (found !== undefined) return found;
  throw new ChoiceError(
    `--target: ${notAmong(
      chosen,
      fits.noun,
      usable.map(({ name }) => name),
    )}`,
  );
}

export interface Fits {
  readonly test: (service: Service) => boolean;
  /** What an architecture needs. */
  readonly needs: string;
  /** What a target is, with its article. */
  readonly noun: string;
}

export const anyService: Fits = {
  test: () => true,
  needs: 'it needs a service over HTTP that a client route leads to',
  noun: 'a service over HTTP that a client route leads to',
};

/** The version that was chosen, else the one with most of the traffic. */
export function versionFor({ versions, traffic }: Service, chosen: string | undefined): Version {
  const named = versions.find(({ id }) => id === chosen);
  const heaviest = [...traffic].sort((one, other) => other.weight - one.weight)[0]?.version;
  return named ?? versions.find(({ id }) => id === heaviest) ?? versions[0]!;
}
