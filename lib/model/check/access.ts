import { noAction } from '../architecture/action.js';
import { everything } from '../architecture/match.js';
import { asSeen } from '../as-seen.js';
import { member, notAmong, show } from '../problem.js';
import { actionOf } from '../resolve/action.js';
import { matchOf } from '../resolve/match.js';
import { covers, parseRouteKey } from '../route-key.js';
import type { RouteSpec } from '../spec/index.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

type Request = Exclude<ReturnType<typeof parseRouteKey>, string>;

/**
 * `access` lists exactly who may ask for what. A declared caller or gateway route that it leaves out is an error, and so is an entry for somebody who never asks:
 * the two never disagree.
 */
export function checkAccess(walk: Walk, architecture: unknown, service: unknown, name: string, path: string): void {
  const access = at(service, 'access');
  if (access === undefined) return;
  const place = member(path, 'access');
  if (!isPlain(access))
    return walk.add(place, `got ${show(access)}; allowed: requests by caller, such as { gateways: ["GET /orders/{id}"], nightly: "*" }`);
  const callers = entries(at(architecture, 'services'))
    .filter(([, caller]) => at(at(caller, 'calls'), name) !== undefined)
    .map(([caller]) => caller);
  const services = entries(at(architecture, 'services')).map(([each]) => each);
  const routes = routesTo(architecture, name, rulesIn(walk, service, path));
  for (const [caller, allowed] of entries(access)) {
    const here = member(place, caller);
    if (caller !== 'gateways' && !services.includes(caller))
      walk.add(here, notAmong(caller, 'a service or "gateways"', ['gateways', ...services]));
    else if (caller === 'gateways' ? routes.length === 0 : !callers.includes(caller))
      walk.add(
        here,
        caller === 'gateways'
          ? `no gateway routes to ${name}; remove this, or add the route`
          : `${caller} declares no call to ${name}; remove this, or add the call`,
      );
    checkAllowed(walk, allowed, here, caller);
  }
  for (const caller of callers)
    if (at(access, caller) === undefined)
      walk.add(member(place, caller), `is missing: ${caller} declares a call to ${name}; list what it may ask for, or remove the call`);
  checkRoutes(walk, at(access, 'gateways'), member(place, 'gateways'), routes);
}

function checkAllowed(walk: Walk, allowed: unknown, path: string, caller: string): void {
  if (allowed === '*') return;
  if (!isPlain(allowed)) return checkKeys(walk, allowed, path, '"*", a list such as ["GET /orders/{id}"], or { allow?, deny? }');
  for (const key of Object.keys(allowed)) if (key !== 'allow' && key !== 'deny') walk.unknown(key, path, ['allow', 'deny']);
  const [allow, deny] = [at(allowed, 'allow'), at(allowed, 'deny')];
  if (allow === undefined && deny === undefined) return walk.add(path, 'says neither `allow` nor `deny`; allowed: "*" for any request');
  for (const [field, keys] of entries({ allow, deny })) checkKeys(walk, keys, member(path, field), 'a list such as ["GET /orders/{id}"]');
  const left = requestsIn(allow).filter((request) => !requestsIn(deny).some((denied) => covers(denied, request)));
  if (allow !== undefined && requestsIn(allow).length > 0 && left.length === 0)
    walk.add(member(path, 'deny'), `takes away all that \`allow\` gives; ${caller} could ask for nothing`);
}

export function checkKeys(walk: Walk, keys: unknown, path: string, allowed: string): void {
  if (!Array.isArray(keys) || keys.length === 0) return walk.add(path, `got ${show(keys)}; allowed: ${allowed}`);
  for (const [place, key] of items(keys, path)) {
    const parsed = typeof key === 'string' ? parseRouteKey(key) : 'a route is "METHOD /path", such as "GET /orders/{id}"';
    if (typeof parsed === 'string') walk.add(place, `${key === undefined ? 'is missing' : `got ${show(key)}`}; ${parsed}`);
  }
}

/** What a gateway routes here has to be open to it. */
function checkRoutes(walk: Walk, open: unknown, path: string, routes: readonly Route[]): void {
  const listed = isPlain(open) ? at(open, 'allow') : open;
  const everything = open === '*' || (isPlain(open) && listed === undefined);
  const left = everything ? [] : routes.filter(({ request }) => !requestsIn(listed).some((each) => covers(each, request)));
  if (left.length > 0) walk.add(path, `leaves out ${left.map(inWords).join(', and ')}; list it here, or remove the route`);
  const refused = routes.filter(({ request }) => requestsIn(at(open, 'deny')).some((each) => covers(each, request)));
  if (refused.length > 0) walk.add(member(path, 'deny'), `refuses ${refused.map(inWords).join(', and ')}; narrow it, or remove the route`);
}

const requestsIn = (keys: unknown): Request[] =>
  (Array.isArray(keys) ? keys : []).flatMap((key) => {
    const parsed = typeof key === 'string' ? parseRouteKey(key) : '';
    return typeof parsed === 'string' ? [] : [parsed];
  });

interface Route {
  readonly gateway: string;
  readonly key: string;
  readonly request: Request;
}

/** A route, and what it asks for where it rewrites the path. */
function inWords({ gateway, key, request }: Route): string {
  const asks = `${request.method ?? 'ANY'} ${request.path.text}`;
  return `${show(key)} of gateway ${gateway}${asks === key ? '' : `, which asks for ${show(asks)}`}`;
}

/** What no rule takes goes as it is. */
const rest = { match: everything, action: noAction };

type Rules = Parameters<typeof asSeen>[0];

/** The rules as a gateway meets them; none where something is wrong with them. */
function rulesIn(walk: Walk, service: unknown, path: string): Rules {
  const routes = at(service, 'routes');
  if (!Array.isArray(routes) || walk.hasWithin(member(path, 'routes'))) return [];
  return (routes as RouteSpec<string, string>[]).flatMap((route) => {
    const match = matchOf(route.match);
    return match.from === undefined ? [{ match, action: actionOf(route, match, (version) => version) }] : [];
  });
}

function routesTo(architecture: unknown, service: string, rules: Rules): Route[] {
  return entries(at(architecture, 'gateways')).flatMap(([gateway, spec]) =>
    entries(at(spec, 'routes')).flatMap(([key, route]) => {
      if (at(route, 'to') !== service) return [];
      const parsed = parseRouteKey(key);
      if (typeof parsed === 'string') return [];
      const [rewritten, rpc] = [at(route, 'path'), at(route, 'rpc')];
      const request =
        typeof rpc === 'string'
          ? parseRouteKey(`POST /${rpc}`)
          : typeof rewritten === 'string'
            ? parseRouteKey(`${parsed.method ?? 'ANY'} ${rewritten}`)
            : parsed;
      return typeof request === 'string' ? [] : asSeen([...rules, rest], request).map((seen) => ({ gateway, key, request: seen }));
    }),
  );
}
