import { member, notAmong, show } from '../problem.js';
import { covers, parseRouteKey } from '../route-key.js';
import { at, entries, isPlain, type Walk } from './walk.js';

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
  const routes = routesTo(architecture, name);
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
    if (allowed === '*') continue;
    if (!Array.isArray(allowed) || allowed.length === 0)
      walk.add(here, `got ${show(allowed)}; allowed: "*", or a list such as ["GET /orders/{id}"]`);
    for (const [index, key] of (Array.isArray(allowed) ? allowed : []).entries()) {
      const parsed = typeof key === 'string' ? parseRouteKey(key) : 'a route is "METHOD /path", such as "GET /orders/{id}"';
      if (typeof parsed === 'string') walk.add(member(here, index), key === undefined ? 'is missing' : `got ${show(key)}; ${parsed}`);
    }
  }
  for (const caller of callers)
    if (at(access, caller) === undefined)
      walk.add(member(place, caller), `is missing: ${caller} declares a call to ${name}; list what it may ask for, or remove the call`);
  const open = at(access, 'gateways');
  if (open === '*') return;
  const listed = (Array.isArray(open) ? open : [])
    .map((key) => (typeof key === 'string' ? parseRouteKey(key) : ''))
    .filter((key) => typeof key !== 'string');
  const left = routes.filter(({ request }) => !listed.some((each) => covers(each, request)));
  if (left.length > 0)
    walk.add(member(place, 'gateways'), `leaves out ${left.map(inWords).join(', and ')}; list it here, or remove the route`);
}

/** A route, and what it asks for where it rewrites the path. */
function inWords({ gateway, key, request }: ReturnType<typeof routesTo>[number]): string {
  const asks = `${request.method ?? 'ANY'} ${request.path.text}`;
  return `${show(key)} of gateway ${gateway}${asks === key ? '' : `, which asks for ${show(asks)}`}`;
}

function routesTo(architecture: unknown, service: string) {
  return entries(at(architecture, 'gateways')).flatMap(([gateway, spec]) =>
    entries(at(spec, 'routes')).flatMap(([key, route]) => {
      if (at(route, 'to') !== service) return [];
      const parsed = parseRouteKey(key);
      if (typeof parsed === 'string') return [];
      const rewritten = at(route, 'path');
      const request = typeof rewritten === 'string' ? parseRouteKey(`${parsed.method ?? 'ANY'} ${rewritten}`) : parsed;
      return typeof request === 'string' ? [] : [{ gateway, key, request }];
    }),
  );
}
