import type { Architecture, Gateway, GatewayRoute, RouteTarget, Service } from '../../model/architecture/index.js';
import { type MessageField, readDescriptorSet } from '../../model/descriptor/descriptor-set.js';
import type { PathPattern } from '../../model/path.js';
import { extension, type JsonObject, typed } from './json.js';
import { boundDescriptors, type JsonBinding } from './json-binding.js';
import { serviceOf } from './lookup.js';
import { type Narrowing, narrowed } from './match.js';

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
  const fieldOf = fieldsOf(rpc, descriptors);
  return `/${segments
    .map((segment) =>
      segment.kind === 'literal' ? segment.value : `{${fieldOf(segment.name).name}${segment.kind === 'rest' ? '=**' : ''}}`,
    )
    .join('/')}`;
}

/** A path's parameter as the message has it: by its name, or by the one that JSON has for it. */
function fieldsOf(rpc: string, descriptors: string): (parameter: string) => Pick<MessageField, 'name' | 'jsonName'> {
  const { methods, messages } = readDescriptorSet(descriptors);
  const fields = messages.get(methods.find(({ name }) => name === rpc)?.input ?? '') ?? [];
  return (parameter) =>
    fields.find(({ name, jsonName }) => name === parameter || jsonName === parameter) ?? { name: parameter, jsonName: parameter };
}

/**
 * Before `jsonEntry`: refuses a query that says a field of the path again. The message would have both, of which the later holds: an app would be asked for
 * something else than whoever looked at the path has allowed.
 */
export function saidTwice(route: GatewayRoute, { name, rpc }: JsonTarget, narrowing: Narrowing, architecture: Architecture): JsonObject[] {
  const fieldOf = fieldsOf(rpc.name, serviceOf(architecture, name).descriptors ?? '');
  const parameters = route.path.segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [fieldOf(segment.name)]));
  if (parameters.length === 0) return [];
  const names = new Set(parameters.flatMap(({ name: field, jsonName }) => [field, jsonName]));
  const regex = `.*[?&](?:${[...names].map(plainOrEscaped).join('|')})=.*`;
  return [
    {
      name: route.at,
      match: narrowed({ ...narrowing, headers: [...narrowing.headers, { name: ':path', string_match: { safe_regex: { regex } } }] }),
      direct_response: { status: 400, body: { inline_string: 'a field that is in the path cannot be in the query as well\n' } },
    },
  ];
}

/** The filter takes escapes for what they stand for, in names too. */
const plainOrEscaped = (field: string): string => [...field].map((char) => `(?:${char}|%(?i:${char.charCodeAt(0).toString(16)}))`).join('');

/**
 * Takes what clients send, and turns the filter on, which makes a gRPC request of it and asks for a route again (`grpcNarrowing`). What it leaves as it is, such
 * as gRPC, goes nowhere.
 */
export const jsonEntry = ({ at }: GatewayRoute, { name }: JsonTarget, narrowing: Narrowing): JsonObject => ({
  name: at,
  match: narrowed(narrowing),
  direct_response: { status: 415 },
  typed_per_filter_config: { [filterOf(name)]: typed('envoy.config.route.v3.FilterConfig', { config: {} }) },
});

/** What the filter has made of a request. */
export const grpcNarrowing = ({ rpc }: JsonTarget, { headers }: Narrowing): Narrowing => ({
  headers: [...headers, { name: 'content-type', string_match: { prefix: 'application/grpc' } }],
  method: 'POST',
  path: rpc.path,
});
