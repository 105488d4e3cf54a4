import type { JsonObject } from './json.js';
import type { Address, Endpoints, Placed } from './placement.js';

/** Where a listener or an endpoint is. */
export const socket = ({ address, port }: Address): JsonObject => ({ socket_address: { address, port_value: port } });

/**
 * How a cluster finds its instances: `every` DNS answer is an instance, or DNS names one host that may have many addresses.
 * @param zoned whether its endpoints say in which zone they are. Where they do, Envoy prefers its own.
 */
export function discovery(name: string, endpoints: Endpoints, dns: 'STRICT_DNS' | 'LOGICAL_DNS', zoned = false): JsonObject {
  const fixed = 'addresses' in endpoints;
  const addresses = fixed ? endpoints.addresses : [{ address: endpoints.dns, port: endpoints.port }];
  return {
    // An address family that the network cannot reach would fail every other connection.
    ...(fixed ? { type: 'STATIC' } : { type: dns, dns_lookup_family: 'V4_PREFERRED' }),
    load_assignment: {
      cluster_name: name,
      endpoints: zoned ? localities(addresses) : [{ lb_endpoints: addresses.map(endpoint) }],
    },
  };
}

const endpoint = (address: Address): JsonObject => ({ endpoint: { address: socket(address) } });

/** Endpoints of a cluster, those of a zone together. Zones are sorted, so that the same instances are the same bytes. */
export function localities(addresses: readonly Placed[]): JsonObject[] {
  const zones = [...new Set(addresses.map(({ zone = '' }) => zone))].sort();
  return zones.map((zone) => ({ locality: { zone }, lb_endpoints: addresses.filter((each) => (each.zone ?? '') === zone).map(endpoint) }));
}
