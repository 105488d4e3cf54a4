import type { AnyResource, Properties, Resource } from './resource.js';
import { nodeProblems } from './rule/node.js';
import { between } from './rule/range.js';
import { gatewayRouteProblems, routeProblems } from './rule/route.js';

/** What the service itself would refuse, or accept and then not do, in words; it answers no more, so this does. Empty where all is well. */
export function validate(resources: readonly AnyResource[]): string[] {
  const of = <Type extends keyof Properties>(type: Type): Resource<Type>[] =>
    resources.filter((resource) => resource.type === type) as never;
  const nodes = of('AWS::AppMesh::VirtualNode');
  const routers = of('AWS::AppMesh::VirtualRouter');
  const gateways = of('AWS::AppMesh::VirtualGateway');
  const problems = [
    ...resources.flatMap((resource) => nameProblems(resource).map((problem) => `${resource.id}: ${problem}`)),
    ...twice(resources.map(nameOf), 'is the name of two resources of one kind'),
    ...twice(
      resources.map(({ id }) => id),
      'is the id of two resources',
    ),
    ...nodes.flatMap((node) => nodeProblems(node.properties).map((problem) => `${node.id}: ${problem}`)),
    ...of('AWS::AppMesh::Route').flatMap((route) => {
      const router = routers.find(({ properties }) => properties.VirtualRouterName === route.properties.VirtualRouterName);
      return routeProblems(
        route.properties,
        router?.properties,
        nodes.map(({ properties }) => properties),
      ).map((problem) => `${route.id}: ${problem}`);
    }),
    ...of('AWS::AppMesh::GatewayRoute').flatMap((route) =>
      gatewayRouteProblems(route.properties).map((problem) => `${route.id}: ${problem}`),
    ),
    ...twice(
      of('AWS::AppMesh::Route').map(({ properties }) => `${properties.VirtualRouterName} ${properties.Spec.Priority}`),
      'is the router and priority of two routes',
    ),
    ...twice(
      of('AWS::AppMesh::GatewayRoute').map(({ properties }) => `${properties.VirtualGatewayName} ${properties.Spec.Priority}`),
      'is the gateway and priority of two routes',
    ),
    ...gateways.flatMap(({ id, properties }) =>
      properties.Spec.Listeners.flatMap(({ PortMapping }) =>
        between('port', PortMapping.Port, 1, 65_535).map((problem) => `${id}: ${problem}`),
      ),
    ),
  ];
  return problems.sort();
}

/** Kind, and the name within whatever holds it. */
function nameOf({ type, properties }: AnyResource): string {
  const names = Object.entries(properties).filter(([key]) => key.endsWith('Name') && key !== 'MeshName');
  return [type.slice('AWS::AppMesh::'.length), ...names.map(([, name]) => String(name)).sort()].join(' ');
}

const nameProblems = ({ properties }: AnyResource): string[] =>
  Object.entries(properties).flatMap(([key, name]) =>
    key.endsWith('Name') && typeof name === 'string' ? between(`the length of ${key}`, name.length, 1, 255) : [],
  );

const twice = (values: readonly string[], says: string): string[] =>
  [...new Set(values.filter((value, index) => values.indexOf(value) !== index))].map((value) => `${value}: ${says}`);
