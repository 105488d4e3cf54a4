import type { Architecture, Gateway, GatewayRoute, RouteTarget } from '../../model/architecture/index.js';
import { frontPortOf } from '../../model/port.js';
import { edgeRouteHeader } from '../envoy/header.js';
import { accessLog } from './access-log.js';
import { pathMatch } from './match.js';
import { distinct, externalName, hostLabel, hostOf, meshName, slug } from './name.js';
import type { Placement } from './placement.js';
import { connectionPool } from './pool.js';
import type { AnyResource, Resource } from './resource.js';
import type { GatewayRouteMatch, TlsClient } from './spec.js';
import { clientTls } from './tls.js';

type InMesh = Exclude<RouteTarget, { kind: 'respond' }>;

/** Gateways that reach a service; the others need no mesh. */
export const enteringGateways = ({ gateways }: Architecture): Gateway[] =>
  gateways.filter(({ routes }) => routes.some(({ target }) => target.kind === 'service'));

/** The ingress of one gateway: a virtual gateway with the gateway's identity, and a gateway route for each of its routes. */
export function gatewayResources(gateway: Gateway, architecture: Architecture, placement: Placement): AnyResource[] {
  const MeshName = meshName(architecture);
  const VirtualGatewayName = gateway.name;
  const nameOf = distinct();
  const routes = gateway.routes.flatMap((route) => (route.target.kind === 'respond' ? [] : [{ route, target: route.target }]));
  return [
    virtualGateway(gateway, architecture, placement),
    ...routes.map(({ route, target }, Priority): Resource<'AWS::AppMesh::GatewayRoute'> => {
      const { VirtualServiceName, label } = virtualServiceOf(target, architecture, placement);
      const GatewayRouteName = nameOf(slug(route.key));
      const HttpRoute = { Match: gatewayMatch(route, target), Action: { Target: { VirtualService: { VirtualServiceName } } } };
      return {
        id: `GatewayRoute-${gateway.name}-${GatewayRouteName}`,
        type: 'AWS::AppMesh::GatewayRoute',
        properties: { MeshName, VirtualGatewayName, GatewayRouteName, Spec: { Priority, HttpRoute } },
        at: route.at,
        after: [`VirtualGateway-${gateway.name}`, `VirtualService-${label}`],
      };
    }),
  ];
}

/** By the route that API Gateway says it chose, and by the path it wrote for the callee: neither is enough alone. */
const gatewayMatch = ({ key, method }: GatewayRoute, { path }: InMesh): GatewayRouteMatch => ({
  Path: pathMatch(path),
  ...(method === undefined ? {} : { Method: method }),
  Headers: [{ Name: edgeRouteHeader, Match: { Exact: key } }],
});

function virtualGateway(gateway: Gateway, architecture: Architecture, placement: Placement): Resource<'AWS::AppMesh::VirtualGateway'> {
  return {
    id: `VirtualGateway-${gateway.name}`,
    type: 'AWS::AppMesh::VirtualGateway',
    properties: {
      MeshName: meshName(architecture),
      VirtualGatewayName: gateway.name,
      Spec: {
        Listeners: [{ PortMapping: { Port: frontPortOf(gateway.name), Protocol: 'http' }, ...connectionPool(gateway.pool, 'http') }],
        BackendDefaults: { ClientPolicy: { TLS: backendTls(gateway, architecture, placement) } },
        Logging: accessLog(placement),
      },
    },
    at: gateway.path,
    after: ['Mesh'],
  };
}

/** A gateway has one policy for all that it asks: any callee's identity is good for any route, and externals are told from services by port. */
function backendTls({ routes }: Gateway, { services }: Architecture, placement: Placement): TlsClient {
  const callees = services.filter(({ name }) => routes.some(({ target }) => target.kind === 'service' && target.name === name));
  const identities = callees.map(({ identity }) => identity);
  const tls = clientTls(identities, placement);
  if (routes.every(({ target }) => target.kind !== 'external')) return tls;
  return { ...tls, Ports: [...new Set(callees.flatMap(({ listen }) => listen?.port ?? []))].sort((one, other) => one - other) };
}

function virtualServiceOf(
  { kind, name }: InMesh,
  { services, externals }: Architecture,
  placement: Placement,
): { VirtualServiceName: string; label: string } {
  if (kind === 'external')
    return { VirtualServiceName: placement.host(externals.find((one) => one.name === name)!), label: externalName(name) };
  const service = services.find((one) => one.name === name)!;
  return { VirtualServiceName: hostOf(service, placement), label: hostLabel(service) };
}
