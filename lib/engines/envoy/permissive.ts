import type { PlaintextClient } from '../../model/architecture/index.js';
import { type Cidr, parseCidr } from '../../model/cidr.js';
import { extension, type Json, type JsonObject } from './json.js';
import type { Placement } from './placement.js';

/**
 * A listener's chains while some clients are not in the mesh yet: TLS is mutual as ever, plaintext is taken from the addresses of named clients alone, each with
 * a chain and counters of its own, so that one sees who still uses it. Whatever fits neither is closed and counts in `listener.inbound.no_filter_chain_match`.
 */
export const permissive = (
  strict: JsonObject,
  clients: readonly PlaintextClient[],
  placement: Pick<Placement, 'sources'>,
  manager: (client: PlaintextClient) => JsonObject,
): JsonObject => ({
  listener_filters: [extension('envoy.filters.listener.tls_inspector', 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector')],
  filter_chains: [
    { name: 'mutual TLS', filter_chain_match: { transport_protocol: 'tls' }, ...strict },
    ...clients.map((client) => ({
      name: `plaintext/${client.name}`,
      filter_chain_match: {
        transport_protocol: 'raw_buffer',
        source_prefix_ranges: (placement.sources?.(client) ?? client.from).map(prefixRange),
      },
      filters: [manager(client)],
    })),
  ],
});

/** @throws for what is no range, which checking rules out */
export function prefixRange(text: string): Json {
  const range: Cidr | string = parseCidr(text);
  if (typeof range === 'string') throw new Error(`${text}: ${range}`);
  return { address_prefix: range.address, prefix_len: range.length };
}
