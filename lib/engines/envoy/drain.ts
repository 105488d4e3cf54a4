import { admin } from './admin.js';
import { httpConnectionManager } from './http.js';
import { duration, type JsonObject } from './json.js';
import { listener } from './listener.js';
import type { Address } from './placement.js';

/**
 * Takes `POST /drain` and passes it on as Envoy's `/healthcheck/fail`; all else is a 404, so that nothing more of the administration can be reached: neither its
 * statistics nor the way back (`/healthcheck/ok`).
 *
 * From then on `GET /ready` says 503, and each answer asks its caller to open another connection (GOAWAY, `connection: close`), while listeners stay open for
 * those who have not heard. On loopback, for the drainer of the task. Its app may ask too: it can end nobody but itself, which it can anyway. Who only has the app
 * send a request to an address of his choice, such as a webhook's, cannot: that request's Host has the port.
 */
export const drain = (address: Address): JsonObject =>
  listener(
    'drain',
    address,
    [
      httpConnectionManager({
        name: 'drain',
        codec: 'HTTP1',
        filters: [],
        virtualHost: {
          routes: [
            {
              match: { path: '/drain', headers: asked.map(([name, exact]) => exactly(name, exact)) },
              route: { cluster: admin, prefix_rewrite: '/healthcheck/fail', timeout: duration(5_000) },
            },
          ],
        },
      }),
    ],
    // A busy sidecar may leave too.
    { listener: { ignore_global_conn_limit: true } },
  );

/** `path` alone does not look at a query. */
const asked = [
  [':method', 'POST'],
  [':path', '/drain'],
  [':authority', 'drain'],
] as const;

const exactly = (name: string, exact: string): JsonObject => ({ name, string_match: { exact } });
