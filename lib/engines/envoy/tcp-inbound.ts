import type { Listener, Service } from '../../model/architecture/index.js';
import type { Entrance } from './at-port.js';
import { nobody } from './inbound.js';
import type { JsonObject } from './json.js';
import { listener } from './listener.js';
import type { Placement } from './placement.js';
import { tcpProxy } from './tcp.js';
import { handshakeTime, mutualServer } from './tls.js';

/**
 * Where a service that speaks TCP takes connections from the mesh. Who may connect is the list of identities in the handshake and nothing after it: a rule on
 * an open connection would let a server that speaks first say its first word to anyone.
 */
export function tcpInbound(
  { identity, admits, mtls }: Service,
  { idleTimeout, maxAge }: Extract<Listener, { readonly protocol: 'tcp' }>,
  trustDomain: string,
  placement: Placement,
  { name, app }: Entrance,
): JsonObject {
  const shares = [{ name: app, weight: 1 }];
  const proxy = tcpProxy({ name, shares, accessLog: placement.accessLog, idleTimeout, maxAge, afterHandshake: true });
  const peers = admits.map((admission) => admission.identity);
  if (mtls === 'off') return listener(name, placement.inbound, [proxy]);
  return listener(name, placement.inbound, [proxy], {
    chain: { transport_socket: mutualServer(placement.credentials(identity), peers, nobody(trustDomain), 'bytes'), ...handshakeTime },
  });
}
