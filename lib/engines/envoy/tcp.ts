import { connectionLog } from './access-log.js';
import { duration, extension, type JsonObject, optional } from './json.js';

export interface TcpPassing {
  /** Its counters are `tcp.<name>.*`. */
  readonly name: string;
  /** Where connections go, with their shares. */
  readonly shares: readonly { readonly name: string; readonly weight: number }[];
  readonly accessLog: string;
  /** How often connecting is tried in all. Envoy's own: once. */
  readonly connects?: number;
  /** How long a connection may be silent, in milliseconds. Envoy's own: one hour. */
  readonly idleTimeout?: number;
  /** How long a connection may last, in milliseconds. */
  readonly maxAge?: number;
  /** Whether the peer proves who it is before anything is opened for it: by itself Envoy connects at once. */
  readonly afterHandshake?: boolean;
}

/** What is held of a client that talks before its connection is there. */
const earlyBytes = 16_384;

/** The network filter that passes bytes as they are: connections, split by weight when they open. */
export function tcpProxy({ name, shares, accessLog, connects = 1, idleTimeout, maxAge, afterHandshake = false }: TcpPassing): JsonObject {
  const used = shares.filter(({ weight }) => weight > 0);
  return extension('tcp', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
    stat_prefix: name,
    ...(used.length === 1
      ? { cluster: used[0]!.name }
      : { weighted_clusters: { clusters: shares.map(({ name: cluster, weight }) => ({ name: cluster, weight })) } }),
    ...optional('max_connect_attempts', connects === 1 ? undefined : connects),
    ...optional('idle_timeout', idleTimeout === undefined ? undefined : duration(idleTimeout)),
    ...optional('max_downstream_connection_duration', maxAge === undefined ? undefined : duration(maxAge)),
    ...(afterHandshake ? { upstream_connect_mode: 'ON_DOWNSTREAM_TLS_HANDSHAKE', max_early_data_bytes: earlyBytes } : {}),
    access_log: connectionLog(accessLog, name),
  });
}
