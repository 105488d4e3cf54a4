import type { Listener, OutlierDetection, Pool, Service } from '../../model/architecture/index.js';
import { discovery } from './address.js';
import { choice } from './balance.js';
import { meshHeadersKeptInside } from './header.js';
import { healthChecks } from './health.js';
import { connectionAge, http2Limits } from './http.js';
import { duration, type JsonObject, optional, typed } from './json.js';
import type { Address, Credentials, DataSource, Endpoints } from './placement.js';
import { type RetryBudget, thresholds } from './threshold.js';
import { mutualClient, publicClient } from './tls.js';
import { http2Between } from './upgrade.js';
import { byZone } from './zone.js';

/** The sidecar's own app, in every sidecar. */
export const appCluster = 'local/app';

/** How long connecting may take inside the mesh, where an answer comes in milliseconds or not at all. */
export const connectTimeout = duration(1_000);

/** What one caller makes of a cluster. */
export interface Use {
  /** @default Envoy's own limits */
  readonly pool?: Pool;
  readonly retryBudget: RetryBudget;
  /** Whether somebody else takes the requests where it cannot. All its instances may then be ejected. */
  readonly spared?: boolean;
}

/** The sidecars of one version of a service, over HTTP/2 and mutual TLS. */
export function meshCluster(name: string, callee: Service, endpoints: Endpoints, own: Credentials, use: Use): JsonObject {
  const { pool, retryBudget, spared = false } = use;
  const zoned = byZone(callee, endpoints);
  return {
    name,
    connect_timeout: connectTimeout,
    ...discovery(name, endpoints, 'STRICT_DNS', zoned),
    ...choice(callee, zoned),
    ...secured(callee, own),
    typed_extension_protocol_options: protocol({
      common_http_protocol_options: connectionAge,
      explicit_http_config: { http2_protocol_options: http2Between(callee) },
    }),
    ...thresholds(pool, retryBudget),
    ...ejected(callee, spared),
    ...healthChecks(callee),
  };
}

/** The same for a service that speaks TCP: a connection to its sidecar for each connection of the app, opened within `limit` milliseconds. */
export function tcpMeshCluster(
  name: string,
  callee: Service,
  endpoints: Endpoints,
  own: Credentials,
  limit: number,
  pool: Pool,
): JsonObject {
  return {
    name,
    connect_timeout: duration(limit),
    ...discovery(name, endpoints, 'STRICT_DNS'),
    ...choice(callee),
    ...secured(callee, own, 'bytes'),
    ...thresholds(pool, undefined),
    ...ejected(callee, false),
  };
}

/** Asks the callee to prove who it is, unless nobody does. */
const secured = ({ mtls, identity, name }: Service, own: Credentials, passes?: 'bytes'): JsonObject =>
  mtls === 'off' ? {} : { transport_socket: mutualClient(own, identity, name, passes) };

/** Another listener of this sidecar, over HTTP/2, left alone as long as what is behind it fails. */
export const viaCluster = (name: string, local: Address): JsonObject => ({
  name,
  connect_timeout: connectTimeout,
  ...discovery(name, { addresses: [local] }, 'STRICT_DNS'),
  typed_extension_protocol_options: protocol({ explicit_http_config: { http2_protocol_options: http2Limits } }),
  outlier_detection: ejection(usualEjection, true),
});

/** Less than the 5 s after which Node closes an idle connection: a request sent at that moment would be lost. */
const idle = { idle_timeout: duration(4_000) };

/** The app beside this sidecar, and what it takes at a time. */
export function ownApp(name: string, app: Address, speaks: Listener['protocol'], pool: Pool): JsonObject {
  return {
    name,
    connect_timeout: connectTimeout,
    ...discovery(name, { addresses: [app] }, 'STRICT_DNS'),
    ...(speaks === 'tcp'
      ? {}
      : {
          typed_extension_protocol_options: protocol({
            common_http_protocol_options: idle,
            explicit_http_config: speaks === 'http' ? { http_protocol_options: {} } : { http2_protocol_options: http2Limits },
          }),
        }),
    circuit_breakers: {
      thresholds: [{ max_connections: pool.connections, max_pending_requests: pool.pendingRequests, max_requests: pool.requests }],
    },
  };
}

export interface OutsideHost {
  readonly name: string;
  readonly endpoints: Endpoints;
  /** Undefined for plaintext. */
  readonly tls: { readonly host: string; readonly roots: DataSource } | undefined;
  /** Whether requests go there, or bytes. */
  readonly http: boolean;
  /** Whether this sidecar itself asks it, by gRPC: HTTP/2 and nothing else. @default what apps ask */
  readonly grpc?: boolean;
  readonly use: Use;
  /** Milliseconds; as inside the mesh unless given. */
  readonly connectTimeout?: number;
}

/** A host outside the mesh. Over TLS the host chooses between HTTP/2 and HTTP/1.1. */
export const outsideCluster = ({ name, endpoints, tls, http, grpc = false, use, connectTimeout: limit }: OutsideHost): JsonObject => ({
  name,
  connect_timeout: limit === undefined ? connectTimeout : duration(limit),
  ...discovery(name, endpoints, 'LOGICAL_DNS'),
  ...optional('transport_socket', tls && publicClient(tls.host, tls.roots, grpc ? ['h2'] : undefined)),
  ...(http ? { typed_extension_protocol_options: grpc ? grpcProtocol() : outsideProtocol(tls !== undefined) } : {}),
  ...thresholds(use.pool, http ? use.retryBudget : undefined),
  ...(use.spared === true ? { outlier_detection: ejection(usualEjection, true) } : {}),
});

/** A host outside is left alone only where there is another one: as a service is that says nothing of it. */
const usualEjection: OutlierDetection = { errors: 5, interval: 10_000, ejectFor: 30_000, maxEjectedPercent: 50 };

/** Kept for as short a time as to an app, and no longer than inside the mesh: DNS may say otherwise by then. */
const outsideProtocol = (negotiated: boolean): JsonObject =>
  protocol({
    ...(negotiated ? { auto_config: { http2_protocol_options: http2Limits } } : { explicit_http_config: { http_protocol_options: {} } }),
    common_http_protocol_options: { ...idle, ...connectionAge },
    http_filters: meshHeadersKeptInside,
  });

/** Connections live for a minute: one that leads nowhere any more would keep everything unanswered as long as it is kept. */
const grpcProtocol = (): JsonObject =>
  protocol({
    explicit_http_config: { http2_protocol_options: http2Limits },
    common_http_protocol_options: { max_connection_duration: duration(60_000) },
  });

/** Where somebody stands in for it, a callee that says nothing of it is left alone too: nobody else would ever be asked. */
function ejected({ outlierDetection }: Service, spared: boolean): JsonObject {
  const detection = outlierDetection ?? (spared ? usualEjection : undefined);
  return optional('outlier_detection', detection && ejection(detection, spared));
}

const ejection = ({ errors, interval, ejectFor, maxEjectedPercent }: OutlierDetection, spared: boolean): JsonObject => ({
  consecutive_5xx: errors,
  interval: duration(interval),
  base_ejection_time: duration(ejectFor),
  max_ejection_percent: spared ? 100 : maxEjectedPercent,
  enforcing_success_rate: 0, // Envoy would also eject by statistics that nobody declared
});

const protocol = (options: JsonObject): JsonObject => ({
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', options),
});
