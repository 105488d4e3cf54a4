import type { Architecture } from '../../model/architecture/index.js';
import { admin, adminCluster } from './admin.js';
import { hardened, httpConnectionManager } from './http.js';
import { duration, type Json, type JsonObject } from './json.js';
import { listener } from './listener.js';
import type { Placement } from './placement.js';
import type { Traced } from './tracer.js';

/** Where `GET /stats/prometheus` is answered by Envoy's administration, of which nothing else can be reached. */
export interface Metrics {
  readonly listener: JsonObject;
  readonly cluster: JsonObject;
  /** Labels of every number: whose it is, and the call that it is about. */
  readonly tags: readonly Json[];
}

/** Undefined where the architecture declares no metrics. */
export function metricsOf(architecture: Architecture, { service, version }: Traced, placement: Placement): Metrics | undefined {
  if (architecture.observability.metrics === undefined) return undefined;
  const manager = httpConnectionManager({
    name: 'metrics',
    codec: 'HTTP1',
    filters: [],
    virtualHost: {
      routes: [
        {
          match: { path: '/stats/prometheus', headers: [{ name: ':method', string_match: { exact: 'GET' } }] },
          route: { cluster: admin, timeout: duration(10_000) },
        },
      ],
    },
    options: hardened,
  });
  return {
    // A busy sidecar is looked at most.
    listener: listener('metrics', placement.metrics, [manager], { listener: { ignore_global_conn_limit: true } }),
    cluster: adminCluster(placement),
    tags: [
      { tag_name: 'service', fixed_value: service },
      ...(version === undefined ? [] : [{ tag_name: 'version', fixed_value: version }]),
      // The first group goes from the name, the second is the value: `http.to/pricing.downstream_rq_time` is about the call to pricing.
      { tag_name: 'call', regex: '^(?:http|tcp|listener)\\.(to/(.*?)\\.)' },
    ],
  };
}
