import type { Architecture, External } from '../../model/architecture/index.js';
import { withTraceId } from './access-log.js';
import { outsideCluster } from './cluster.js';
import type { JsonObject } from './json.js';
import { externalOf } from './lookup.js';
import type { Placement } from './placement.js';
import { providers, type Traced, tracesCluster } from './tracer.js';

/** What an Envoy needs to send traces: a field for each of its HTTP listeners, and the cluster of the collector. */
export interface Tracing {
  readonly field: JsonObject;
  /** Undefined where the collector is no cluster: a daemon in the same task. */
  readonly cluster: JsonObject | undefined;
  /** What stands for a trace's id in access logs; undefined is Envoy's own word for it. */
  readonly id: string | undefined;
}

/** Undefined where the architecture declares no traces. */
export function tracingOf(architecture: Architecture, node: Traced, placement: Placement): Tracing | undefined {
  const { traces } = architecture.observability;
  if (traces === undefined) return undefined;
  const external = traces.to === undefined ? undefined : externalOf(architecture, traces.to);
  const { id, provider, percent } = providers[traces.as]({ architecture, node, external, placement, sample: traces.sample });
  return {
    field: {
      // Where a caller has decided, its word holds; `x-client-trace-id` decides nothing.
      random_sampling: { value: percent },
      client_sampling: { value: 0 },
      provider,
    },
    cluster: external && clusterOf(external, placement),
    id,
  };
}

function clusterOf(external: External, placement: Placement): JsonObject {
  const { sni, roots, ...endpoints } = placement.external(external);
  return outsideCluster({
    name: tracesCluster,
    endpoints,
    tls: external.protocol === 'https' ? { host: sni, roots } : undefined,
    http: true,
    use: { retryBudget: 20 },
  });
}

/** A listener whose requests are traced; one that reads no HTTP stays as it is. */
export const traced = (listener: JsonObject, tracing: Tracing): JsonObject => ({
  ...listener,
  filter_chains: (listener['filter_chains'] as readonly JsonObject[]).map((chain) => ({
    ...chain,
    filters: (chain['filters'] as readonly JsonObject[]).map((filter) =>
      filter['name'] === 'http' ? { ...filter, typed_config: tracedManager(filter['typed_config'] as JsonObject, tracing) } : filter,
    ),
  })),
});

function tracedManager(manager: JsonObject, { field, id = '%TRACE_ID%' }: Tracing): JsonObject {
  const log = manager['access_log'];
  return { ...manager, ...(log === undefined ? {} : { access_log: withTraceId(log, id) }), tracing: field };
}
