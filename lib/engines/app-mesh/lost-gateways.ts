import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { error } from './loss.js';
import { enteringGateways } from './virtual-gateway.js';

/** An ingress task has one identity. */
export function* gateways(architecture: Architecture): Generator<Loss> {
  const [first, ...others] = enteringGateways(architecture);
  for (const { name, path } of others) {
    yield error(
      'gateway-identity',
      path,
      `an ingress task of App Mesh is one virtual gateway, and it is ${first!.name}; ${name} has no way in`,
    );
  }
}

/** A gateway's one client policy begins no TLS of the public kind. */
export function* outsideOfGateways(architecture: Architecture): Generator<Loss> {
  for (const gateway of enteringGateways(architecture)) {
    const ports = architecture.services
      .filter(({ name }) => gateway.routes.some(({ target }) => target.kind === 'service' && target.name === name))
      .map(({ listen }) => listen?.port);
    for (const { target, at } of gateway.routes) {
      const external = target.kind === 'external' ? architecture.externals.find(({ name }) => name === target.name)! : undefined;
      if (external?.protocol === 'https')
        yield error(
          'externals',
          at,
          `${gateway.name} cannot reach ${external.name} over TLS: a virtual gateway has one client policy, and it is the mesh's`,
        );
      else if (external !== undefined && ports.includes(external.port))
        yield error(
          'externals',
          at,
          `${gateway.name} asks ${external.name} for mutual TLS, because services listen on port ${external.port} too`,
        );
    }
  }
}
