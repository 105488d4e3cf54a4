import type { Intercepted } from '../../../model/intercepted.js';
import { withoutOverrides } from '../header.js';
import { httpConnectionManager } from '../http.js';
import { duration, extension, type JsonObject } from '../json.js';
import type { Interceptor, Placement } from '../placement.js';
import { clusterName } from './cluster.js';
import { refusedRequests } from './refused.js';

/**
 * Requests at a port, by the host that they name; one that no call is declared for is a 403 and counts in `http.intercepted/<port>.no_route`. They are passed on as
 * they are: what the call says of them, its own listener does. TLS of the app's own is no request, and closed.
 */
export function byHost(
  port: number,
  asked: readonly Intercepted[],
  interceptor: Interceptor,
  { accessLog, external }: Placement,
): JsonObject {
  const name = `intercepted/${port}`;
  const taken = new Set<string>();
  const virtualHosts = asked.flatMap((each) => {
    const hosts = each.external === undefined ? interceptor.hosts(each.call!) : [external(each.external).sni];
    const domains = hosts.filter((host) => isNew(host, taken));
    return domains.length === 0 ? [] : [{ name: each.callee, domains, routes: [passedOn(each)] }];
  });
  const manager = httpConnectionManager({
    name,
    codec: 'AUTO',
    filters: [],
    router: { suppress_envoy_headers: true, dynamic_stats: false },
    routes: { ignore_port_in_host_matching: true, virtual_hosts: virtualHosts },
    options: {
      ...withoutOverrides,
      ...refusedRequests(accessLog, name),
      generate_request_id: false,
      stream_idle_timeout: duration(0),
      upgrade_configs: [{ upgrade_type: 'websocket' }],
    },
  });
  return {
    filter_chain_match: { destination_port: port, transport_protocol: 'raw_buffer' },
    // Not by the name of those whose requests are traced: a trace begins at the call's own listener, or it would be told here that there is none.
    filters: [{ ...manager, name: 'host' }],
  };
}

const passedOn = (each: Intercepted): JsonObject => ({
  match: { prefix: '/' },
  route: { cluster: clusterName(each), timeout: duration(0) },
});

/** TLS of the app's own, by the name that it asks for. */
export function byName(port: number, asked: readonly Intercepted[], { external }: Placement): JsonObject[] {
  const taken = new Set<string>();
  return asked.flatMap((each) => {
    const host = external(each.external!).sni;
    if (!isNew(host, taken)) return [];
    return [{ filter_chain_match: { destination_port: port, transport_protocol: 'tls', server_names: [host] }, filters: [bytes(each)] }];
  });
}

/** Envoy takes a name once, in whatever case. As it is written, since it may stand for one that only the deployment knows. */
function isNew(host: string, taken: Set<string>): boolean {
  const name = host.toLowerCase();
  if (taken.has(name)) return false;
  taken.add(name);
  return true;
}

/** Whatever comes at a port, from whichever address it was asked. */
export const byPort = (port: number, each: Intercepted): JsonObject => ({
  filter_chain_match: { destination_port: port },
  filters: [bytes(each)],
});

/** How long a connection may last, and be silent, its own listener says. */
const bytes = (each: Intercepted): JsonObject =>
  extension('tcp', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
    stat_prefix: `intercepted/${each.callee}`,
    cluster: clusterName(each),
    idle_timeout: duration(each.call === undefined ? 3_600_000 : 0),
  });
