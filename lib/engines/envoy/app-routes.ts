import type { Rule, Service } from '../../model/architecture.js';
import { appCluster } from './cluster.js';
import { duration, type JsonObject } from './json.js';
import { rateLimitOf } from './rate-limit.js';
import { matcher } from './routes.js';

/** The callee's caller limits the time: its deadline goes along. */
const route: JsonObject = { cluster: appCluster, timeout: duration(0) };

/** At the callee every route leads to the app. They stand apart as far as the last rule that has a limit of its own, so that the first match wins here too. */
export function appRoutes({ rules, admits }: Service): JsonObject[] {
  const last = rules.findLastIndex(({ rateLimit }) => rateLimit !== undefined);
  return [...rules.slice(0, last + 1).map((rule) => routeOf(rule, rateLimitOf(rule, admits))), { match: { prefix: '/' }, route }];
}

const routeOf = ({ path, match }: Rule, more: JsonObject): JsonObject => ({
  name: path,
  match: matcher(match, match.methods, undefined),
  route,
  ...more,
});
