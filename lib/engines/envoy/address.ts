import type { JsonObject } from './json.js';
import type { Address, Endpoints } from './placement.js';

/** Where a listener or an endpoint is. */
export const socket = ({ address, port }: Address): JsonObject => ({ socket_address: { address, port_value: port } });

/** How a cluster finds its instances: `every` DNS answer is an instance, or DNS names one host that may have many addresses. */
export function discovery(name: string, endpoints: Endpoints, dns: 'STRICT_DNS' | 'LOGICAL_DNS'): JsonObject {
  const fixed = 'addresses' in endpoints;
  const addresses = fixed ? endpoints.addresses : [{ address: endpoints.dns, port: endpoints.port }];
  return {
    // An address family that the network cannot reach would fail every other connection.
    ...(fixed ? { type: 'STATIC' } : { type: dns, dns_lookup_family: 'V4_PREFERRED' }),
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: addresses.map((address) => ({ endpoint: { address: socket(address) } })) }],
    },
  };
}
