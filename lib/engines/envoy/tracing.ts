import type { Architecture } from '../../model/architecture/index.js';
import { outsideCluster } from './cluster.js';
import { duration, extension, type JsonObject } from './json.js';
import { externalOf } from './lookup.js';
import type { Placement } from './placement.js';

const cluster = 'traces';

/** Who a span is of. */
export interface Traced {
  readonly service: string;
  /** Undefined where the service declares no versions. */
  readonly version: string | undefined;
}

/** What an Envoy needs to send traces: a field for each of its HTTP listeners, and the cluster of the collector. */
export interface Tracing {
  readonly field: JsonObject;
  readonly cluster: JsonObject;
}

/** Undefined where the architecture declares no traces. */
export function tracingOf(architecture: Architecture, { service, version }: Traced, placement: Placement): Tracing | undefined {
  const { traces } = architecture.observability;
  if (traces === undefined) return undefined;
  const external = externalOf(architecture, traces.to);
  const { sni, roots, ...endpoints } = placement.external(external);
  const secure = external.protocol === 'https';
  const usual = external.port === (secure ? 443 : 80);
  const uri = `${secure ? 'https' : 'http'}://${sni}${usual ? '' : `:${external.port}`}/v1/traces`;
  const attributes = {
    'deployment.environment.name': architecture.environment,
    ...(version === undefined ? {} : { 'service.version': version }),
  };
  return {
    field: {
      // Where a caller has decided, its word holds; `x-client-trace-id` decides nothing.
      random_sampling: { value: traces.sample },
      client_sampling: { value: 0 },
      provider: extension('envoy.tracers.opentelemetry', 'envoy.config.trace.v3.OpenTelemetryConfig', {
        http_service: { http_uri: { uri, cluster, timeout: duration(1_000) } },
        service_name: service,
        resource_detectors: [
          extension(
            'envoy.tracers.opentelemetry.resource_detectors.static_config',
            'envoy.extensions.tracers.opentelemetry.resource_detectors.v3.StaticConfigResourceDetectorConfig',
            { attributes },
          ),
        ],
      }),
    },
    cluster: outsideCluster({
      name: cluster,
      endpoints,
      tls: secure ? { host: sni, roots } : undefined,
      http: true,
      use: { retryBudget: 20 },
    }),
  };
}

/** A listener whose requests are traced; one that reads no HTTP stays as it is. */
export const traced = (listener: JsonObject, { field }: Tracing): JsonObject => ({
  ...listener,
  filter_chains: (listener['filter_chains'] as readonly JsonObject[]).map((chain) => ({
    ...chain,
    filters: (chain['filters'] as readonly JsonObject[]).map((filter) =>
      filter['name'] === 'http' ? { ...filter, typed_config: { ...(filter['typed_config'] as JsonObject), tracing: field } } : filter,
    ),
  })),
});
