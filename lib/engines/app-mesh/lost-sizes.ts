import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { compile } from './compile.js';
import { error, warning } from './loss.js';
import type { Placement } from './placement.js';
import { validate } from './validate.js';

/** What AWS gave unasked; it raised each where somebody asked. */
const quotas = { ofMesh: 200, routesOfRouter: 50, routesOfGateway: 10, backends: 50, tasks: 50 };

/** What is too long or too much for the service. */
export function* sizes(architecture: Architecture, placement: Placement): Generator<Loss> {
  const resources = compile(architecture, placement);
  for (const { at, is } of validate(resources)) yield error('limits', at, is);
  const counts = new Map<string, number>();
  for (const { type, properties } of resources) {
    if (type === 'AWS::AppMesh::Route') add(counts, `router ${properties.VirtualRouterName}`);
    if (type === 'AWS::AppMesh::GatewayRoute') add(counts, `gateway ${properties.VirtualGatewayName}`);
    if (type === 'AWS::AppMesh::VirtualNode') add(counts, 'nodes');
    if (type === 'AWS::AppMesh::VirtualService') add(counts, 'services');
  }
  yield* over('', counts.get('nodes'), quotas.ofMesh, 'virtual nodes in a mesh');
  yield* over('', counts.get('services'), quotas.ofMesh, 'virtual services in a mesh');
  for (const { type, properties, at } of resources) {
    if (type === 'AWS::AppMesh::VirtualRouter')
      yield* over(at, counts.get(`router ${properties.VirtualRouterName}`), quotas.routesOfRouter, 'routes at a virtual router');
    if (type === 'AWS::AppMesh::VirtualGateway')
      yield* over(at, counts.get(`gateway ${properties.VirtualGatewayName}`), quotas.routesOfGateway, 'routes at a virtual gateway');
    if (type === 'AWS::AppMesh::VirtualNode')
      yield* over(at, properties.Spec.Backends.length, quotas.backends, 'callees of a virtual node');
  }
  for (const { id, scale } of architecture.services.flatMap(({ versions }) => versions))
    yield* over(scale.at, scale.max, quotas.tasks, `tasks of a virtual node, ${id}`);
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function* over(at: string, number = 0, most: number, what: string): Generator<Loss> {
  if (number > most) yield warning('limits', at, `${number} ${what}; App Mesh gives ${most} unless asked for more`);
}
