import { duration, type JsonObject } from './json.js';
import type { Placement } from './placement.js';

/** The cluster of Envoy's own administration: whoever routes to it says exactly which of its paths. */
export const admin = 'local/admin';

/** Over its Unix socket. */
export const adminCluster = ({ admin: { socket } }: Placement): JsonObject => ({
  name: admin,
  connect_timeout: duration(1_000),
  type: 'STATIC',
  load_assignment: { cluster_name: admin, endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: socket } } } }] }] },
});
