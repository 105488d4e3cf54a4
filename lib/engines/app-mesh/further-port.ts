import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { error } from './loss.js';

/** What is left for App Mesh: a virtual service has one listener here, so calls and routes to further ports go nowhere. */
export const withoutFurtherPorts = (architecture: Architecture): Architecture => ({
  ...architecture,
  calls: architecture.calls.filter(({ port }) => port === undefined),
  gateways: architecture.gateways.map((gateway) => ({
    ...gateway,
    routes: gateway.routes.filter(({ target }) => target.kind !== 'service' || target.port === undefined),
  })),
});

export function* furtherPorts({ calls, gateways }: Architecture): Generator<Loss> {
  for (const { from, callee, port, path } of calls)
    if (port !== undefined) yield error('further-ports', path, `${from} cannot call ${callee}`);
  for (const { key, at, target } of gateways.flatMap(({ routes }) => routes))
    if (target.kind === 'service' && target.port !== undefined)
      yield error('further-ports', at, `${key} cannot reach ${target.name}:${target.port}`);
}
