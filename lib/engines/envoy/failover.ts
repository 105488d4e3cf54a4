import type { Architecture, Call } from '../../model/architecture/index.js';
import { connectTimeout, type Use, viaCluster } from './cluster.js';
import { type JsonObject, typed } from './json.js';
import type { Placement } from './placement.js';
import { budgetOf, type RetryBudget, thresholds } from './threshold.js';

/** Of a call that fails over, the cluster that stands before one of the callee's own. */
const failoverName = (cluster: string): string => `failover/${cluster}`;

/** The way to somebody who stands in: by the caller's own listener for that callee, so that identity, policy and all else are those of that call. */
const viaName = (callee: string): string => `via/${callee}`;

/** Where the requests of a call for one of its clusters go. */
export const entrance = ({ failover }: Call, cluster: string): string => (failover.length === 0 ? cluster : failoverName(cluster));

/** What a call makes of its callee's clusters. */
export const useOf = ({ pool, rules, failover }: Call): Use => ({ pool, retryBudget: budgetOf(rules), spared: failover.length > 0 });

/** Whether some other call of the same caller falls back on this one. */
export const standsIn = ({ calls }: Architecture, { from, callee }: Call): boolean =>
  calls.some((other) => other.from === from && other.failover.includes(callee));

/**
 * What a call that fails over needs besides its callee's clusters: one cluster over several for each of them, in order of preference. A later one gets
 * requests as the instances of those before it are ejected, and at once those that are tried again.
 */
export function failoverClusters({ calls }: Architecture, call: Call, clusters: readonly string[], placement: Placement): JsonObject[] {
  if (call.failover.length === 0) return [];
  const others = call.failover.map((name) => calls.find(({ from, callee }) => from === call.from && callee === name)!);
  return [
    ...clusters.map((cluster) => over(cluster, others, budgetOf(call.rules))),
    ...others.map((other) => viaCluster(viaName(other.to), placement.local(other))),
  ];
}

const over = (cluster: string, others: readonly Call[], retryBudget: RetryBudget): JsonObject => ({
  name: failoverName(cluster),
  connect_timeout: connectTimeout,
  lb_policy: 'CLUSTER_PROVIDED',
  cluster_type: {
    name: 'envoy.clusters.aggregate',
    typed_config: typed('envoy.extensions.clusters.aggregate.v3.ClusterConfig', {
      clusters: [cluster, ...others.map(({ to }) => viaName(to))],
    }),
  },
  ...thresholds(undefined, retryBudget),
});
