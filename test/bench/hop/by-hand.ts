import type { Bootstrap, JsonObject } from '../../../lib/engines/envoy/json.js';
import type { Credentials } from '../../../lib/engines/envoy/placement.js';

/** Configurations as somebody would write them who wants a request to arrive, and nothing else: what ours are measured against. */
export interface Hop {
  readonly listen: number;
  readonly to: number;
  readonly socket: string;
}

const at = (port: number): JsonObject => ({ socket_address: { address: '127.0.0.1', port_value: port } });
const typed = (type: string, config: JsonObject): JsonObject => ({ '@type': `type.googleapis.com/envoy.extensions.${type}`, ...config });

interface Ends {
  /** TLS that is taken, and TLS that is offered. */
  readonly server?: JsonObject;
  readonly client?: JsonObject;
}

/** One Envoy that passes requests on, without TLS on either side. */
export const plainHop = (hop: Hop): Bootstrap => envoy(hop, {});

/** The caller's half of a pair: plaintext in, mutual TLS out. */
export const callerHalf = (hop: Hop, own: Credentials, peer: string): Bootstrap =>
  envoy(hop, {
    client: {
      transport_socket: {
        name: 'tls',
        typed_config: typed('transport_sockets.tls.v3.UpstreamTlsContext', { sni: 'callee', common_tls_context: mutual(own, peer) }),
      },
      typed_extension_protocol_options: {
        'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('upstreams.http.v3.HttpProtocolOptions', {
          explicit_http_config: { http2_protocol_options: {} },
        }),
      },
    },
  });

/** The callee's half: mutual TLS in, plaintext to the app. */
export const calleeHalf = (hop: Hop, own: Credentials, peer: string): Bootstrap =>
  envoy(hop, {
    server: {
      transport_socket: {
        name: 'tls',
        typed_config: typed('transport_sockets.tls.v3.DownstreamTlsContext', {
          require_client_certificate: true,
          common_tls_context: mutual(own, peer),
        }),
      },
    },
  });

const mutual = (own: Credentials, peer: string): JsonObject => ({
  alpn_protocols: ['h2'],
  tls_certificates: [{ certificate_chain: { ...own.certificate }, private_key: { ...own.privateKey } }],
  validation_context: {
    trusted_ca: { ...own.trust },
    match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: peer } }],
  },
});

function envoy({ listen, to, socket }: Hop, { server, client }: Ends): Bootstrap {
  const manager = typed('filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'in',
    http_filters: [{ name: 'envoy.filters.http.router', typed_config: typed('filters.http.router.v3.Router', {}) }],
    route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'next' } }] }] },
  });
  return {
    node: { id: 'bench', cluster: 'bench' },
    admin: { address: { pipe: { path: socket, mode: 0o600 } } },
    static_resources: {
      listeners: [{ name: 'in', address: at(listen), filter_chains: [{ filters: [{ name: 'http', typed_config: manager }], ...server }] }],
      clusters: [
        {
          name: 'next',
          load_assignment: { cluster_name: 'next', endpoints: [{ lb_endpoints: [{ endpoint: { address: at(to) } }] }] },
          ...client,
        },
      ],
    },
  };
}
