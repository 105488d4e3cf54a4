import type { Interception } from '../architecture/index.js';
import type { InterceptionSpec } from '../spec/index.js';

/** Where ECS gives a task its credentials and metadata, and EC2 its instance: no sidecar could carry that on. */
const metadata = ['169.254.170.2', '169.254.169.254'] as const;

export function interceptionOf(spec: InterceptionSpec | undefined): Interception | undefined {
  if (spec === undefined) return undefined;
  const { bypassPorts = [], bypassAddresses = [] } = spec === true ? {} : spec;
  return { bypassPorts: [...bypassPorts].sort((one, other) => one - other), bypassAddresses: [...metadata, ...bypassAddresses] };
}
