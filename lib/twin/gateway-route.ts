import { edgePrincipalHeader, edgeRouteHeader, edgeSourceHeader, nobody } from '../engines/envoy/header.js';
import { otherMethods } from '../engines/envoy/http.js';
import { duration, type Json, type JsonObject } from '../engines/envoy/json.js';
import { requires } from '../engines/envoy/jwt.js';
import type { Gateway, GatewayRoute } from '../model/architecture/index.js';
import { isLiteral, type PathPattern, pathRegex } from '../model/path.js';
import { type TokenCommand, tokenHint } from './gateway-hint.js';
import { comparePaths, shapeOf } from './gateway-precedence.js';
import { throttleOf } from './gateway-throttle.js';

/** What no API Gateway takes, a gateway's routes in its precedence, then what it answers to everything else. */
export function gatewayRoutes(gateway: Gateway, commandOf: TokenCommand | undefined): JsonObject[] {
  const sorted = [...gateway.routes].sort(
    (one, other) => comparePaths(one.path, other.path) || Number(one.method === undefined) - Number(other.method === undefined),
  );
  const routes = sorted.flatMap((route, index) => {
    const next = sorted[index + 1];
    const lastOfPath = next === undefined || shapeOf(next.path) !== shapeOf(route.path);
    // A REST API picks the resource by the path alone, and only then the method: a more general resource is never asked.
    return gateway.kind === 'rest' && lastOfPath
      ? [routeOf(gateway, route, commandOf), unknown(gateway, pathMatch(route.path))]
      : [routeOf(gateway, route, commandOf)];
  });
  return [unknown(gateway, otherMethods), ...routes, unknown(gateway, { prefix: '/' })];
}

function routeOf(gateway: Gateway, route: GatewayRoute, commandOf: TokenCommand | undefined): JsonObject {
  const { key, method, path, auth, target } = route;
  return {
    name: key,
    ...tokenHint(route, commandOf),
    match: { ...pathMatch(path), ...(method === undefined ? {} : { headers: [{ name: ':method', string_match: { exact: method } }] }) },
    // Where nobody said who may ask, nobody may.
    ...(auth.kind === 'missing'
      ? respond(403, { message: 'Forbidden' })
      : target.kind === 'respond'
        ? respond(target.status, target.json as Json)
        : forward(route, target.path)),
    typed_per_filter_config: {
      ...throttleOf(route.throttle ?? gateway.throttle),
      ...(auth.kind === 'authorizer' ? requires(auth.name, auth.scopes) : {}),
    },
  };
}

function unknown({ kind, throttle }: Gateway, match: JsonObject): JsonObject {
  const answer = kind === 'rest' ? respond(403, { message: 'Missing Authentication Token' }) : respond(404, { message: 'Not Found' });
  return { match, ...answer, typed_per_filter_config: throttleOf(throttle) };
}

function forward({ key, path, timeout, auth }: GatewayRoute, to: PathPattern): JsonObject {
  return {
    route: { cluster: 'ingress', timeout: duration(timeout), ...rewrite(path, to) },
    request_headers_to_add: [
      // A percent sign starts one of Envoy's own variables unless it is doubled.
      set(edgeRouteHeader, key.replaceAll('%', '%%')),
      set(edgeSourceHeader, '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%'),
      set(edgePrincipalHeader, nobody),
      ...(auth.kind === 'authorizer' ? [set(edgePrincipalHeader, subject)] : []),
    ],
  };
}

/** The verified token's `sub`; where it has none, Envoy adds nothing. */
const subject = '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:claims:sub)%';

const respond = (status: number, json: Json): JsonObject => ({
  direct_response: { status, body: { inline_string: JSON.stringify(json) } },
  response_headers_to_add: [set('content-type', 'application/json')],
});

const set = (key: string, value: string): JsonObject => ({ header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' });

const pathMatch = (path: PathPattern): JsonObject => (isLiteral(path) ? { path: path.text } : { safe_regex: { regex: pathRegex(path) } });

/** The client's path → the service's, each parameter carried over by its name. */
function rewrite(from: PathPattern, to: PathPattern): JsonObject {
  if (from.text === to.text) return {};
  const names: string[] = [];
  const pattern = from.segments.map((segment) => {
    const regex = pathRegex({ text: '', segments: [segment] }).slice(1);
    if (segment.kind === 'literal') return `/${regex}`;
    names.push(segment.name);
    return `/(${regex})`;
  });
  const target = to.segments.map((segment) => (segment.kind === 'literal' ? `/${segment.value}` : `/\\${names.indexOf(segment.name) + 1}`));
  return { regex_rewrite: { pattern: { regex: `^${pattern.join('') || '/'}$` }, substitution: target.join('') || '/' } };
}
