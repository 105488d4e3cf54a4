import { parseCidr } from '../cidr.js';
import * as leaf from '../leaf/index.js';
import { grammar } from '../name.js';
import { parametersOf, parsePath, pathRegex } from '../path.js';
import { member, show, wrong } from '../problem.js';
import { parseRouteKey } from '../route-key.js';
import { referToCallee } from './callee.js';
import { type Asked, checkJsonRoute } from './json-route.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** The names that a gateway may use. */
interface Names {
  readonly targets: readonly string[];
  /** Services without a listener, which nobody asks. */
  readonly workers: readonly string[];
  /** Services and externals that speak no HTTP. */
  readonly tcp: readonly string[];
  /** Services that speak gRPC. */
  readonly grpc: readonly string[];
  readonly authorizers: readonly string[];
  /** What is known of a target that is to be asked by gRPC; undefined where there is no such target. */
  readonly asked: (to: unknown) => Asked | undefined;
}

export function checkGateway(walk: Walk, gateway: unknown, path: string, names: Names): void {
  walk.leaf(leaf.gateway, gateway, path, ['auth', 'routes', 'acknowledge']);
  walk.acknowledge(at(gateway, 'acknowledge'), member(path, 'acknowledge'));
  checkAuth(walk, at(gateway, 'auth'), member(path, 'auth'), names.authorizers);
  for (const field of ['allow', 'deny']) checkRanges(walk, at(gateway, field), member(path, field));
  const routes = at(gateway, 'routes');
  const place = member(path, 'routes');
  if (!isPlain(gateway)) return;
  if (!isPlain(routes) || entries(routes).length === 0)
    return walk.add(place, wrong(routes, 'at least one route, such as { "GET /orders/{id}": { to: "orders" } }'));
  const taken = new Map<string, string>();
  for (const [key, route] of entries(routes)) {
    const here = member(place, key);
    const parsed = parseRouteKey(key);
    if (typeof parsed === 'string') {
      walk.add(here, `got ${show(key)}; ${parsed}`);
    } else {
      const same = `${parsed.method ?? 'ANY'} ${pathRegex(parsed.path)}`;
      const other = taken.get(same);
      if (other !== undefined) walk.add(here, `takes the same requests as ${show(other)}; keep one of them`);
      taken.set(same, key);
    }
    checkRoute(walk, route, here, names, typeof parsed === 'string' ? undefined : parametersOf(parsed.path));
    if (typeof parsed !== 'string') checkJsonRoute(walk, route, here, parsed, names.asked(at(route, 'to')));
  }
}

function checkRanges(walk: Walk, ranges: unknown, path: string): void {
  for (const [place, range] of items(ranges, path)) {
    const parsed = typeof range === 'string' ? parseCidr(range) : undefined;
    if (typeof parsed === 'string') walk.add(place, `got ${show(range)}; ${parsed}`);
  }
}

function checkRoute(walk: Walk, route: unknown, path: string, names: Names, parameters: readonly string[] | undefined): void {
  walk.leaf(leaf.gatewayRoute, route, path, ['to', 'auth', 'acknowledge']);
  walk.acknowledge(at(route, 'acknowledge'), member(path, 'acknowledge'));
  checkAuth(walk, at(route, 'auth'), member(path, 'auth'), names.authorizers);
  if (!isPlain(route)) return;
  const [to, respond, rewritten] = [at(route, 'to'), at(route, 'respond'), at(route, 'path')];
  if (to !== undefined && respond !== undefined) walk.add(path, 'has both `to` and `respond`; allowed: exactly one');
  if (to === undefined && respond === undefined && !hasUnknown(route))
    walk.add(path, 'has neither `to` nor `respond`; allowed: exactly one');
  if (to !== undefined) checkTarget(walk, to, member(path, 'to'), names);
  if (at(route, 'grpcWeb') !== undefined && respond === undefined && typeof to === 'string' && !names.grpc.includes(to))
    walk.add(member(path, 'grpcWeb'), `${to} is no service that speaks grpc; remove this, or choose another target`);
  if (respond !== undefined) {
    for (const field of ['path', 'timeout', 'grpcWeb', 'rpc'])
      if (at(route, field) !== undefined) walk.add(member(path, field), 'means nothing beside `respond`, which asks no service; remove it');
  }
  if (typeof rewritten !== 'string') return;
  const parsed = parsePath(rewritten);
  if (typeof parsed === 'string') return walk.add(member(path, 'path'), `got ${show(rewritten)}; a path ${parsed}`);
  // A client's {rest+} may be written back as {rest}: it stands for what the client sent, however many segments.
  const unknown = parametersOf(parsed).filter((name) => parameters !== undefined && !parameters.includes(name));
  if (unknown.length > 0) {
    const allowed = parameters!.length === 0 ? 'the route has none' : `allowed: ${parameters!.map((name) => `{${name}}`).join(', ')}`;
    walk.add(member(path, 'path'), `got ${show(rewritten)}; {${unknown.join('}, {')}} is no parameter of the route; ${allowed}`);
  }
}

const ownFields = [...Object.keys(leaf.gatewayRoute.shape), 'to', 'auth', 'acknowledge'];
const hasUnknown = (route: unknown): boolean => entries(route).some(([key]) => !ownFields.includes(key));

function checkTarget(walk: Walk, to: unknown, path: string, { targets, workers, tcp }: Names): void {
  if (workers.includes(String(to)))
    walk.add(path, `${to} has no \`listen\`, so nothing can ask it; add \`listen\` to it, or choose another target`);
  else if (tcp.includes(String(to))) walk.add(path, `${to} speaks no HTTP; a gateway asks services and externals that do`);
  else referToCallee(walk, to, path, targets);
}

function checkAuth(walk: Walk, auth: unknown, path: string, authorizers: readonly string[]): void {
  if (auth === undefined || auth === 'public') return;
  if (typeof auth === 'string') return walk.reference(auth, path, 'an authorizer or "public"', [...authorizers, 'public']);
  if (!isPlain(auth)) return walk.add(path, `got ${show(auth)}; allowed: an authorizer, "public" or { use, scopes? }`);
  if (auth['use'] === 'public')
    return walk.add(member(path, 'use'), '"public" stands alone, as auth: "public"; a token has nothing to say there');
  walk.reference(auth['use'], member(path, 'use'), 'an authorizer', authorizers);
  for (const key of Object.keys(auth)) if (key !== 'use' && key !== 'scopes') walk.unknown(key, path, ['use', 'scopes']);
  const scopes = auth['scopes'];
  if (scopes === undefined) return;
  const fine =
    Array.isArray(scopes) &&
    scopes.length > 0 &&
    scopes.length <= 10 &&
    scopes.every((scope) => typeof scope === 'string' && /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
  if (!fine) walk.add(member(path, 'scopes'), `got ${show(scopes)}; allowed: 1 to 10 scopes, such as ["orders:write"]`);
}

export const gatewayName = grammar.architecture;
