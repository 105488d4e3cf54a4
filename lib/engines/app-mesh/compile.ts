import type { Architecture } from '../../model/architecture/index.js';
import { withoutFurtherPorts } from './further-port.js';
import { meshName } from './name.js';
import { type Placement, placementOf } from './placement.js';
import { usersOf } from './policy.js';
import type { AnyResource } from './resource.js';
import { enteringGateways, gatewayResources } from './virtual-gateway.js';
import { externalNode, versionNode } from './virtual-node.js';
import { externalResources, serviceResources } from './virtual-service.js';

/** The whole mesh as resources of AWS App Mesh, each after those that it names. Same architecture, same bytes. */
export function compile(declared: Architecture, placement: Placement = placementOf(declared)): AnyResource[] {
  const architecture = withoutFurtherPorts(declared);
  const { services, externals } = architecture;
  // What nobody asks, such as a queue or who collects traces, is none of a mesh's business.
  const asked = externals.filter(({ name }) => usersOf(name, architecture).length > 0);
  return [
    {
      id: 'Mesh',
      type: 'AWS::AppMesh::Mesh',
      properties: { MeshName: meshName(architecture), Spec: { EgressFilter: { Type: 'DROP_ALL' } } },
      at: '',
      after: [],
    },
    ...services.flatMap((service) => service.versions.map((version) => versionNode(version, service, architecture, placement))),
    ...asked.map((external) => externalNode(external, architecture, placement)),
    ...services.flatMap((service) => serviceResources(service, architecture, placement)),
    ...asked.flatMap((external) => externalResources(external, architecture, placement)),
    ...enteringGateways(architecture).flatMap((gateway) => gatewayResources(gateway, architecture, placement)),
  ];
}
