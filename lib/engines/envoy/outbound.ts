import type { Architecture, Call, External, Rule, Service, Version } from '../../model/architecture/index.js';
import { calleeAt, clusterAt, portOf } from './at-port.js';
import { type Asker, callerFilter, hashPolicy } from './balance.js';
import { meshCluster, tcpMeshCluster } from './cluster.js';
import { externalCluster, externalDestination, externalName } from './external.js';
import { entrance, failoverClusters, standsIn, useOf } from './failover.js';
import { faultFilter } from './fault.js';
import { grpcStatistics } from './grpc-status.js';
import { sidecarAnswers, withoutOverrides } from './header.js';
import { hardened, httpConnectionManager } from './http.js';
import type { JsonObject } from './json.js';
import { listener } from './listener.js';
import { externalOf, serviceOf, versionsIn } from './lookup.js';
import { askedByName } from './passthrough.js';
import type { Endpoints, Placement } from './placement.js';
import { routesOf } from './routes.js';
import { tcpProxy } from './tcp.js';
import { tellsUnprocessed } from './unprocessed.js';
import { byZone } from './zone.js';

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
      if (call.kind === 'service') {
        const { callee } = calleeAt(serviceOf(architecture, call.to), call.port);
        return call.speaks === 'tcp'
          ? toTcpService(call, caller, callee, placement)
          : toService(architecture, call, caller, callee, placement);
      }
      const external = externalOf(architecture, call.to);
      return call.speaks === 'tcp' ? toTcp(call, external, placement) : toExternal(architecture, call, external, placement);
    });

function toService(architecture: Architecture, call: Call, caller: Service, callee: Service, placement: Placement): Way {
  const own = placement.credentials(caller.identity);
  const failover = call.failover.length > 0;
  const shares = ({ to }: Rule) => to.map(({ version, weight }) => ({ name: entrance(call, clusterAt(version, call.port)), weight }));
  const asker: Asker = { is: 'service', name: caller.name };
  const hash = hashPolicy(callee.balance, asker);
  const versions = versionsIn(call.rules, callee).map((version) => ({
    id: version.id,
    endpoints: endpointsOf(call, callee, version, placement),
  }));
  const zoned = versions.some(({ endpoints }) => byZone(callee, endpoints));
  const routes = routesOf(call.rules, { shares, authority: callee.name, mesh: true, grpc: call.speaks === 'grpc', failover, zoned, hash });
  return {
    listener: http(
      call,
      placement,
      { routes },
      { ...(readsPaths(call.rules) ? hardened : {}), ...withoutOverrides, ...(standsIn(architecture, call) ? tellsUnprocessed : {}) },
      callerFilter(callee.balance, asker),
    ),
    clusters: [
      ...versions.map(({ id, endpoints }) => meshCluster(clusterAt(id, call.port), callee, endpoints, own, useOf(call))),
      ...failoverClusters(
        architecture,
        call,
        versions.map(({ id }) => clusterAt(id, call.port)),
        placement,
      ),
    ],
  };
}

/** Where it does, it reads them as the callee's sidecar will, so that no rule means one thing here and another there. Where not, they are the callee's to resolve. */
const readsPaths = (rules: readonly Rule[]): boolean =>
  rules.some(({ match, action: { answer, rewrite } }) => match.path !== undefined || answer !== undefined || rewrite?.path !== undefined);

/** Connections, split by weight when they open; the call's timeout is that of connecting. */
function toTcpService(call: Call, caller: Service, callee: Service, placement: Placement): Way {
  const own = placement.credentials(caller.identity);
  const shares = callee.traffic.map(({ version, weight }) => ({ name: clusterAt(version, call.port), weight }));
  const limits = callee.listen?.protocol === 'tcp' ? { idleTimeout: callee.listen.idleTimeout } : {};
  const proxy = tcpProxy({ name: listenerName(call), shares, accessLog: placement.accessLog, connects: connects(call), ...limits });
  const used = callee.versions.filter(({ id }) => shares.some(({ name }) => name === clusterAt(id, call.port)));
  return {
    listener: listener(listenerName(call), placement.local(call), [proxy]),
    clusters: used.map((version) =>
      tcpMeshCluster(
        clusterAt(version.id, call.port),
        callee,
        endpointsOf(call, callee, version, placement),
        own,
        connectTime(call),
        call.pool,
      ),
    ),
  };
}

function toExternal(architecture: Architecture, call: Call, external: External, placement: Placement): Way {
  const name = externalName(external);
  const own = externalDestination(external, placement);
  const failover = call.failover.length > 0;
  const routes = routesOf(call.rules, { ...own, failover, shares: () => [{ name: entrance(call, name), weight: 1 }] });
  const stand = standsIn(architecture, call);
  return {
    listener: http(
      call,
      placement,
      // A host outside is not believed that it did not see a request; this sidecar is.
      { ...(stand ? { response_headers_to_remove: sidecarAnswers } : {}), routes },
      { ...withoutOverrides, ...(stand ? tellsUnprocessed : {}) },
    ),
    clusters: [externalCluster(external, placement, useOf(call)), ...failoverClusters(architecture, call, [name], placement)],
  };
}

function toTcp(call: Call, external: External, placement: Placement): Way {
  const cluster = externalCluster(external, placement, { pool: call.pool, retryBudget: 0 }, connectTime(call));
  const shares = [{ name: externalName(external), weight: 1 }];
  const proxy = tcpProxy({ name: listenerName(call), shares, accessLog: placement.accessLog, connects: connects(call) });
  const options = external.protocol === 'tls' ? askedByName(placement.external(external).sni) : {};
  return { listener: listener(listenerName(call), placement.local(call), [proxy], options), clusters: [cluster] };
}

/** How often a connection is tried. */
const connects = ({ policy: { retries } }: Call): number => 1 + (retries?.max ?? 0);

/** How long each of these tries may take, so that all together stay within the call's timeout. Milliseconds. */
const connectTime = (call: Call): number =>
  Math.max(1, Math.min(call.policy.retries?.perTry ?? call.policy.timeout, Math.floor(call.policy.timeout / connects(call))));

/** Its counters are `http.<name>.*` or `tcp.<name>.*`: `to/pricing`, `to/pricing/metrics`. */
export const listenerName = ({ to, port }: Call): string => `to/${clusterAt(to, port)}`;

const endpointsOf = ({ port }: Call, callee: Service, version: Version, placement: Placement): Endpoints =>
  placement.endpoints(version, port === undefined ? undefined : portOf(callee, port));

const http = (
  call: Call,
  placement: Placement,
  virtualHost: JsonObject,
  options: JsonObject,
  filters: readonly JsonObject[] = [],
): JsonObject =>
  listener(
    listenerName(call),
    placement.local(call),
    [
      httpConnectionManager({
        name: listenerName(call),
        codec: 'AUTO',
        accessLog: placement.accessLog,
        asker: 'app',
        grpc: call.speaks === 'grpc',
        filters: [...grpcStatistics(call.speaks === 'grpc'), ...filters, ...faultFilter(call.rules)],
        virtualHost,
        options,
      }),
    ],
    { chain: { name: listenerName(call) } },
  );
