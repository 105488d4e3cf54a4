import type { FurtherPort, Gateway, Listener } from '../architecture/index.js';
import { byName } from '../by-name.js';
import { showCallee } from '../callee.js';
import { parseDuration } from '../duration.js';
import { meshPortOf } from '../port.js';
import { member } from '../problem.js';
import type { ListenSpec } from '../spec/index.js';
import type { PlainService } from '../spec/plain.js';
import { admissionsOf } from './admission.js';

/** One hour of silence is Envoy's own limit; of age, that of every connection in the mesh. */
const connection = { idleTimeout: 3_600_000, maxAge: 3_600_000 } as const;

export function listenerOf({ protocol, port, idleTimeout, maxAge }: ListenSpec): Listener {
  if (protocol !== 'tcp') return { protocol, port };
  return {
    protocol,
    port,
    idleTimeout: parseDuration(idleTimeout) ?? connection.idleTimeout,
    maxAge: parseDuration(maxAge) ?? connection.maxAge,
  };
}

/** Where a call finds a service: where it listens, or at a further port. */
export const listenAt = ({ listen, ports }: PlainService, port: string | undefined): ListenSpec =>
  (port === undefined ? listen : ports?.[port])!;

/** @param callers who calls each callee, by what they call it */
export const portsOf = (
  service: string,
  { ports }: PlainService,
  callers: ReadonlyMap<string, readonly string[]>,
  trustDomain: string,
  gateways: readonly Gateway[],
): FurtherPort[] =>
  byName(ports).map(([port, listen]) => ({
    name: port,
    path: member(member(member('services', service), 'ports'), port),
    listen: listenerOf(listen),
    inbound: meshPortOf(port),
    // `access` speaks of where the service listens.
    admits: admissionsOf(service, {}, callers.get(showCallee({ name: service, port })) ?? [], trustDomain, gateways, port),
  }));
