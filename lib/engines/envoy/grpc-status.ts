import { extension, type JsonObject } from './json.js';

/**
 * Counts how calls of gRPC ended, in `grpc.<status>` of the cluster that was asked: as HTTP, every answer is a 200. Sees what is gRPC where it stands, so after
 * whatever makes gRPC of something else.
 */
export const grpcStatistics = (speaks: boolean): JsonObject[] =>
  speaks ? [extension('envoy.filters.http.grpc_stats', 'envoy.extensions.filters.http.grpc_stats.v3.FilterConfig')] : [];
