import type { Architecture, Gateway, GatewayRoute, Rule, Service } from '../../model/architecture/index.js';
import { calleeAt, clusterAt } from './at-port.js';
import { type Asker, hashPolicy } from './balance.js';
import { bootstrap } from './bootstrap.js';
import { addressFilter, clientAddress } from './client-address.js';
import { meshCluster, type Use } from './cluster.js';
import { externalCluster, externalDestination } from './external.js';
import { faultFilter } from './fault.js';
import { grpcStatistics } from './grpc-status.js';
import { grpcWeb, grpcWebFilter } from './grpc-web.js';
import { edgeRouteHeader, edgeSourceHeader, sidecarAnswers, withoutClientHeaders, withoutClientTraces } from './header.js';
import { dotSegmentsRefused, hardened, httpConnectionManager, otherMethodsRefused } from './http.js';
import type { Bootstrap, JsonObject } from './json.js';
import { grpcNarrowing, jsonEntry, jsonFilters, jsonTarget, saidTwice } from './json-route.js';
import { keysClusters, requires, scopes, tokens } from './jwt.js';
import { listener } from './listener.js';
import { externalOf, serviceOf, versionsIn } from './lookup.js';
import { type Narrowing, narrowed } from './match.js';
import { observedOf } from './observed.js';
import type { Way } from './outbound.js';
import type { Placement } from './placement.js';
import { type Destination, routesOf } from './routes.js';
import { budgetOf } from './threshold.js';
import { byZone, vicinityOf } from './zone.js';

/** Bytes of a client's request or of its answer held at a time, for each connection: a client may be slow on purpose. */
const bufferBytes = 32_768;

/** The configuration of the mesh's one way in: a plaintext listener for each gateway, each with the gateway's own identity inside the mesh. */
export function compileIngress(architecture: Architecture, placement: Placement): Bootstrap {
  const fronts = architecture.gateways.map((gateway) => front(architecture, gateway, placement));
  return bootstrap(
    {
      id: 'ingress',
      cluster: 'ingress',
      listeners: fronts.map((way) => way.listener),
      clusters: fronts.flatMap((way) => way.clusters),
      observed: observedOf(architecture, { service: 'ingress', version: undefined }, placement),
      vicinity: vicinityOf(targetsOf(architecture), placement),
    },
    placement,
  );
}

const targetsOf = ({ gateways, services }: Architecture): Service[] => {
  const targets = gateways.flatMap(({ routes }) => routes.map(({ target }) => target));
  return services.filter(({ name }) => targets.some((target) => target.kind === 'service' && target.name === name));
};

/** Takes what the gateway declares and answers 404 to the rest. */
function front(architecture: Architecture, gateway: Gateway, placement: Placement): Way {
  const used = architecture.authorizers.filter(({ name }) =>
    gateway.routes.some(({ auth }) => auth.kind === 'authorizer' && auth.name === name),
  );
  const ways = gateway.routes.map((route) => wayOf(architecture, gateway, route, placement));
  const { traces } = architecture.observability;
  const manager = httpConnectionManager({
    name: `from/${gateway.name}`,
    codec: 'HTTP1',
    accessLog: placement.accessLog,
    filters: [
      ...addressFilter(gateway),
      ...(used.length === 0 ? [] : [tokens(used, placement), scopes]),
      ...grpcWebFilter(gateway),
      ...jsonFilters(architecture, gateway),
      ...grpcStatistics(gateway.routes.some(({ target }) => target.kind === 'service' && target.speaks === 'grpc')),
      ...faultFilter(gateway.routes.flatMap((route) => rulesTo(route))),
    ],
    virtualHost: {
      response_headers_to_remove: [...sidecarAnswers, 'x-envoy-upstream-service-time', 'x-envoy-overloaded'],
      routes: [dotSegmentsRefused, otherMethodsRefused, ...ways.flatMap(({ routes }) => routes)],
    },
    options: {
      ...hardened,
      ...(traces === undefined ? withoutClientHeaders : withoutClientTraces(traces.as)),
      ...clientAddress(gateway),
    },
  });
  return {
    listener: listener(`from/${gateway.name}`, placement.front(gateway), [manager], {
      listener: { per_connection_buffer_limit_bytes: bufferBytes },
    }),
    clusters: [...ways.flatMap(({ clusters }) => clusters), ...keysClusters(used, placement)],
  };
}

/** All clients come by the same gateway: whoever asks is told apart by address, as the gateway saw it. */
const client: Asker = { is: 'gateway', addressHeader: edgeSourceHeader };

interface RouteWay {
  readonly routes: readonly JsonObject[];
  readonly clusters: readonly JsonObject[];
}

function wayOf(architecture: Architecture, gateway: Gateway, route: GatewayRoute, placement: Placement): RouteWay {
  const { target, auth } = route;
  if (target.kind === 'respond') return { routes: [], clusters: [] }; // API Gateway's own answer
  const narrowing: Narrowing = {
    headers: [{ name: edgeRouteHeader, string_match: { exact: route.key } }],
    method: route.method,
    path: target.path,
  };
  if (auth.kind === 'missing') return { routes: [refusal(route, narrowing)], clusters: [] };
  const { destination, clusters } = destinationOf(architecture, gateway, target, placement);
  const demands: JsonObject = { ...(auth.kind === 'authorizer' ? requires(auth.name, auth.scopes) : {}), ...grpcWeb(route) };
  const json = jsonTarget(route);
  const routes =
    json === undefined
      ? routesOf(target.rules, destination, narrowing)
      : [
          ...saidTwice(route, json, narrowing, architecture),
          jsonEntry(route, json, narrowing),
          ...routesOf(target.rules, destination, grpcNarrowing(json, narrowing)),
        ];
  return {
    routes: routes.map((each) => withDemands(each, demands)),
    clusters,
  };
}

/** What a route asks of filters, besides what it does already. */
function withDemands(route: JsonObject, demands: JsonObject): JsonObject {
  const all = { ...(route['typed_per_filter_config'] as JsonObject | undefined), ...demands };
  return Object.keys(all).length === 0 ? route : { ...route, typed_per_filter_config: all };
}

const rulesTo = ({ target }: GatewayRoute, name?: string): readonly Rule[] =>
  target.kind === 'respond' || (name !== undefined && target.name !== name) ? [] : target.rules;

/** Nobody said who may use it, so nobody may. */
const refusal = ({ at }: GatewayRoute, narrowing: Narrowing): JsonObject => ({
  name: at,
  match: narrowed(narrowing),
  direct_response: { status: 403 },
});

function destinationOf(
  architecture: Architecture,
  gateway: Gateway,
  target: Exclude<GatewayRoute['target'], { readonly kind: 'respond' }>,
  placement: Placement,
): { readonly destination: Destination; readonly clusters: readonly JsonObject[] } {
  const use: Use = { pool: gateway.pool, retryBudget: budgetOf(gateway.routes.flatMap((route) => rulesTo(route, target.name))) };
  if (target.kind === 'external') {
    const external = externalOf(architecture, target.name);
    return { destination: externalDestination(external, placement), clusters: [externalCluster(external, placement, use)] };
  }
  const { callee, port } = calleeAt(serviceOf(architecture, target.name), target.port);
  const own = placement.credentials(gateway.identity);
  const cluster = (version: string): string => `gateway/${gateway.name}/${clusterAt(version, target.port)}`;
  const versions = versionsIn(target.rules, callee).map((version) => ({ version, endpoints: placement.endpoints(version, port) }));
  return {
    destination: {
      shares: ({ to }) => to.map(({ version, weight }) => ({ name: cluster(version), weight })),
      versionCluster: cluster,
      authority: callee.name,
      mesh: true,
      grpc: target.speaks === 'grpc',
      hash: hashPolicy(callee.balance, client),
      zoned: versions.some(({ endpoints }) => byZone(callee, endpoints)),
    },
    clusters: versions.map(({ version, endpoints }) => meshCluster(cluster(version.id), callee, endpoints, own, use)),
  };
}
