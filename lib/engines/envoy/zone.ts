import type { Service } from '../../model/architecture/index.js';
import { localities } from './address.js';
import type { JsonObject } from './json.js';
import type { Endpoints, Placement } from './placement.js';

/** All instances of whoever this Envoy belongs to, so that it knows what share of their load is its own. Nobody connects to them by it. */
export const peersCluster = 'local/peers';

/**
 * Percent of the draws of an instance that prefer the own zone; the others are made over all zones. A further try can only get away from a zone whose one
 * instance is dead by such a draw, until that instance is ejected: Envoy draws again until it gets one that was not tried, so often at most. With three
 * zones a draw leads elsewhere for one in thirty, and 400 of them all fail to for one in a million; each takes some hundred nanoseconds.
 */
const preference = 95;
const draws = 400;

/** Whether a callee's instances are preferred by zone: it says so, and their zones are known. */
export const byZone = ({ zones }: Pick<Service, 'zones'>, endpoints: Endpoints): boolean =>
  zones !== undefined && 'addresses' in endpoints && endpoints.addresses.some(({ zone }) => zone !== undefined);

/** For `common_lb_config`. Envoy's own least number of instances is six, as if it did not know its peers: an even share needs no such number. */
export const zonePreference: JsonObject = { zone_aware_lb_config: { routing_enabled: { value: preference }, min_cluster_size: 1 } };

/** For a retry policy. */
export const zoneDraws: JsonObject = { host_selection_retry_max_attempts: draws };

/** What an Envoy has to know of itself where it asks somebody by zone. */
export interface Vicinity {
  /** `core.v3.Locality`. */
  readonly locality: JsonObject;
  readonly peers: JsonObject;
  readonly peersName: string;
}

/** @param callees who this Envoy asks; undefined where it prefers none of them by zone, or does not know its own */
export function vicinityOf(callees: readonly Service[], { near }: Placement): Vicinity | undefined {
  if (near === undefined || callees.every(({ zones }) => zones === undefined)) return undefined;
  return {
    locality: { zone: near.zone },
    peersName: peersCluster,
    peers: { name: peersCluster, type: 'STATIC', load_assignment: { cluster_name: peersCluster, endpoints: localities(near.instances) } },
  };
}
