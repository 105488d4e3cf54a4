import type { Intercepted } from '../../../model/intercepted.js';
import { discovery } from '../address.js';
import { maxConnections } from '../bootstrap.js';
import { http2Limits } from '../http.js';
import { duration, type JsonObject, typed } from '../json.js';
import type { Placement } from '../placement.js';

/** To a call's own listener, or, for a queue, to its host. */
export const clusterName = ({ callee, call }: Intercepted): string => (call === undefined ? `consumed/${callee}` : `intercepted/${callee}`);

/** Nothing is held back here: a call's limits are those of its own listener. */
const unlimited: JsonObject = {
  circuit_breakers: {
    thresholds: [{ max_connections: maxConnections, max_pending_requests: maxConnections, max_requests: maxConnections }],
  },
};

/** Less than the hour after which a listener closes an idle connection: a request sent at that moment would be lost. */
const idle = duration(60_000);

export function clusterFor(each: Intercepted, placement: Placement): JsonObject {
  const name = clusterName(each);
  const reached =
    each.call === undefined
      ? discovery(name, placement.external(each.external!), 'LOGICAL_DNS')
      : discovery(name, { addresses: [placement.local(each.call)] }, 'STRICT_DNS');
  return {
    name,
    connect_timeout: duration(each.call === undefined ? 5_000 : 1_000),
    ...reached,
    ...(each.told === 'host' ? { typed_extension_protocol_options: asItCame } : {}),
    ...unlimited,
  };
}

/** In the version of HTTP in which it came. */
const asItCame: JsonObject = {
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', {
    common_http_protocol_options: { idle_timeout: idle },
    use_downstream_protocol_config: { http_protocol_options: {}, http2_protocol_options: http2Limits },
  }),
};
