import type { Pool } from '../../model/architecture/index.js';
import { unlimited } from '../../model/architecture/resilience.js';
import type { Listener, Protocol } from './spec.js';

/** There is no limit where none is stated. */
export function connectionPool({ connections, pendingRequests, requests }: Pool, protocol: Protocol): Pick<Listener, 'ConnectionPool'> {
  const limits = { http: [connections, pendingRequests], http2: [requests], tcp: [connections] }[protocol];
  if (limits.every((limit) => limit === unlimited)) return {};
  if (protocol === 'http') return { ConnectionPool: { HTTP: { MaxConnections: connections, MaxPendingRequests: pendingRequests } } };
  return { ConnectionPool: protocol === 'http2' ? { HTTP2: { MaxRequests: requests } } : { TCP: { MaxConnections: connections } } };
}
