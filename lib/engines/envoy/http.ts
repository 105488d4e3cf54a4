import { methods } from '../../model/method.js';
import { type Asker, requestLog } from './access-log.js';
import { duration, extension, type Json, type JsonObject, optional, typed } from './json.js';
import { virtualHost } from './virtual-host.js';

/** Streams a connection may carry at a time and how much may be under way unread: 64 KiB a stream, 1 MiB a connection. */
export const http2Limits: JsonObject = {
  max_concurrent_streams: 100,
  initial_stream_window_size: 65_536,
  initial_connection_window_size: 1_048_576,
};

/** One hour: a connection's peer proved its identity when it opened, so none lives much longer. */
export const connectionAge: JsonObject = { max_connection_duration: duration(3_600_000) };

/**
 * Leaves no path that a proxy and an app could read differently: dot segments and doubled slashes are resolved before any rule looks at it, and an
 * escaped slash is a 400.
 */
export const hardened: JsonObject = {
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: 'REJECT_REQUEST',
};

/**
 * Refuses `..;` and its like, which servers that know path parameters read as `..`. Envoy resolves them where they stand as they are; escaped
 * (`%2e%2e;`) they only come to light when it has resolved the path. And `..` before an escape, `..%3b`, of which somebody further on may make a `..;`.
 */
export const dotSegmentsRefused: JsonObject = {
  name: 'dot segments',
  match: { safe_regex: { regex: '.*/(?:\\.{1,2};|\\.\\.%).*' } },
  direct_response: { status: 400 },
};

/** Takes the methods that `ANY` does not stand for, such as TRACE: API Gateway has no others than these. */
export const otherMethods: JsonObject = {
  prefix: '/',
  headers: [{ name: ':method', string_match: { safe_regex: { regex: [...methods].sort().join('|') } }, invert_match: true }],
};

/** The same where requests enter the mesh, as whatever else no route declares. */
export const otherMethodsRefused: JsonObject = { name: 'other methods', match: otherMethods, direct_response: { status: 404 } };

export interface HttpListening {
  /** Its counters are `http.<name>.*`. */
  readonly name: string;
  readonly codec: 'AUTO' | 'HTTP1' | 'HTTP2';
  /** Where it logs each request; nowhere where not given. */
  readonly accessLog?: string;
  /** Who asks here, as far as a log can tell. @default 'gateway' */
  readonly asker?: Asker;
  /** Whether its requests may be calls of gRPC, whose statuses it logs. @default they are not */
  readonly grpc?: boolean;
  /** Before the router. */
  readonly filters: readonly Json[];
  /** Routes, for whatever host is asked. */
  readonly virtualHost?: JsonObject;
  /** Instead: Envoy's `RouteConfiguration`, where hosts differ. */
  readonly routes?: JsonObject;
  /** Limits of a connection, besides those on headers. */
  readonly connection?: JsonObject;
  readonly router?: JsonObject;
  /** Further fields of Envoy's `HttpConnectionManager`. */
  readonly options?: JsonObject;
}

/**
 * The network filter that reads HTTP, with what holds for every listener: 60 KiB of headers, 100 of them, none with an underscore in its name, which
 * some apps read as a dash.
 */
export function httpConnectionManager({ name, codec, accessLog, options, ...listening }: HttpListening): JsonObject {
  const { asker = 'gateway', grpc = false, filters, virtualHost: host = {}, connection, router } = listening;
  return extension('http', 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: name,
    codec_type: codec,
    ...(codec === 'HTTP1' ? {} : { http2_protocol_options: http2Limits }),
    max_request_headers_kb: 60,
    request_headers_timeout: duration(10_000),
    common_http_protocol_options: { max_headers_count: 100, headers_with_underscores_action: 'REJECT_REQUEST', ...connection },
    server_header_transformation: 'PASS_THROUGH',
    ...options,
    ...optional('access_log', accessLog === undefined ? undefined : requestLog(accessLog, name, { asker, grpc })),
    http_filters: [
      ...filters,
      { name: 'envoy.filters.http.router', typed_config: typed('envoy.extensions.filters.http.router.v3.Router', router) },
    ],
    route_config: listening.routes ?? { virtual_hosts: [virtualHost(name, host)] },
  });
}
