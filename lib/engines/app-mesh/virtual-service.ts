import type { Architecture, External, ModelPath, Service, Split } from '../../model/architecture/index.js';
import { everything } from '../../model/architecture/match.js';
import { carried } from './match.js';
import { distinct, externalName, hostLabel, hostOf, matchName, meshName } from './name.js';
import type { Placement } from './placement.js';
import { isRepeatable, policyFor, policyForAll, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';
import type { AnyResource, Resource } from './resource.js';
import { retryPolicy } from './retry.js';
import { type Action, type HttpRoute, milliseconds, type Protocol, protocolOf } from './spec.js';
import { requestLimits } from './time-limit.js';
import { type Variant, variantsOf } from './variant.js';
import { percents } from './weight.js';

/** What callers ask for: a virtual service, its router, and routes for each rule. Nothing for a worker. */
export function serviceResources(service: Service, architecture: Architecture, placement: Placement): AnyResource[] {
  const { listen, rules, traffic, path } = service;
  if (listen === undefined) return [];
  const asked = { host: hostOf(service, placement), router: hostLabel(service), at: path, port: listen.port, protocol: protocolOf(listen) };
  if (listen.protocol === 'tcp') {
    const TcpRoute = { Action: action(traffic, listen.port), Timeout: { Idle: milliseconds(listen.idleTimeout) } };
    return resources(
      asked,
      [{ name: 'default', at: path, nodes: traffic.map(({ version }) => version), spec: { TcpRoute } }],
      architecture,
    );
  }
  const users = usersOf(service.name, architecture);
  const kind = listen.protocol === 'http' ? 'HttpRoute' : 'Http2Route';
  const routes = carried(rules).flatMap((rule) =>
    variantsOf(rule.match, policyFor(rule, users), isRepeatable(rule, users)).map((variant) => ({
      name: matchName(rule.match, variant.method),
      at: rule.path,
      nodes: rule.to.map(({ version }) => version),
      spec: { [kind]: httpRoute(variant, action(rule.to, listen.port), architecture) },
    })),
  );
  return resources(asked, routes, architecture);
}

/** The same for a host outside the mesh. Without a router the service would retry by a hidden default and cut at 15 s. */
export function externalResources(external: External, architecture: Architecture, placement: Placement): AnyResource[] {
  const { port, path: at } = external;
  const name = externalName(external.name);
  const nodes = [name];
  const target = { WeightedTargets: [{ VirtualNode: name, Weight: 100, Port: port }] };
  const rules = usersOf(external.name, architecture).flatMap((user) => user.rules);
  const policy = policyForAll(rules);
  const asked = { host: placement.host(external), router: name, at, port, protocol: policy === undefined ? 'tcp' : 'http' } as const;
  if (policy === undefined) return resources(asked, [{ name: 'default', at, nodes, spec: { TcpRoute: { Action: target } } }], architecture);
  const repeatable = rules.every(({ idempotent }) => idempotent);
  const routes = variantsOf(everything, policy, repeatable).map((variant) => ({
    name: matchName(everything, variant.method),
    at,
    nodes,
    spec: { HttpRoute: httpRoute(variant, target, architecture) },
  }));
  return resources(asked, routes, architecture);
}

function action(to: readonly Split[], Port: number): Action {
  const shares = percents(to);
  return { WeightedTargets: to.map(({ version }, index) => ({ VirtualNode: version, Weight: shares[index]!, Port })) };
}

function httpRoute({ match, policy }: Variant, Action: Action, architecture: Architecture): HttpRoute {
  const limits = requestLimits(policy, architecture);
  return {
    Match: match,
    Action,
    ...(limits === undefined ? {} : { Timeout: limits }),
    ...(areUsualRetries(policy) ? {} : { RetryPolicy: retryPolicy(policy) }),
  };
}

/** What is asked for, and by which name. */
interface Asked {
  readonly host: string;
  readonly router: string;
  readonly at: ModelPath;
  readonly port: number;
  readonly protocol: Protocol;
}

interface NamedRoute {
  readonly name: string;
  readonly at: ModelPath;
  readonly nodes: readonly string[];
  readonly spec: Omit<Resource<'AWS::AppMesh::Route'>['properties']['Spec'], 'Priority'>;
}

/** @param routes in their order, which is what priority means: 0 is asked first */
function resources({ host, router, at, port, protocol }: Asked, routes: readonly NamedRoute[], architecture: Architecture): AnyResource[] {
  const MeshName = meshName(architecture);
  const nameOf = distinct();
  return [
    {
      id: `VirtualRouter-${router}`,
      type: 'AWS::AppMesh::VirtualRouter',
      properties: { MeshName, VirtualRouterName: router, Spec: { Listeners: [{ PortMapping: { Port: port, Protocol: protocol } }] } },
      at,
      after: ['Mesh'],
    },
    ...routes.map((route, Priority): Resource<'AWS::AppMesh::Route'> => {
      const RouteName = nameOf(route.name);
      return {
        id: `Route-${router}-${RouteName}`,
        type: 'AWS::AppMesh::Route',
        properties: { MeshName, VirtualRouterName: router, RouteName, Spec: { Priority, ...route.spec } },
        at: route.at,
        after: [`VirtualRouter-${router}`, ...route.nodes.map((node) => `VirtualNode-${node}`)],
      };
    }),
    {
      id: `VirtualService-${router}`,
      type: 'AWS::AppMesh::VirtualService',
      properties: { MeshName, VirtualServiceName: host, Spec: { Provider: { VirtualRouter: { VirtualRouterName: router } } } },
      at,
      after: [`VirtualRouter-${router}`],
    },
  ];
}
