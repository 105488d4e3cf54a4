import { discovery } from '../engines/envoy/address.js';
import { bootstrap } from '../engines/envoy/bootstrap.js';
import { withoutMeshHeaders } from '../engines/envoy/header.js';
import { hardened, httpConnectionManager } from '../engines/envoy/http.js';
import { type Bootstrap, duration, extension, type JsonObject } from '../engines/envoy/json.js';
import { scopes, tokenPattern, tokens } from '../engines/envoy/jwt.js';
import { listener } from '../engines/envoy/listener.js';
import type { Address, Placement } from '../engines/envoy/placement.js';
import type { Authorizer, Gateway } from '../model/architecture/index.js';
import { type TokenCommand, unauthorized, withHint } from './gateway-hint.js';
import { gatewayRoutes } from './gateway-route.js';
import { throttleFilter } from './gateway-throttle.js';

/** Where the stand-in for one gateway is. */
export interface GatewayPlacement extends Placement {
  /** Where clients ask, in plain HTTP. */
  readonly listen: Address;
}

/** What its Envoy is called. */
export const gatewayNode = ({ name }: Gateway): string => `gateway-${name}`;

/**
 * The configuration of an Envoy that stands in for API Gateway: its routes in its precedence, its authorizers, its throttles, its paths; it overwrites the
 * `x-edge-*` headers and hands the rest to the ingress. Statuses of what it refuses are API Gateway's; their texts are Envoy's, which say more.
 *
 * @param commandOf what prints a token for a route: a 401 then says it. @default it does not
 */
export function gatewayBootstrap(
  gateway: Gateway,
  authorizers: readonly Authorizer[],
  placement: GatewayPlacement,
  commandOf?: TokenCommand,
): Bootstrap {
  const asked = new Set(gateway.routes.flatMap(({ auth }) => (auth.kind === 'authorizer' ? [auth.name] : [])));
  const used = authorizers.filter(({ name }) => asked.has(name));
  const node = gatewayNode(gateway);
  const clients = listener('clients', placement.listen, [manager(gateway, used, placement, commandOf)]);
  const ingress = {
    name: 'ingress',
    connect_timeout: duration(1_000),
    ...discovery('ingress', { addresses: [placement.front(gateway)] }, 'STRICT_DNS'),
  };
  return bootstrap({ id: node, cluster: node, listeners: [clients], clusters: [ingress] }, placement);
}

function manager(
  gateway: Gateway,
  authorizers: readonly Authorizer[],
  placement: GatewayPlacement,
  commandOf: TokenCommand | undefined,
): JsonObject {
  return httpConnectionManager({
    name: 'gateway',
    codec: 'AUTO',
    accessLog: placement.accessLog,
    filters: [throttleFilter(gateway.throttle), tokens(authorizers, placement), scopes, largestRequest],
    virtualHost: { routes: gatewayRoutes(gateway, commandOf) },
    options: {
      ...hardened,
      ...withoutMeshHeaders,
      max_request_headers_kb: 10, // of each kind of API Gateway: 431
      // A client is a client, wherever it is: nothing that it says is trusted as an Envoy's word.
      use_remote_address: true,
      internal_address_config: { unix_sockets: false, cidr_ranges: [] },
      local_reply_config: { mappers: commandOf === undefined ? [noToken] : [{ ...noToken, ...withHint }, unauthorized] },
    },
  });
}

/** API Gateway's limit of a request, for each of its kinds: 413. */
const largestRequest = extension('envoy.filters.http.buffer', 'envoy.extensions.filters.http.buffer.v3.Buffer', {
  max_request_bytes: 10 * 1_048_576,
});

/** Where Envoy answers 403, and API Gateway 401: to a good token for another audience, and to one that is not all of its header. */
const noToken: JsonObject = {
  filter: {
    extension_filter: extension(
      'envoy.access_loggers.extension_filters.cel',
      'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
      {
        expression: [
          "response.code_details.startsWith('jwt_authn_access_denied{Audiences')",
          `response.code_details.startsWith('rbac_access_denied') && !request.headers['authorization'].matches('^(${tokenPattern})$')`,
        ].join(' || '),
      },
    ),
  },
  status_code: 401,
};
