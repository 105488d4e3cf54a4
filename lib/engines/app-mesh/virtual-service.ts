import type { Architecture, External, Policy, Rule, Service } from '../../model/architecture.js';
import { httpMatches } from './match.js';
import { distinct, externalName, hostLabel, hostOf, matchName, meshName } from './name.js';
import type { Placement } from './placement.js';
import { policyFor, usersOf } from './policy.js';
import type { AnyResource, Resource } from './resource.js';
import { retryPolicy } from './retry.js';
import { type Action, type HttpRoute, milliseconds, type Protocol } from './spec.js';
import { percents } from './weight.js';

/** What callers ask for: a virtual service, its router, and a route for each rule (and method). Nothing for a worker. */
export function serviceResources(service: Service, architecture: Architecture, placement: Placement): AnyResource[] {
  const { listen, rules } = service;
  if (listen === undefined) return [];
  const users = usersOf(service.name, architecture);
  const nameOf = distinct();
  const router = hostLabel(service);
  const routes = rules.flatMap((rule) =>
    httpMatches(rule.match).map(({ method, match }) => ({
      name: nameOf(matchName(rule.match, method)),
      nodes: rule.to.map(({ version }) => version),
      route: httpRoute(match, action(rule, listen.port), policyFor(rule, users)),
    })),
  );
  return [
    routerResource(router, listen.port, listen.protocol, architecture),
    ...routes.map(({ name, nodes, route }, priority) =>
      routeResource(router, name, nodes, architecture, {
        Priority: priority,
        [listen.protocol === 'http' ? 'HttpRoute' : 'Http2Route']: route,
      }),
    ),
    virtualService(hostOf(service, placement), router, architecture, router),
  ];
}

/** The same for a host outside the mesh. Without a router the service would retry by a hidden default and cut at 15 s. */
export function externalResources(external: External, architecture: Architecture, placement: Placement): AnyResource[] {
  const name = externalName(external.name);
  const { port, protocol } = external;
  const Action = { WeightedTargets: [{ VirtualNode: name, Weight: 100, Port: port }] };
  const policy = loosest(external, architecture);
  const spec =
    protocol === 'tcp' || policy === undefined
      ? { Priority: 0, TcpRoute: { Action } }
      : { Priority: 0, HttpRoute: httpRoute({ Prefix: '/' }, Action, policy) };
  return [
    routerResource(name, port, 'TcpRoute' in spec ? 'tcp' : 'http', architecture),
    routeResource(name, 'default', [name], architecture, spec),
    virtualService(placement.host(external), name, architecture, name),
  ];
}

/** Of an external's users, the one with the longest timeout: nobody else is there to say what an external needs. */
const loosest = ({ name }: External, architecture: Architecture): Policy | undefined =>
  usersOf(name, architecture)
    .flatMap(({ rules }) => rules.map(({ policy }) => policy))
    .sort((one, other) => other.timeout - one.timeout)[0];

function action({ to }: Rule, Port: number): Action {
  const shares = percents(to);
  return { WeightedTargets: to.map(({ version }, index) => ({ VirtualNode: version, Weight: shares[index]!, Port })) };
}

const httpRoute = (Match: HttpRoute['Match'], Action: Action, policy: Policy): HttpRoute => ({
  Match,
  Action,
  Timeout: { PerRequest: milliseconds(policy.timeout) },
  RetryPolicy: retryPolicy(policy),
});

const routerResource = (
  name: string,
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
  after: ['Mesh'],
});

const routeResource = (
  router: string,
  name: string,
  nodes: readonly string[],
  architecture: Architecture,
  Spec: Resource<'AWS::AppMesh::Route'>['properties']['Spec'],
): Resource<'AWS::AppMesh::Route'> => ({
  id: `Route-${router}-${name}`,
  type: 'AWS::AppMesh::Route',
  properties: { MeshName: meshName(architecture), VirtualRouterName: router, RouteName: name, Spec },
  after: [`VirtualRouter-${router}`, ...nodes.map((node) => `VirtualNode-${node}`)],
});

const virtualService = (
  host: string,
  router: string,
  architecture: Architecture,
  label: string,
): Resource<'AWS::AppMesh::VirtualService'> => ({
  id: `VirtualService-${label}`,
  type: 'AWS::AppMesh::VirtualService',
  properties: {
    MeshName: meshName(architecture),
    VirtualServiceName: host,
    Spec: { Provider: { VirtualRouter: { VirtualRouterName: router } } },
  },
  after: [`VirtualRouter-${router}`],
});
