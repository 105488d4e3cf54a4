import { extension, type Json, type JsonObject } from './json.js';

const connection = {
  time: '%START_TIME%',
  milliseconds: '%DURATION%',
  flags: '%RESPONSE_FLAGS%',
  upstream: '%UPSTREAM_HOST%',
  bytesIn: '%BYTES_RECEIVED%',
  bytesOut: '%BYTES_SENT%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** Where it went, among several; a sidecar's own app is one. */
const cluster = { cluster: '%UPSTREAM_CLUSTER%' };

/** Without the query, which may carry what nobody should read in a log. */
const request = {
  ...connection,
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ)%',
  status: '%RESPONSE_CODE%',
  detail: '%RESPONSE_CODE_DETAILS%',
  route: '%ROUTE_NAME%',
  firstByteMilliseconds: '%RESPONSE_DURATION%',
  traceparent: '%REQ(TRACEPARENT)%',
  request: '%REQ(X-REQUEST-ID)%',
};

/** How often a call was tried; a sidecar asks its own app once. */
const tries = { attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%' };

/** Who proved to be the caller; neither an app nor a gateway does. */
const peer = { peer: '%DOWNSTREAM_PEER_URI_SAN%' };

/** What a gateway said the client asked for; an app has no say in it. */
const edge = { edgeRoute: '%REQ(X-EDGE-ROUTE)%' };

/** How a call of gRPC ended: its HTTP status is 200 all the same. */
const grpcStatus = { grpcStatus: '%GRPC_STATUS%' };

/** Who asks at a listener. Each field costs a four-hundredth of a hop, so a line has those that can have a value there. */
export type Asker = 'app' | 'mesh' | 'gateway';

/** The logs of all calls are the same text then, which stands once in a configuration as it is deployed. A call's chain has its listener's name. */
const nameOfChain = '%FILTER_CHAIN_NAME%';

const fields: Readonly<Record<Asker, Readonly<Record<string, string>>>> = {
  app: { ...request, ...cluster, ...tries },
  mesh: { ...request, ...peer, ...edge },
  gateway: { ...request, ...cluster, ...tries, ...edge },
};

/** One JSON line for each request; `listener` says which listener took it. */
export const requestLog = (path: string, listener: string, { asker, grpc }: { readonly asker: Asker; readonly grpc: boolean }): Json => [
  logTo(path, { listener: asker === 'app' ? nameOfChain : listener, ...fields[asker], ...(grpc ? grpcStatus : {}) }),
];

/** The same log where requests are traced. */
export const withTraceId = (logs: Json, id: string): Json =>
  (logs as readonly JsonObject[]).map((each) => {
    const config = each['typed_config'] as JsonObject;
    const { json_format } = config['log_format'] as { readonly json_format: JsonObject };
    return { ...each, typed_config: { ...config, log_format: { json_format: { ...json_format, trace: id } } } };
  });

/** One JSON line for each connection, when it ends. */
export const connectionLog = (path: string, listener: string): Json => [logTo(path, { listener, ...connection, ...cluster })];

/** To the standard output Envoy writes by itself: as a user without rights it could not open `/dev/stdout` as a file. */
export function logTo(path: string, format: Readonly<Record<string, string>>): JsonObject {
  const log_format = { json_format: format };
  if (path === '/dev/stdout')
    return extension('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', { log_format });
  return extension('envoy.access_loggers.file', 'envoy.extensions.access_loggers.file.v3.FileAccessLog', { path, log_format });
}
