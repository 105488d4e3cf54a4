import type { OutlierDetection, Pool, Service } from '../../model/architecture.js';
import { discovery } from './address.js';
import { meshHeadersKeptInside } from './header.js';
import { connectionAge, http2Limits } from './http.js';
import { duration, type JsonObject, optional, typed } from './json.js';
import type { Address, Credentials, DataSource, Endpoints } from './placement.js';
import { mutualClient, publicClient } from './tls.js';

/** The sidecar's own app, in every sidecar. */
export const appCluster = 'local/app';

/** How long connecting may take inside the mesh, where an answer comes in milliseconds or not at all. */
const connectTimeout = duration(1_000);

/** At most a fifth of the requests under way may be further tries, three in any case; without a budget, a failing callee gets its load multiplied. */
const retryBudget = { retry_budget: { budget_percent: { value: 20 }, min_retry_concurrency: 3 } };

/** The sidecars of one version of a service, over HTTP/2 and mutual TLS. Half of them ejected, Envoy uses all again: its panic threshold, 50 %. */
export function meshCluster(name: string, callee: Service, endpoints: Endpoints, own: Credentials): JsonObject {
  return {
    name,
    connect_timeout: connectTimeout,
    ...discovery(name, endpoints, 'STRICT_DNS'),
    transport_socket: mutualClient(own, callee.identity, callee.name),
    typed_extension_protocol_options: protocol({
      common_http_protocol_options: connectionAge,
      explicit_http_config: { http2_protocol_options: http2Limits },
    }),
    circuit_breakers: { thresholds: [retryBudget] },
    outlier_detection: ejection(callee.outlierDetection),
  };
}

/** Less than the 5 s after which Node closes an idle connection: a request sent at that moment would be lost. */
const idle = { idle_timeout: duration(4_000) };

/** The app beside this sidecar, and what it takes at a time. */
export function ownApp(app: Address, speaks: 'http' | 'http2', pool: Pool): JsonObject {
  return {
    name: appCluster,
    connect_timeout: connectTimeout,
    ...discovery(appCluster, { addresses: [app] }, 'STRICT_DNS'),
    typed_extension_protocol_options: protocol({
      common_http_protocol_options: idle,
      explicit_http_config: speaks === 'http2' ? { http2_protocol_options: http2Limits } : { http_protocol_options: {} },
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
  /** Milliseconds; as inside the mesh unless given. */
  readonly connectTimeout?: number;
}

/** A host outside the mesh. Over TLS the host chooses between HTTP/2 and HTTP/1.1. */
export const outsideCluster = ({ name, endpoints, tls, http, connectTimeout: limit }: OutsideHost): JsonObject => ({
  name,
  connect_timeout: limit === undefined ? connectTimeout : duration(limit),
  ...discovery(name, endpoints, 'LOGICAL_DNS'),
  ...optional('transport_socket', tls && publicClient(tls.host, tls.roots)),
  ...(http
    ? { typed_extension_protocol_options: outsideProtocol(tls !== undefined), circuit_breakers: { thresholds: [retryBudget] } }
    : {}),
});

/** Kept for as short a time as to an app, and no longer than inside the mesh: DNS may say otherwise by then. */
const outsideProtocol = (negotiated: boolean): JsonObject =>
  protocol({
    ...(negotiated ? { auto_config: { http2_protocol_options: http2Limits } } : { explicit_http_config: { http_protocol_options: {} } }),
    common_http_protocol_options: { ...idle, ...connectionAge },
    http_filters: meshHeadersKeptInside,
  });

const ejection = ({ errors, interval, ejectFor, maxEjectedPercent }: OutlierDetection): JsonObject => ({
  consecutive_5xx: errors,
  interval: duration(interval),
  base_ejection_time: duration(ejectFor),
  max_ejection_percent: maxEjectedPercent,
  enforcing_success_rate: 0, // Envoy would also eject by statistics that nobody declared
});

const protocol = (options: JsonObject): JsonObject => ({
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', options),
});
