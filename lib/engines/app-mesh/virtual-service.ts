import type { Architecture, External, ModelPath, Rule, Service, Split } from '../../model/architecture/index.js';
import { carried } from './match.js';
import { distinct, externalName, hostLabel, hostOf, matchName, meshName } from './name.js';
import type { Placement } from './placement.js';
import { isRepeatable, longestOf, policyFor, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';
import type { AnyResource, Resource } from './resource.js';
import { retryPolicy } from './retry.js';
import { type Action, type HttpRoute, milliseconds, type Protocol, protocolOf } from './spec.js';
import { requestLimits } from './time-limit.js';
import { type Variant, variantsOf } from './variant.js';
import { percents } from './weight.js';

/** What callers ask for: a virtual service, its router, and routes for each rule. Nothing for a worker. */
export function serviceResources(service: Service, architecture: Architecture, placement: Placement): AnyResource[] {
  const { listen, rules, traffic } = service;
  if (listen === undefined) return [];
  const users = usersOf(service.name, architecture);
  const router = hostLabel(service);
  const connections = {
    name: 'default',
    at: service.path,
    nodes: traffic.map(({ version }) => version),
    spec: {
      TcpRoute: {
        Action: action(traffic, listen.port),
        ...(listen.protocol === 'tcp' ? { Timeout: { Idle: milliseconds(listen.idleTimeout) } } : {}),
      },
    },
  };
  const requests = carried(rules).flatMap((rule) =>
    variantsOf(rule.match, policyFor(rule, users), isRepeatable(rule, users)).map((variant) => ({
      name: matchName(rule.match, variant.method),
      at: rule.path,
      nodes: rule.to.map(({ version }) => version),
      spec: { [listen.protocol === 'http' ? 'HttpRoute' : 'Http2Route']: httpRoute(variant, action(rule.to, listen.port), architecture) },
    })),
  );
  return [
    routerResource(router, service.path, listen.port, protocolOf(listen), architecture),
    ...routeResources(router, listen.protocol === 'tcp' ? [connections] : requests, architecture),
    virtualService(hostOf(service, placement), router, service.path, architecture),
  ];
}

/** The same for a host outside the mesh. Without a router the service would retry by a hidden default and cut at 15 s. */
export function externalResources(external: External, architecture: Architecture, placement: Placement): AnyResource[] {
  const name = externalName(external.name);
  const { port } = external;
  const target = { WeightedTargets: [{ VirtualNode: name, Weight: 100, Port: port }] };
  const rules = usersOf(external.name, architecture).flatMap((user) => user.rules);
  const rule = loosest(rules);
  const routes =
    rule === undefined
      ? [{ name: 'default', at: external.path, nodes: [name], spec: { TcpRoute: { Action: target } } }]
      : variantsOf(
          rule.match,
          { ...rule.policy, ...longestOf(rules.map(({ policy }) => policy)) },
          rules.every(({ idempotent }) => idempotent),
        ).map((variant) => ({
          name: matchName(rule.match, variant.method),
          at: external.path,
          nodes: [name],
          spec: { HttpRoute: httpRoute(variant, target, architecture) },
        }));
  return [
    routerResource(name, external.path, port, rule === undefined ? 'tcp' : 'http', architecture),
    ...routeResources(name, routes, architecture),
    virtualService(placement.host(external), name, external.path, architecture),
  ];
}

/** Of what an external's users have, the longest timeout: nobody else is there to say what an external needs. Nothing over TCP. */
const loosest = (rules: readonly Rule[]): Rule | undefined => [...rules].sort((one, other) => other.policy.timeout - one.policy.timeout)[0];

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

const routerResource = (
  name: string,
  at: ModelPath,
  Port: number,
  protocol: Protocol,
  architecture: Architecture,
): Resource<'AWS::AppMesh::VirtualRouter'> => ({
  id: `VirtualRouter-${name}`,
  type: 'AWS::AppMesh::VirtualRouter',
  properties: {
    MeshName: meshName(architecture),
    VirtualRouterName: name,
    Spec: { Listeners: [{ PortMapping: { Port, Protocol: protocol } }] },
  },
  at,
  after: ['Mesh'],
});

interface NamedRoute {
  readonly name: string;
  readonly at: ModelPath;
  readonly nodes: readonly string[];
  readonly spec: Omit<Resource<'AWS::AppMesh::Route'>['properties']['Spec'], 'Priority'>;
}

/** In their order, which is what priority means: 0 is asked first. */
function routeResources(router: string, routes: readonly NamedRoute[], architecture: Architecture): Resource<'AWS::AppMesh::Route'>[] {
  const nameOf = distinct();
  return routes.map(({ name, at, nodes, spec }, Priority) => {
    const RouteName = nameOf(name);
    return {
      id: `Route-${router}-${RouteName}`,
      type: 'AWS::AppMesh::Route',
      properties: { MeshName: meshName(architecture), VirtualRouterName: router, RouteName, Spec: { Priority, ...spec } },
      at,
      after: [`VirtualRouter-${router}`, ...nodes.map((node) => `VirtualNode-${node}`)],
    };
  });
}

const virtualService = (
  host: string,
  router: string,
  at: ModelPath,
  architecture: Architecture,
): Resource<'AWS::AppMesh::VirtualService'> => ({
  id: `VirtualService-${router}`,
  type: 'AWS::AppMesh::VirtualService',
  properties: {
    MeshName: meshName(architecture),
    VirtualServiceName: host,
    Spec: { Provider: { VirtualRouter: { VirtualRouterName: router } } },
  },
  at,
  after: [`VirtualRouter-${router}`],
});
