import type { Architecture, Call, External, Rule, Service } from '../../model/architecture.js';
import { connectionLog } from './access-log.js';
import { meshCluster } from './cluster.js';
import { externalCluster, externalDestination } from './external.js';
import { withoutOverrides } from './header.js';
import { hardened, httpConnectionManager } from './http.js';
import { extension, type JsonObject } from './json.js';
import { listener } from './listener.js';
import { externalOf, serviceOf, versionsIn } from './lookup.js';
import type { Placement } from './placement.js';
import { routesOf } from './routes.js';

/** A listener and its clusters. */
export interface Way {
  readonly listener: JsonObject;
  readonly clusters: readonly JsonObject[];
}

/** One loopback listener for each declared call, so that whatever the app asks of it can only go to that callee. */
export const outbound = (architecture: Architecture, caller: Service, placement: Placement): Way[] =>
  architecture.calls
    .filter(({ from }) => from === caller.name)
    .map((call) => {
      if (call.kind === 'service') return toService(call, caller, serviceOf(architecture, call.to), placement);
      const external = externalOf(architecture, call.to);
      return external.protocol === 'tcp' ? toTcp(call, external, placement) : toExternal(call, external, placement);
    });

function toService(call: Call, caller: Service, callee: Service, placement: Placement): Way {
  const own = placement.credentials(caller.identity);
  const shares = ({ to }: Rule) => to.map(({ version, weight }) => ({ name: version, weight }));
  const routes = routesOf(call.rules, { shares, authority: callee.name, mesh: true });
  return {
    // The callee's sidecar sees the path in the same form, so its rules cannot be read differently here and there.
    listener: http(call, placement, routes, { ...hardened, ...withoutOverrides }),
    clusters: versionsIn(call.rules, callee).map((version) => meshCluster(version.id, callee, placement.endpoints(version), own)),
  };
}

function toExternal(call: Call, external: External, placement: Placement): Way {
  const routes = routesOf(call.rules, externalDestination(external, placement));
  return {
    listener: http(call, placement, routes, withoutOverrides),
    clusters: [externalCluster(external, placement)],
  };
}

function toTcp(call: Call, external: External, placement: Placement): Way {
  const cluster = externalCluster(external, placement, call.policy.timeout);
  const proxy = extension('tcp', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
    stat_prefix: listenerName(call),
    cluster: cluster['name']!,
    access_log: connectionLog(placement.accessLog, listenerName(call)),
  });
  return { listener: listener(listenerName(call), placement.local(call), [proxy]), clusters: [cluster] };
}

const listenerName = ({ to }: Call): string => `to/${to}`;

const http = (call: Call, placement: Placement, routes: readonly JsonObject[], options: JsonObject): JsonObject =>
  listener(listenerName(call), placement.local(call), [
    httpConnectionManager({
      name: listenerName(call),
      codec: 'AUTO',
      accessLog: placement.accessLog,
      filters: [],
      virtualHost: { routes },
      options,
    }),
  ]);
