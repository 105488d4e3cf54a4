import type { Bootstrap, Json, JsonObject } from '../../../../lib/engines/envoy/json.js';
import { peersCluster } from '../../../../lib/engines/envoy/zone.js';

interface Resources {
  readonly listeners: readonly JsonObject[];
  readonly clusters: readonly JsonObject[];
}

/**
 * One configuration that has the listeners and clusters of many, so that an Envoy is started once for all of them. Each cluster gets a name that tells whose
 * it was, and so does whatever names it; each listener a port of its own. What this cannot tell apart is refused where it was fine, never the other way
 * round: a refusal is to be confirmed by asking for each alone.
 */
export function oneOfMany(bootstraps: readonly Bootstrap[]): Bootstrap {
  const parts = bootstraps.map((bootstrap, index) => renamed(bootstrap['static_resources'] as unknown as Resources, `n${index}`));
  let port = 1;
  const listeners = parts.flatMap((part) => part.listeners).map((listener) => moved(listener, () => port++));
  const zoned = Math.max(
    0,
    bootstraps.findIndex((bootstrap) => 'cluster_manager' in bootstrap),
  );
  const { cluster_manager: manager, ...rest } = bootstraps[zoned]!;
  return {
    ...rest,
    // An Envoy has peers once: those of one of them will do for all who prefer somebody by zone.
    ...(manager === undefined ? {} : { cluster_manager: { local_cluster_name: `n${zoned}/${peersCluster}` } }),
    static_resources: { listeners, clusters: parts.flatMap((part) => part.clusters) } as unknown as Json,
  };
}

/** Members that name a cluster, wherever they stand. */
const referring = new Set(['cluster', 'cluster_name', 'shadow_cluster', 'collector_cluster']);

function renamed({ listeners, clusters }: Resources, prefix: string): Resources {
  const own = new Set(clusters.map((cluster) => String(cluster['name'])));
  const rename = (name: Json): Json => (typeof name === 'string' && own.has(name) ? `${prefix}/${name}` : name);
  const walk = (value: Json, inClusters = false): Json => {
    if (Array.isArray(value))
      return value.map((each: Json) => (typeof each === 'string' && inClusters ? rename(each) : walk(each, inClusters)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, each]) => [
        key,
        (referring.has(key) && typeof each === 'string') || (inClusters && key === 'name') ? rename(each) : walk(each, key === 'clusters'),
      ]),
    );
  };
  return {
    listeners: listeners.map((listener) => ({ ...(walk(listener) as JsonObject), name: `${prefix}/${String(listener['name'])}` })),
    clusters: clusters.map((cluster) => ({ ...(walk(cluster) as JsonObject), name: rename(cluster['name']!) })),
  };
}

const moved = (listener: JsonObject, port: () => number): JsonObject => ({
  ...listener,
  address: { socket_address: { address: '127.0.0.1', port_value: port() } },
});
