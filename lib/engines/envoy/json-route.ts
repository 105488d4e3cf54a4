import type { Architecture, Gateway, GatewayRoute, RouteTarget, Service } from '../../model/architecture/index.js';
import { everything } from '../../model/architecture/match.js';
import { readDescriptorSet } from '../../model/descriptor/descriptor-set.js';
import type { PathPattern } from '../../model/path.js';
import { extension, type JsonObject, typed } from './json.js';
import { boundDescriptors, type JsonBinding } from './json-binding.js';
import { serviceOf } from './lookup.js';
import { matcher, type Narrowing } from './match.js';

/** Bytes of an answer that the ingress holds while it makes JSON of it, and of a request the other way round: a larger answer is a 500, a larger request a 413. */
const longestMessage = 1_048_576;

type ToService = Extract<RouteTarget, { readonly kind: 'service' }>;
type JsonTarget = ToService & { readonly rpc: NonNullable<ToService['rpc']> };

/** What a route's clients speak JSON to; undefined for every other. */
export const jsonTarget = ({ target }: GatewayRoute): JsonTarget | undefined =>
  target.kind === 'service' && target.rpc !== undefined ? (target as JsonTarget) : undefined;

const filterOf = (service: string): string => `json/${service}`;

/** Makes gRPC of JSON, and JSON of what comes back: a filter for each service, on the routes that say so and on no other. It knows the methods of these routes alone. */
export const jsonFilters = (architecture: Architecture, { routes }: Gateway): JsonObject[] => {
  const asked = [...new Set(routes.flatMap((route) => jsonTarget(route)?.name ?? []))].sort();
  return asked.map((name) => filter(serviceOf(architecture, name), routes));
};

function filter({ name, descriptors = '' }: Service, routes: readonly GatewayRoute[]): JsonObject {
  const bindings = routes.flatMap((route) => (jsonTarget(route)?.name === name ? [bindingOf(route, descriptors)] : []));
  return {
    ...extension(filterOf(name), 'envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder', {
      proto_descriptor_bin: boundDescriptors(descriptors, bindings),
      services: [...new Set(bindings.map(({ rpc }) => rpc.slice(0, rpc.indexOf('/'))))].sort(),
      convert_grpc_status: true,
      max_request_body_size: longestMessage,
      max_response_body_size: longestMessage,
      request_validation_options: {
        reject_unknown_method: true,
        reject_unknown_query_parameters: true,
        reject_binding_body_field_collisions: true,
      },
    }),
    disabled: true,
  };
}

function bindingOf(route: GatewayRoute, descriptors: string): JsonBinding {
  const { rpc } = jsonTarget(route)!;
  return { rpc: rpc.name, method: route.method as JsonBinding['method'], template: templateOf(route.path, rpc.name, descriptors) };
}

/** `/quotes/{sku}`, `/files/{name=**}`: each parameter by the name that the message has for it. */
function templateOf({ segments }: PathPattern, rpc: string, descriptors: string): string {
  const { methods, messages } = readDescriptorSet(descriptors);
  const fields = messages.get(methods.find(({ name }) => name === rpc)?.input ?? '') ?? [];
  const fieldOf = (parameter: string): string =>
    fields.find(({ name, jsonName }) => name === parameter || jsonName === parameter)?.name ?? parameter;
  return `/${segments
    .map((segment) => (segment.kind === 'literal' ? segment.value : `{${fieldOf(segment.name)}${segment.kind === 'rest' ? '=**' : ''}}`))
    .join('/')}`;
}

/**
 * Takes what clients send, and turns the filter on, which makes a gRPC request of it and asks for a route again (`grpcNarrowing`). What it leaves as it is, such
 * as gRPC, goes nowhere.
 */
export const jsonEntry = ({ at, method }: GatewayRoute, { name }: JsonTarget, narrowing: Narrowing): JsonObject => ({
  name: at,
  match: matcher(everything, method === undefined ? undefined : [method], narrowing),
  direct_response: { status: 415 },
  typed_per_filter_config: { [filterOf(name)]: typed('envoy.config.route.v3.FilterConfig', { config: {} }) },
});

/** What the filter has made of a request. */
export const grpcNarrowing = ({ rpc }: JsonTarget, { headers }: Narrowing): Narrowing => ({
  headers: [...headers, { name: 'content-type', string_match: { prefix: 'application/grpc' } }],
  method: 'POST',
  path: rpc.path,
});
