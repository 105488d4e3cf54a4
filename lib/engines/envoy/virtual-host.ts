import type { JsonObject } from './json.js';

/**
 * Routes for whatever host is asked. What most of them say of retries is said once, for all: with a hundred callees it would be a tenth of the
 * configuration, and of the time that Envoy takes to read it.
 */
export function virtualHost(name: string, fields: JsonObject): JsonObject {
  const routes = (fields['routes'] ?? []) as readonly JsonObject[];
  const common = commonRetries(routes);
  return {
    name,
    domains: ['*'],
    ...fields,
    ...(common === undefined
      ? {}
      : { retry_policy: common, routes: routes.map((route) => (sameRetries(route, common) ? withoutRetries(route) : route)) }),
  };
}

/** The policy that most routes have, where it is several; none where some route has no retries, since it would get them. */
function commonRetries(routes: readonly JsonObject[]): JsonObject | undefined {
  const policies = routes.filter((route) => 'route' in route).map(retriesOf);
  const counts = new Map<string, number>();
  for (const policy of policies) {
    if (policy === undefined) return undefined;
    const text = JSON.stringify(policy);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most === undefined || most[1] < 2 ? undefined : policies.find((policy) => JSON.stringify(policy) === most[0]);
}

const retriesOf = (route: JsonObject): JsonObject | undefined => (route['route'] as JsonObject)['retry_policy'] as JsonObject | undefined;

const sameRetries = (route: JsonObject, policy: JsonObject): boolean =>
  'route' in route && JSON.stringify(retriesOf(route)) === JSON.stringify(policy);

function withoutRetries(route: JsonObject): JsonObject {
  const { retry_policy: _, ...action } = route['route'] as JsonObject;
  return { ...route, route: action };
}
