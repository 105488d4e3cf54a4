import type { Service } from '../../model/architecture/index.js';
import { duration, extension, type JsonObject } from './json.js';

/** A caller's own questions to each instance of its callee, where the callee asks for that: over mutual TLS, as any other request. */
export function healthChecks({ name, health }: Service): JsonObject {
  if (health?.active === undefined) return {};
  const { interval, timeout, healthy, unhealthy } = health.active;
  return {
    health_checks: [
      {
        interval: duration(interval),
        no_traffic_interval: duration(interval), // a minute by itself: the first request would find out
        timeout: duration(timeout),
        healthy_threshold: healthy,
        unhealthy_threshold: unhealthy,
        http_health_check: { host: name, path: health.path, codec_client_type: 'HTTP2' },
      },
    ],
    ignore_health_on_host_removal: true, // who is gone from DNS is gone, however well
  };
}

/** Lets every caller ask for the health, whatever else it may ask for. */
export const healthAccess = ({ health, admits }: Service): JsonObject =>
  health?.active === undefined || admits.length === 0
    ? {}
    : {
        health: {
          permissions: [
            {
              and_rules: {
                rules: [{ header: { name: ':method', string_match: { exact: 'GET' } } }, { url_path: { path: { exact: health.path } } }],
              },
            },
          ],
          principals: admits.map(({ identity }) => ({ authenticated: { principal_name: { exact: identity } } })),
        },
      };

/** On every answer of a sidecar that drains: its callers leave it alone at once, and do not wait for the next question. */
export const drainingHeader = 'x-envoy-immediate-health-check-fail';

/** Answers 503 for the app while this sidecar drains, and tells callers so with every answer. */
export const healthFilter = ({ health }: Service): JsonObject[] =>
  health?.active === undefined
    ? []
    : [
        extension('envoy.filters.http.health_check', 'envoy.extensions.filters.http.health_check.v3.HealthCheck', {
          pass_through_mode: true,
          headers: [{ name: ':path', string_match: { exact: health.path } }],
        }),
      ];
