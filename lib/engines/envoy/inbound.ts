import type { Service } from '../../model/architecture/index.js';
import { appRoutes } from './app-routes.js';
import type { Entrance } from './at-port.js';
import { globalRateLimits, type Peers } from './global-rate-limit.js';
import { grpcStatistics } from './grpc-status.js';
import { believableHeaders, keptDeadline, sidecarAnswers } from './header.js';
import { drainingHeader, healthAccess, healthFilter } from './health.js';
import { connectionAge, dotSegmentsRefused, hardened, httpConnectionManager } from './http.js';
import { duration, type JsonObject } from './json.js';
import { listener } from './listener.js';
import { permissive } from './permissive.js';
import type { Placement } from './placement.js';
import { rateLimits } from './rate-limit.js';
import { access, accessOfAnyone, admitsEverything } from './rbac.js';
import { handshakeTime, mutualServer } from './tls.js';
import { tokenFilters } from './tokens.js';
import { tellsWhatBecame } from './unprocessed.js';
import { http2Between } from './upgrade.js';

/** Where a service takes requests from the mesh: who it is, what is admitted, and then to its app. */
export function inbound(service: Service, trustDomain: string, placement: Placement, { name, app }: Entrance): JsonObject {
  const { identity, admits, mtls, plaintext } = service;
  const gateways = admits.filter(({ caller }) => caller.kind === 'gateway').map((admission) => admission.identity);
  if (mtls === 'off') {
    const anyone = manager(service, placement, {
      name,
      app,
      codec: 'HTTP2',
      access: [accessOfAnyone(admits, healthAccess(service))],
      gateways: [],
      peers: { are: 'proven' }, // nothing counts by caller where nobody proves who it is
    });
    return listener(name, placement.inbound, [anyone]);
  }
  const proven = manager(service, placement, {
    name,
    app,
    codec: 'HTTP2',
    access: admitsEverything(admits) ? [] : [access(admits, healthAccess(service))],
    gateways,
    peers: { are: 'proven' },
  });
  const peers = admits.map((admission) => admission.identity);
  const secured = { transport_socket: mutualServer(placement.credentials(identity), peers, nobody(trustDomain)), ...handshakeTime };
  return plaintext.length === 0
    ? listener(name, placement.inbound, [proven], { chain: secured })
    : {
        ...listener(name, placement.inbound, []),
        ...permissive({ filters: [proven], ...secured }, plaintext, placement, (client) =>
          // It proves no identity, so there is none to admit and nothing of a gateway's to believe.
          manager(service, placement, {
            name: `plaintext/${client.name}`,
            app,
            codec: 'AUTO',
            access: [],
            gateways: [],
            peers: { are: 'plaintext', client: client.name },
          }),
        ),
      };
}

interface Taking {
  /** Its counters are `http.<name>.*`. */
  readonly name: string;
  /** The cluster of the app. */
  readonly app: string;
  readonly codec: 'AUTO' | 'HTTP2';
  readonly access: readonly JsonObject[];
  /** The identities whose word on clients is believed. */
  readonly gateways: readonly string[];
  readonly peers: Peers;
}

function manager(service: Service, placement: Placement, { name, app, codec, access, gateways, peers }: Taking): JsonObject {
  const grpc = service.listen?.protocol === 'grpc';
  const { admits, rules, rateLimit } = service;
  return httpConnectionManager({
    name,
    codec,
    accessLog: placement.accessLog,
    asker: 'mesh',
    connection: { ...connectionAge, max_stream_duration: duration(3_600_000) }, // a stream would hold an old connection open
    grpc,
    filters: [
      ...grpcStatistics(grpc),
      ...access,
      ...healthFilter(service),
      ...rateLimits(rateLimit, rules, admits),
      ...tokenFilters(service, placement),
      ...globalRateLimits(service, peers),
      ...believableHeaders(gateways),
    ],
    // Statuses and times are counted by this listener already.
    router: { respect_expected_rq_timeout: true, dynamic_stats: false },
    virtualHost: {
      response_headers_to_remove: service.health?.active === undefined ? sidecarAnswers : [...sidecarAnswers, drainingHeader],
      routes: [dotSegmentsRefused, ...appRoutes(service, app, peers)],
    },
    options: {
      http2_protocol_options: http2Between(service),
      ...hardened,
      ...keptDeadline,
      forward_client_cert_details: 'SANITIZE_SET',
      set_current_client_cert_details: { uri: true },
      ...tellsWhatBecame,
      ...(peers.are === 'plaintext' ? {} : endedByCallers),
    },
  });
}

/**
 * Silence is the caller's sidecar's to end (a client in plaintext has none, and Envoy's five minutes), and a stream's age limits it here: a clock that starts
 * again with each of its bytes would cost a request a fiftieth of a hop. What nobody fetches goes all the same.
 */
const endedByCallers: JsonObject = { stream_idle_timeout: duration(0), stream_flush_timeout: duration(300_000) };

/** An identity that is never issued. */
export const nobody = (trustDomain: string): string => `spiffe://${trustDomain}/nobody`;
