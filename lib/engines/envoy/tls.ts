import { duration, extension, type Json, type JsonObject, optional } from './json.js';
import type { Credentials, DataSource } from './placement.js';

const version13 = { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' };
const context = 'envoy.extensions.transport_sockets.tls.v3';

/** What travels inside the TLS of the mesh. */
type Passes = 'http2' | 'bytes';

/**
 * Takes mutual TLS 1.3 from these identities and nobody else.
 *
 * Without session resumption: a resumed session does not verify the certificate again, so an expired one would keep working.
 */
export const mutualServer = (own: Credentials, peers: readonly string[], nobody: string, passes: Passes = 'http2'): JsonObject =>
  extension('envoy.transport_sockets.tls', `${context}.DownstreamTlsContext`, {
    require_client_certificate: true,
    disable_stateless_session_resumption: true,
    disable_stateful_session_resumption: true,
    common_tls_context: mutual(own, peers, nobody, passes),
  });

/** How long a handshake may take: whoever connects and says nothing would otherwise hold one of the connections for an hour. */
export const handshakeTime: JsonObject = { transport_socket_connect_timeout: duration(10_000) };

/** Offers mutual TLS 1.3 to a server of this identity; no session is kept for resumption. */
export const mutualClient = (own: Credentials, peer: string, sni: string, passes: Passes = 'http2'): JsonObject =>
  extension('envoy.transport_sockets.tls', `${context}.UpstreamTlsContext`, {
    sni,
    max_session_keys: 0,
    common_tls_context: mutual(own, [peer], peer, passes),
  });

/** TLS to a host outside the mesh, whose certificate must be for that very name. */
export const publicClient = (host: string, roots: DataSource, alpn?: readonly string[]): JsonObject =>
  extension('envoy.transport_sockets.tls', `${context}.UpstreamTlsContext`, {
    sni: host,
    common_tls_context: {
      ...optional('alpn_protocols', alpn),
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
      validation_context: { trusted_ca: source(roots), match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: host } }] },
    },
  });

/** An empty list of names would admit every certificate of the mesh: with no peers, only an identity that is never issued is admitted. */
function mutual(own: Credentials, peers: readonly string[], nobody: string, passes: Passes): JsonObject {
  const names = peers.length === 0 ? [nobody] : [...new Set(peers)].sort();
  return {
    tls_params: version13,
    ...(passes === 'http2' ? { alpn_protocols: ['h2'] } : {}),
    tls_certificates: [{ certificate_chain: source(own.certificate), private_key: source(own.privateKey) }],
    validation_context: {
      trusted_ca: source(own.trust),
      match_typed_subject_alt_names: names.map((exact): Json => ({ san_type: 'URI', matcher: { exact } })),
    },
  };
}

const source = (data: DataSource): JsonObject => ({ ...data });
