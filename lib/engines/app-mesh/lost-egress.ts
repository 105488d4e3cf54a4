import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { error } from './loss.js';
import type { Placement } from './placement.js';

/** What an app asks past its calls: only hosts of AWS, and what goes past its sidecar. */
export function* pulled({ services, externals, calls }: Architecture, placement: Placement): Generator<Loss> {
  for (const { name, path, consumes, interception } of services)
    for (const queue of consumes) {
      const external = externals.find((each) => each.name === queue)!;
      const called = external.protocol === 'tcp' && calls.some(({ from, to }) => from === name && to === queue);
      if (called || interception?.bypassPorts.includes(external.port) || isOfAws(placement.host(external))) continue;
      yield error(
        'declared-egress',
        `${path}.consumes`,
        `${name} cannot pull from ${queue}: its sidecar drops what leads to no callee; let port ${external.port} bypass it, by \`interception\``,
      );
    }
}

const isOfAws = (host: string): boolean => /\.amazonaws\.com(\.cn)?$/i.test(host);
