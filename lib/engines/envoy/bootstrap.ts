import { adminCluster } from './admin.js';
import { drain } from './drain.js';
import type { Bootstrap, JsonObject } from './json.js';
import { extension, optional } from './json.js';
import type { Observed } from './observed.js';
import type { Placement } from './placement.js';
import { ready } from './ready.js';
import { traced } from './tracing.js';
import type { Vicinity } from './zone.js';

/** Bytes of heap at which Envoy starts to refuse requests rather than be killed with its app. A sidecar of 100 callees uses 14 MiB. */
export const maxHeapBytes = 256 * 1024 * 1024;

/** Client connections an Envoy takes at a time, all listeners together. */
export const maxConnections = 10_000;

/**
 * Instructions of a compiled regular expression. Envoy would refuse to start with one of more than 100, which a path with a parameter reaches at that many
 * characters; RE2 takes time in proportion to its input whatever the expression, and limits its memory itself.
 */
const maxRegexProgram = 100_000;

/** Upper bounds in milliseconds of the latency histograms: finer than Envoy's own between 1 ms and 10 s. */
const latencyBuckets = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10000, 15000, 30000,
];

export interface Parts {
  /** The node's id, unique for each kind of Envoy: a version's id, or `ingress`. */
  readonly id: string;
  /** What the node belongs to: the service, or `ingress`. */
  readonly cluster: string;
  readonly listeners: readonly JsonObject[];
  readonly clusters: readonly JsonObject[];
  /** @default its log alone shows what it does */
  readonly observed?: Observed;
  /** @default it prefers nobody by zone */
  readonly vicinity?: Vicinity | undefined;
}

/** A whole configuration, with what every Envoy needs: administration out of reach of the network, a health port, limits on heap and connections. */
export const bootstrap = (
  { id, cluster, listeners, clusters, observed: { tracing, metrics } = unobserved, vicinity }: Parts,
  placement: Placement,
): Bootstrap => ({
  node: { id, cluster, ...optional('locality', vicinity?.locality) },
  ...optional('cluster_manager', vicinity && { local_cluster_name: vicinity.peersName }),
  admin: { address: { pipe: { path: placement.admin.socket, mode: 0o600 } } },
  static_resources: {
    listeners: [
      ...(tracing === undefined ? listeners : listeners.map((each) => traced(each, tracing))),
      ready(placement.ready),
      ...(placement.drain === undefined ? [] : [drain(placement.drain)]),
      ...(metrics === undefined ? [] : [metrics.listener]),
    ],
    clusters: unique([
      ...clusters,
      ...(tracing?.cluster === undefined ? [] : [tracing.cluster]),
      ...(metrics === undefined ? [] : [metrics.cluster]),
      ...(placement.drain === undefined ? [] : [adminCluster(placement)]),
      ...(vicinity === undefined ? [] : [vicinity.peers]),
    ]),
  },
  overload_manager: {
    resource_monitors: [
      monitor('fixed_heap', 'fixed_heap.v3.FixedHeapConfig', { max_heap_size_bytes: maxHeapBytes }),
      monitor('global_downstream_max_connections', 'downstream_connections.v3.DownstreamConnectionsConfig', {
        max_active_downstream_connections: maxConnections,
      }),
    ],
    actions: [heapAction('shrink_heap', 0.95), heapAction('stop_accepting_requests', 0.98)],
  },
  layered_runtime: { layers: [{ name: 'limits', static_layer: { 're2.max_program_size.error_level': maxRegexProgram } }] },
  stats_config: {
    histogram_bucket_settings: ['downstream_rq_time', 'upstream_rq_time'].map((suffix) => ({ match: { suffix }, buckets: latencyBuckets })),
    ...(metrics === undefined ? {} : { stats_tags: metrics.tags }),
  },
});

const unobserved: Observed = { tracing: undefined, metrics: undefined };

const monitor = (name: string, type: string, config: JsonObject): JsonObject =>
  extension(`envoy.resource_monitors.${name}`, `envoy.extensions.resource_monitors.${type}`, config);

const heapAction = (name: string, share: number): JsonObject => ({
  name: `envoy.overload_actions.${name}`,
  triggers: [{ name: 'envoy.resource_monitors.fixed_heap', threshold: { value: share } }],
});

/** Several routes may lead to the same external; the same name always means the same cluster. */
const unique = (clusters: readonly JsonObject[]): JsonObject[] => [
  ...new Map(clusters.map((cluster) => [cluster['name'], cluster])).values(),
];
