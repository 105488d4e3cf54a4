import type { ModelPath } from '../../model/architecture/index.js';
import type { AnyResource, Properties, Resource } from './resource.js';
import { clientTlsProblems, nodeProblems } from './rule/node.js';
import { between } from './rule/range.js';
import { gatewayRouteProblems, type Mesh, routeProblems } from './rule/route.js';

/** What the service itself would refuse, or accept and then not do. */
export interface Refusal {
  /** Where what is refused is declared. */
  readonly at: ModelPath;
  /** The id of the resource. */
  readonly id: string;
  /** In words; lower case, no full stop. */
  readonly is: string;
}

/** The service answers no more, so this says what it would. Empty where all is well. In the order of the resources. */
export function validate(resources: readonly AnyResource[]): Refusal[] {
  const mesh = meshOf(resources);
  const taken = { ids: new Map<string, string>(), names: new Map<string, string>(), priorities: new Map<string, string>() };
  return resources.flatMap((resource) =>
    [
      ...nameProblems(resource),
      ...twice(taken.ids, resource.id, resource, 'id'),
      ...twice(taken.names, nameOf(resource), resource, 'name'),
      ...twice(taken.priorities, priorityOf(resource), resource, 'priority'),
      ...problemsOf(resource, mesh),
    ].map((is) => ({ at: resource.at, id: resource.id, is })),
  );
}

function problemsOf({ type, properties }: AnyResource, mesh: Mesh): string[] {
  if (type === 'AWS::AppMesh::VirtualNode') return nodeProblems(properties);
  if (type === 'AWS::AppMesh::Route') return routeProblems(properties, mesh);
  if (type === 'AWS::AppMesh::GatewayRoute') return gatewayRouteProblems(properties);
  if (type !== 'AWS::AppMesh::VirtualGateway') return [];
  const { Listeners, BackendDefaults } = properties.Spec;
  return [
    ...Listeners.flatMap(({ PortMapping }) => between('port', PortMapping.Port, 1, 65_535)),
    ...clientTlsProblems(BackendDefaults.ClientPolicy.TLS),
  ];
}

function meshOf(resources: readonly AnyResource[]): Mesh {
  const of = <Type extends keyof Properties>(type: Type): Properties[Type][] =>
    (resources.filter((resource) => resource.type === type) as unknown as Resource<Type>[]).map(({ properties }) => properties);
  return {
    routers: new Map(of('AWS::AppMesh::VirtualRouter').map((router) => [router.VirtualRouterName, router])),
    nodes: new Map(of('AWS::AppMesh::VirtualNode').map((node) => [node.VirtualNodeName, node])),
  };
}

/** Kind, and the name within whatever holds it; a virtual service's is a host, which has no letter case. */
function nameOf({ type, properties }: AnyResource): string {
  const names = Object.entries(properties).filter(([key]) => key.endsWith('Name') && key !== 'MeshName');
  const words = names.map(([, name]) => (type === 'AWS::AppMesh::VirtualService' ? String(name).toLowerCase() : String(name)));
  return [type.slice('AWS::AppMesh::'.length), ...words.sort()].join(' ');
}

/** Undefined for what has none. */
function priorityOf({ type, properties }: AnyResource): string | undefined {
  if (type === 'AWS::AppMesh::Route') return `${properties.Spec.Priority} at router ${properties.VirtualRouterName}`;
  return type === 'AWS::AppMesh::GatewayRoute' ? `${properties.Spec.Priority} at gateway ${properties.VirtualGatewayName}` : undefined;
}

const nameProblems = ({ properties }: AnyResource): string[] =>
  Object.entries(properties).flatMap(([key, name]) =>
    key.endsWith('Name') && typeof name === 'string' ? between(`the length of ${key}`, name.length, 1, 255) : [],
  );

function twice(taken: Map<string, string>, value: string | undefined, { id }: AnyResource, what: string): string[] {
  if (value === undefined) return [];
  const other = taken.get(value);
  if (other !== undefined) return [`${value} is the ${what} of ${other} too`];
  taken.set(value, id);
  return [];
}
