import type { Json, JsonObject } from '../engines/envoy/json.js';

const managerType = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** Counts gRPC's own status codes, in each cluster's `grpc.<code>`. */
const filter: JsonObject = {
  name: 'envoy.filters.http.grpc_stats',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.grpc_stats.v3.FilterConfig' },
};

/**
 * The same listeners, counting how gRPC calls ended wherever they go out: over gRPC every answer is a 200, the failed ones too.
 *
 * @param listeners of a bootstrap
 */
export const withGrpcStatistics = (listeners: readonly JsonObject[]): JsonObject[] => listeners.map((each) => walk(each) as JsonObject);

function walk(value: Json): Json {
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as JsonObject;
  if (object['@type'] === managerType && /^(to|from)\//.test(String(object['stat_prefix']))) {
    return { ...object, http_filters: [filter, ...(object['http_filters'] as readonly Json[])] };
  }
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, walk(inner)]));
}
