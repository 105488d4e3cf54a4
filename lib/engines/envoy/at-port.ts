import type { FurtherPort, Service } from '../../model/architecture/index.js';
import { appCluster } from './cluster.js';
import type { Placement } from './placement.js';

/** One way into an instance: its listener, and the app behind it. */
export interface Entrance {
  /** Its counters are `http.<name>.*` and `listener.<name>.*`. */
  readonly name: string;
  /** The cluster of the app. */
  readonly app: string;
}

/** Where a service listens. */
export const mainEntrance: Entrance = { name: 'inbound', app: appCluster };

export const entranceOf = ({ name }: FurtherPort): Entrance => ({ name: `inbound/${name}`, app: `${appCluster}/${name}` });

/**
 * A service as it is at a further port: the same identity, versions and limits of the app; callers of its own. Routes, rate limits, tokens, health and plaintext
 * clients are those of `listen` alone.
 */
export const atPort = (service: Service, { listen, admits }: FurtherPort): Service => ({
  ...service,
  listen,
  admits,
  rules: [],
  rateLimit: undefined,
  globalRateLimit: undefined,
  countedBy: undefined,
  tokens: undefined,
  health: undefined,
  plaintext: [],
  zones: listen.protocol === 'tcp' ? undefined : service.zones,
});

/** The same for where things are. */
export const placedAt = (placement: Placement, port: FurtherPort): Placement => ({ ...placement, ...placement.further(port) });

/** @throws where there is no such port, which resolving rules out */
export function portOf({ name, ports }: Service, port: string): FurtherPort {
  const found = ports.find((each) => each.name === port);
  if (found === undefined)
    throw new Error(`${name} has no port ${JSON.stringify(port)}; it has ${ports.map((each) => each.name).join(', ') || 'none'}`);
  return found;
}

/** A callee as a call finds it: where it listens, or at one of its further ports. */
export function calleeAt(service: Service, port: string | undefined): { readonly callee: Service; readonly port: FurtherPort | undefined } {
  if (port === undefined) return { callee: service, port: undefined };
  const further = portOf(service, port);
  return { callee: atPort(service, further), port: further };
}

/** `pricing-v1`, `pricing-v1/metrics`. */
export const clusterAt = (version: string, port: string | undefined): string => (port === undefined ? version : `${version}/${port}`);
