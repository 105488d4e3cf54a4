import { httpConnectionManager } from './http.js';
import { extension, type JsonObject } from './json.js';
import { listener } from './listener.js';
import type { Address } from './placement.js';

/**
 * Answers `GET /ready` with 200 once everything listens, with 503 while draining (`POST /healthcheck/fail`), and 404 to all else.
 *
 * Outside the cap on connections: a busy sidecar is not a sick one.
 */
export const ready = (address: Address): JsonObject =>
  listener(
    'ready',
    address,
    [httpConnectionManager({ name: 'ready', codec: 'HTTP1', filters: [healthCheck], virtualHost: { routes: [] } })],
    {
      listener: { ignore_global_conn_limit: true },
    },
  );

const healthCheck = extension('envoy.filters.http.health_check', 'envoy.extensions.filters.http.health_check.v3.HealthCheck', {
  pass_through_mode: false,
  headers: [
    { name: ':method', string_match: { exact: 'GET' } },
    { name: ':path', string_match: { exact: '/ready' } },
  ],
});
