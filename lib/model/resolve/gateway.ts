import type { Gateway, GatewayRoute, RouteAuth, RouteTarget } from '../architecture/index.js';
import { byName } from '../by-name.js';
import { parseCallee } from '../callee.js';
import { parseDuration } from '../duration.js';
import { type PathPattern, sameParameters } from '../path.js';
import { member } from '../problem.js';
import { parseRouteKey } from '../route-key.js';
import type { AuthSpec, GatewayRouteSpec, GatewaySpec } from '../spec/index.js';
import type { PlainSpec } from '../spec/plain.js';
import { defaultsOf } from './defaults.js';
import { pathOf } from './match.js';
import { mergePolicy } from './policy.js';
import { listenAt } from './port.js';
import { metBy, ruleForAll, rulesOf, writtenAt } from './rule.js';

/** How long API Gateway waits for an answer at most, in milliseconds. */
const longestIntegration = { rest: 29_000, http: 30_000 } as const;

/** What a gateway lets through where it says nothing. */
const throttle = { rate: 100, burst: 200 } as const;

export const resolveGateways = (spec: PlainSpec, trustDomain: string): Gateway[] =>
  byName(spec.gateways).map(([name, gateway]) => {
    const path = member('gateways', name);
    return {
      name,
      path,
      kind: gateway.kind,
      identity: `spiffe://${trustDomain}/ingress/${name}`,
      throttle: gateway.throttle ?? throttle,
      allow: gateway.allow,
      deny: gateway.deny ?? [],
      pool: defaultsOf(spec, 'http').pool,
      routes: byName(gateway.routes).map(([key, route]) => resolveRoute(spec, gateway, key, route!, member(member(path, 'routes'), key))),
    };
  });

function resolveRoute(
  spec: PlainSpec,
  gateway: GatewaySpec<string, string>,
  key: string,
  route: GatewayRouteSpec<string, string>,
  at: string,
): GatewayRoute {
  const parsed = parseRouteKey(key);
  if (typeof parsed === 'string') throw new TypeError(`unchecked route ${key}`);
  return {
    key,
    at,
    method: parsed.method,
    path: parsed.path,
    target: targetOf(spec, route, parsed.path, at),
    auth: authOf(route.auth ?? gateway.auth),
    throttle: route.throttle,
    timeout: parseDuration(route.timeout) ?? longestIntegration[gateway.kind],
  };
}

function targetOf(spec: PlainSpec, route: GatewayRouteSpec<string, string>, client: PathPattern, at: string): RouteTarget {
  if (route.respond !== undefined) return { kind: 'respond', status: route.respond.status, json: route.respond.json };
  const { name, port } = parseCallee(route.to!);
  const path = route.path === undefined ? client : sameParameters(pathOf(route.path), client);
  const callers = [writtenAt({ timeout: route.timeout }, at)];
  const external = spec.external?.[name];
  if (external === undefined)
    return {
      kind: 'service',
      name,
      port,
      path,
      speaks: listenAt(spec.services![name]!, port).protocol === 'grpc' ? 'grpc' : 'http',
      grpcWeb: route.grpcWeb === true,
      rpc: route.rpc === undefined ? undefined : { name: route.rpc, path: pathOf(`/${route.rpc}`) },
      rules: metBy(rulesOf(spec, name, callers, { port }), undefined),
    };
  const policy = mergePolicy(callers, undefined, defaultsOf(spec, external.protocol));
  return { kind: 'external', name, path, rules: [ruleForAll(at, policy)] };
}

function authOf(auth: AuthSpec<string> | undefined): RouteAuth {
  if (auth === undefined) return { kind: 'missing' };
  if (auth === 'public') return { kind: 'public' };
  if (typeof auth === 'string') return { kind: 'authorizer', name: auth, scopes: [] };
  return { kind: 'authorizer', name: auth.use, scopes: [...(auth.scopes ?? [])].sort() };
}
