import type { Mtls } from '../architecture/mtls.js';
import { byName } from '../by-name.js';
import type { MtlsSpec } from '../spec/mtls.js';

/** A service that no plaintext client names stays strict. */
export function mtlsOf(spec: MtlsSpec | undefined): Mtls {
  if (spec === undefined || typeof spec === 'string') return { mode: spec ?? 'strict' };
  const { until, clients } = spec.permissive;
  return {
    mode: 'permissive',
    until,
    clients: byName(clients).map(([name, { from, to }]) => ({ name, from, to: [...new Set(to)].sort() })),
  };
}
