import { extension, type Json, type JsonObject } from './json.js';

const connection = {
  time: '%START_TIME%',
  milliseconds: '%DURATION%',
  flags: '%RESPONSE_FLAGS%',
  upstream: '%UPSTREAM_HOST%',
  cluster: '%UPSTREAM_CLUSTER%',
  bytesIn: '%BYTES_RECEIVED%',
  bytesOut: '%BYTES_SENT%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** Without the query, which may carry what nobody should read in a log. */
const request = {
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ)%',
  status: '%RESPONSE_CODE%',
  detail: '%RESPONSE_CODE_DETAILS%',
  route: '%ROUTE_NAME%',
  attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%',
  firstByteMilliseconds: '%RESPONSE_DURATION%',
  peer: '%DOWNSTREAM_PEER_URI_SAN%',
  trace: '%TRACE_ID%',
  traceparent: '%REQ(TRACEPARENT)%',
  request: '%REQ(X-REQUEST-ID)%',
  edgeRoute: '%REQ(X-EDGE-ROUTE)%',
};

/** One JSON line for each request; `listener` says which listener took it. */
export const requestLog = (path: string, listener: string): Json => [logTo(path, { listener, ...connection, ...request })];

/** The same log where traces have their ids elsewhere than `%TRACE_ID%`. */
export const withTraceId = (logs: Json, id: string): Json =>
  (logs as readonly JsonObject[]).map((each) => {
    const config = each['typed_config'] as JsonObject;
    const { json_format } = config['log_format'] as { readonly json_format: JsonObject };
    return { ...each, typed_config: { ...config, log_format: { json_format: { ...json_format, trace: id } } } };
  });

/** One JSON line for each connection, when it ends. */
export const connectionLog = (path: string, listener: string): Json => [logTo(path, { listener, ...connection })];

/** To the standard output Envoy writes by itself: as a user without rights it could not open `/dev/stdout` as a file. */
export function logTo(path: string, format: Readonly<Record<string, string>>): JsonObject {
  const log_format = { json_format: format };
  if (path === '/dev/stdout')
    return extension('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', { log_format });
  return extension('envoy.access_loggers.file', 'envoy.extensions.access_loggers.file.v3.FileAccessLog', { path, log_format });
}
