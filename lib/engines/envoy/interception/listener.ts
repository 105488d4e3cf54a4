import type { Architecture, Service } from '../../../model/architecture/index.js';
import { type Intercepted, interceptedOf } from '../../../model/intercepted.js';
import { socket } from '../address.js';
import { extension, type JsonObject } from '../json.js';
import type { Way } from '../outbound.js';
import type { Interceptor, Placement } from '../placement.js';
import { byHost, byName, byPort } from './chain.js';
import { clusterFor } from './cluster.js';
import { refusedConnections } from './refused.js';

/** Its counters are `listener.intercepted.*`. */
const name = 'intercepted';

/**
 * Where the network redirects what an app sends elsewhere: to whom it was meant is told, and it is handed to the listener of that call, so that whatever holds for
 * the call holds here too. What no call is meant for is closed before anything is opened for it: `listener.intercepted.no_filter_chain_match`.
 */
export function interception(architecture: Architecture, service: Service, placement: Placement): Way[] {
  if (service.interception === undefined || placement.interception === undefined) return [];
  const interceptor = placement.interception;
  const asked = interceptedOf(architecture, service).filter(({ takenFor }) => takenFor === undefined);
  return [
    {
      listener: {
        name,
        stat_prefix: name,
        address: socket(interceptor.address),
        listener_filters: [originalDestination, ...namesRead(asked)],
        filter_chains: asked.length === 0 ? [nothingMatches] : chains(asked, interceptor, placement),
        access_log: refusedConnections(placement.accessLog, name),
      },
      clusters: asked.map((each) => clusterFor(each, placement)),
    },
  ];
}

/** The address and port that the app asked for, which the kernel remembers of a redirected connection. */
const originalDestination = extension(
  'envoy.filters.listener.original_dst',
  'envoy.extensions.filters.listener.original_dst.v3.OriginalDst',
);

/**
 * Reads the name that TLS asks for, on ports where an app brings TLS of its own or might. On no others: there it would wait for the client to speak first,
 * which some protocols leave to the server.
 */
function namesRead(asked: readonly Intercepted[]): JsonObject[] {
  const ports = new Set(
    asked.filter(({ external }) => external?.protocol === 'https' || external?.protocol === 'tls').map(({ port }) => port),
  );
  if (ports.size === 0) return [];
  const ranges = [...ports].sort(ascending).map((port) => ({ destination_port_range: { start: port, end: port + 1 } }));
  return [
    {
      ...extension('envoy.filters.listener.tls_inspector', 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector'),
      filter_disabled: { not_match: ranges.length === 1 ? ranges[0]! : { or_match: { rules: ranges } } },
    },
  ];
}

/** A chain for all requests at a port, one for each name in TLS, one for each port of TCP. */
function chains(asked: readonly Intercepted[], interceptor: Interceptor, placement: Placement): JsonObject[] {
  const ports = [...new Set(asked.map(({ port }) => port))].sort(ascending);
  return ports.flatMap((port) => {
    const here = asked.filter((each) => each.port === port);
    const told = (how: Intercepted['told']) => here.filter((each) => each.told === how);
    return [
      ...(told('host').length === 0 ? [] : [byHost(port, told('host'), interceptor, placement)]),
      ...byName(port, told('name'), placement),
      ...told('port').map((each) => byPort(port, each)),
    ];
  });
}

/** Envoy wants a chain even where nothing may be asked. Nobody finds out the protocol that this one waits for, so that all is refused, and counted. */
const nothingMatches: JsonObject = { filter_chain_match: { application_protocols: ['none'] }, filters: [] };

const ascending = (one: number, other: number): number => one - other;
