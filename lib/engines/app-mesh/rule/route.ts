import type { Properties } from '../resource.js';
import type { Action, HttpMatch, HttpRoute, Protocol } from '../spec.js';
import { usual } from '../time-limit.js';
import { atLeast, between } from './range.js';

const protocols = { HttpRoute: 'http', Http2Route: 'http2', TcpRoute: 'tcp' } as const;
const timeoutMember = { http: 'HTTP', http2: 'HTTP2' } as const;

/** A listener's limits, and a route's, where it states none. */
const limits = { PerRequest: usual.timeout, Idle: usual.idle };

/** What a route leads to and belongs to, by name. */
export interface Mesh {
  readonly routers: ReadonlyMap<string, Properties['AWS::AppMesh::VirtualRouter']>;
  readonly nodes: ReadonlyMap<string, Properties['AWS::AppMesh::VirtualNode']>;
}

export function routeProblems({ Spec, VirtualRouterName }: Properties['AWS::AppMesh::Route'], { routers, nodes }: Mesh): string[] {
  const { Priority, HttpRoute, Http2Route, TcpRoute } = Spec;
  const http = HttpRoute ?? Http2Route;
  const kinds = (Object.keys(protocols) as (keyof typeof protocols)[]).filter((kind) => Spec[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    return [`it is ${kinds.join(' and ') || 'no route'}; allowed: exactly one of HttpRoute, Http2Route, TcpRoute`];
  const protocol = protocols[kind];
  const router = routers.get(VirtualRouterName);
  const listens = router?.Spec.Listeners[0]?.PortMapping.Protocol;
  const action = (http ?? TcpRoute)!.Action;
  return [
    ...between('Priority', Priority, 0, 1_000),
    ...(router === undefined ? [`there is no router ${VirtualRouterName}`] : []),
    ...(listens === undefined || listens === protocol ? [] : [`it is of ${protocol}, its router of ${listens}; allowed: the same`]),
    ...targetProblems(action, protocol, nodes),
    ...(http === undefined ? [] : [...matchProblems(http.Match), ...retryProblems(http), ...timeoutProblems(http, protocol, nodes)]),
  ];
}

export const gatewayRouteProblems = ({ Spec }: Properties['AWS::AppMesh::GatewayRoute']): string[] => {
  const { Prefix, Path } = Spec.HttpRoute.Match;
  const place = Prefix ?? Path?.Exact ?? Path?.Regex ?? '';
  return [
    ...between('Priority', Spec.Priority, 0, 1_000),
    ...matchProblems(Spec.HttpRoute.Match),
    ...(/^\/aws-app-?mesh/.test(place)
      ? [`it matches ${place}; allowed: nothing below /aws-appmesh and /aws-app-mesh, which the service keeps`]
      : []),
  ];
};

function targetProblems({ WeightedTargets }: Action, protocol: Protocol, nodes: Mesh['nodes']): string[] {
  const sum = WeightedTargets.reduce((total, { Weight }) => total + Weight, 0);
  return [
    ...between('the number of targets', WeightedTargets.length, 1, 10),
    ...WeightedTargets.flatMap(({ VirtualNode, Weight }) => between(`the weight of ${VirtualNode}`, Weight, 0, 100)),
    ...(sum < 1 || sum > 100 ? [`the weights add up to ${sum}; allowed: 1 to 100`] : []),
    ...WeightedTargets.flatMap(({ VirtualNode, Port }) => {
      const listener = nodes.get(VirtualNode)?.Spec.Listeners[0]?.PortMapping;
      if (listener === undefined) return [`its target ${VirtualNode} is no node that listens`];
      return listener.Port === Port && listener.Protocol === protocol
        ? []
        : [`it asks ${VirtualNode} for ${protocol} on ${Port}, which listens for ${listener.Protocol} on ${listener.Port}`];
    }),
  ];
}

function matchProblems({ Prefix, Path, Headers, QueryParameters }: HttpMatch): string[] {
  const place = Prefix ?? Path?.Exact;
  return [
    ...((Prefix === undefined) === (Path === undefined)
      ? [`it matches ${Prefix === undefined ? 'neither a prefix nor a path' : 'both a prefix and a path'}; allowed: one of them`]
      : []),
    ...(Path !== undefined && (Path.Exact === undefined) === (Path.Regex === undefined)
      ? ['its path is exact and a regular expression, or neither; allowed: one of them']
      : []),
    ...(place === undefined || place.startsWith('/') ? [] : [`it matches ${place}; allowed: what starts with /`]),
    ...[Path?.Exact, Path?.Regex].flatMap((path) => (path === undefined ? [] : between('the length of its path', path.length, 1, 255))),
    ...between('the number of headers', Headers?.length ?? 0, 0, 10),
    ...between('the number of parameters', QueryParameters?.length ?? 0, 0, 10),
    ...(Headers ?? []).flatMap(({ Name, Match }) => [
      ...between(`the length of the header name ${Name}`, Name.length, 1, 50),
      ...Object.values(Match ?? {}).flatMap((value: unknown) =>
        typeof value === 'string' ? between(`the length of the value of ${Name}`, value.length, 1, 255) : [],
      ),
    ]),
  ];
}

/** Tries as long as the request itself have no limit of their own; others must fit into it. */
function retryProblems({ RetryPolicy, Timeout }: HttpRoute): string[] {
  if (RetryPolicy === undefined) return [];
  const { MaxRetries, PerRetryTimeout, HttpRetryEvents = [], TcpRetryEvents = [] } = RetryPolicy;
  const [one, all] = [PerRetryTimeout.Value, Timeout?.PerRequest?.Value ?? limits.PerRequest];
  const tooLong = one !== all && MaxRetries * one > all;
  return [
    ...atLeast('MaxRetries', MaxRetries, 0),
    ...atLeast('PerRetryTimeout', one, 0),
    ...(HttpRetryEvents.length + TcpRetryEvents.length === 0 ? ['it retries on nothing; allowed: at least one event'] : []),
    ...(tooLong ? [`${MaxRetries} retries of ${one} ms take ${MaxRetries * one} ms; the request ends after ${all} ms`] : []),
  ];
}

/** The node's listener cuts too. */
function timeoutProblems({ Timeout, Action }: HttpRoute, protocol: Protocol, nodes: Mesh['nodes']): string[] {
  if (protocol === 'tcp') return [];
  return Action.WeightedTargets.flatMap(({ VirtualNode }) => {
    const listener = nodes.get(VirtualNode)?.Spec.Listeners[0];
    const stated = listener?.Timeout?.[timeoutMember[protocol]];
    const longer = (limit: keyof typeof limits, is: string): string[] => {
      const [own, most] = [Timeout?.[limit]?.Value ?? limits[limit], stated?.[limit]?.Value ?? limits[limit]];
      return own > most ? [`it ${is} ${own} ms; the listener of ${VirtualNode} ends after ${most} ms`] : [];
    };
    return [...longer('PerRequest', 'waits'), ...longer('Idle', 'may be silent for')];
  });
}
