import type { Admission, Rule, Service } from '../../model/architecture/index.js';
import { duration, type Json, type JsonObject, optional } from './json.js';
import { matcher } from './match.js';
import { rateLimitOf, withoutRateLimits } from './rate-limit.js';
import { upgrades } from './upgrade.js';

/** The callee's caller limits the time: its deadline goes along, and it ends what is silent. */
const routeTo = (app: string): JsonObject => ({ cluster: app, timeout: duration(0), idle_timeout: duration(3_600_000) });

/** At the callee every route leads to the app. They stand apart as far as the last rule that has a limit of its own or upgrades, so that the first match wins here too. */
export function appRoutes(service: Service, app: string): JsonObject[] {
  const { rules, admits } = service;
  const route = routeTo(app);
  const last = rules.findLastIndex(({ rateLimit, upgrade }) => rateLimit !== undefined || upgrade !== undefined);
  const own = rules.slice(0, last + 1).map((rule) => routeOf(rule, admits, route));
  return [...healthRoute(service, route), ...own, { match: { prefix: '/' }, route }];
}

function routeOf(rule: Rule, admits: readonly Admission[], route: JsonObject): JsonObject {
  const match = matcher(rule.match, rule.match.methods, undefined);
  const headers = [...((match['headers'] as Json[] | undefined) ?? []), ...callerHeader(rule, admits)];
  return {
    name: rule.path,
    match: { ...match, ...optional('headers', headers.length === 0 ? undefined : headers) },
    route: { ...route, ...upgrades(rule) },
    ...rateLimitOf(rule, admits),
  };
}

/** Who asks, as this sidecar wrote it (`SANITIZE_SET`) from the handshake: the last element of the header is the identity. */
function callerHeader({ match: { from } }: Rule, admits: readonly Admission[]): Json[] {
  if (from === undefined) return [];
  const identities = admits.filter(({ caller }) => caller.kind === 'service' && from.includes(caller.name)).map(({ identity }) => identity);
  const regex = `.*;URI=(?:${identities.map((identity) => identity.replaceAll('.', '\\.')).join('|')})`;
  return [{ name: 'x-forwarded-client-cert', string_match: { safe_regex: { regex } } }];
}

/** A question about health is not one of those that are counted: a busy instance is not a sick one. */
const healthRoute = ({ health, rateLimit, rules }: Service, route: JsonObject): JsonObject[] =>
  health?.active === undefined || (rateLimit === undefined && rules.every((rule) => rule.rateLimit === undefined))
    ? []
    : [
        {
          name: 'health',
          match: { path: health.path, headers: [{ name: ':method', string_match: { exact: 'GET' } }] },
          route,
          ...withoutRateLimits(rateLimit, rules),
        },
      ];
