import type { Gateway, GatewayRoute } from '../../model/architecture/index.js';
import { extension, type JsonObject, typed } from './json.js';

const name = 'envoy.filters.http.grpc_web';

const translated = ({ target }: GatewayRoute): boolean => target.kind === 'service' && target.grpcWeb;

/** Makes gRPC of gRPC-Web, binary or text, and back, trailers at the end of the body: on the routes that say so, and on no other. */
export const grpcWebFilter = ({ routes }: Gateway): JsonObject[] =>
  routes.some(translated) ? [{ ...extension(name, 'envoy.extensions.filters.http.grpc_web.v3.GrpcWeb'), disabled: true }] : [];

/** What turns it on for a route. */
export const grpcWeb = (route: GatewayRoute): JsonObject =>
  translated(route) ? { [name]: typed('envoy.config.route.v3.FilterConfig', { config: {} }) } : {};
