import type { Placement } from './placement.js';
import type { LogFile } from './spec.js';

/** What one line says, in Envoy's own words. Without the path: App Mesh's Envoy would write it with its query, which may carry what nobody should read. */
const fields = {
  time: '%START_TIME%',
  method: '%REQ(:METHOD)%',
  authority: '%REQ(:AUTHORITY)%',
  status: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  duration: '%DURATION%',
  caller: '%DOWNSTREAM_PEER_URI_SAN%',
  upstream: '%UPSTREAM_HOST%',
  request: '%REQ(X-REQUEST-ID)%',
};

export const accessLog = ({ accessLog }: Placement): LogFile => ({
  AccessLog: { File: { Path: accessLog, Format: { Json: Object.entries(fields).map(([Key, Value]) => ({ Key, Value })) } } },
});
