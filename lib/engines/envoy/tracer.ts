import type { Architecture, External, Observability } from '../../model/architecture/index.js';
import { duration, extension, type JsonObject } from './json.js';
import type { Placement } from './placement.js';

/** Who a span is of. */
export interface Traced {
  readonly service: string;
  /** Undefined where the service declares no versions. */
  readonly version: string | undefined;
}

/** What traces go to. */
export const tracesCluster = 'traces';

interface Asked {
  readonly architecture: Architecture;
  readonly node: Traced;
  readonly external: External | undefined;
  readonly placement: Placement;
  readonly sample: number;
}

interface Tracer {
  readonly provider: JsonObject;
  /** Of the requests that bring no decision, how many Envoy takes to the tracer as sampled. */
  readonly percent: number;
  readonly id: string | undefined;
}

/** Envoy's tracers, by what they speak. */
export const providers: Readonly<Record<NonNullable<Observability['traces']>['as'], (asked: Asked) => Tracer>> = {
  otlp: ({ architecture, node, external, placement, sample }) => ({
    provider: extension('envoy.tracers.opentelemetry', 'envoy.config.trace.v3.OpenTelemetryConfig', {
      http_service: { http_uri: { uri: `${originOf(external!, placement)}/v1/traces`, cluster: tracesCluster, timeout: duration(1_000) } },
      service_name: node.service,
      resource_detectors: [
        extension(
          'envoy.tracers.opentelemetry.resource_detectors.static_config',
          'envoy.extensions.tracers.opentelemetry.resource_detectors.v3.StaticConfigResourceDetectorConfig',
          {
            attributes: {
              'deployment.environment.name': architecture.environment,
              ...(node.version === undefined ? {} : { 'service.version': node.version }),
            },
          },
        ),
      ],
    }),
    percent: sample,
    id: undefined,
  }),
  // Its own sampler decides where `x-amzn-trace-id` does not, and Envoy's decision is not asked.
  'x-ray': ({ node, placement: { daemon = usualDaemon }, sample }) => ({
    provider: extension('envoy.tracers.xray', 'envoy.config.trace.v3.XRayConfig', {
      daemon_endpoint: { protocol: 'UDP', address: daemon.address, port_value: daemon.port },
      segment_name: node.service,
      sampling_rule_manifest: {
        // Without a fixed target, which would be so many a second whatever the share.
        inline_string: JSON.stringify({ version: 2, rules: [], default: { fixed_target: 0, rate: sample / 100 } }),
      },
    }),
    percent: 100,
    id: undefined,
  }),
  datadog: ({ node, external, placement, sample }) => ({
    provider: extension('envoy.tracers.datadog', 'envoy.config.trace.v3.DatadogConfig', {
      collector_cluster: tracesCluster,
      collector_hostname: placement.external(external!).sni,
      service_name: node.service,
    }),
    percent: sample,
    id: '%REQ(X-DATADOG-TRACE-ID)%', // the tracer tells Envoy none
  }),
};

/**
 * What Envoy's tracer is told by the environment of its process, and by no configuration: for Datadog, which release it is, and where.
 *
 * @param version undefined for an ingress, and where the service declares no versions
 */
export function tracerVariables({ environment, observability }: Architecture, version: string | undefined): Record<string, string> {
  if (observability.traces?.as !== 'datadog') return {};
  return { DD_ENV: environment, ...(version === undefined ? {} : { DD_VERSION: version }) };
}

/** Where the daemon listens unless it is told otherwise. */
const usualDaemon = { address: '127.0.0.1', port: 2_000 };

function originOf(external: External, placement: Placement): string {
  const secure = external.protocol === 'https';
  const usual = external.port === (secure ? 443 : 80);
  return `${secure ? 'https' : 'http'}://${placement.external(external).sni}${usual ? '' : `:${external.port}`}`;
}
