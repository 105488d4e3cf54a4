import type { Admission, Match, Rule, Service } from '../../model/architecture/index.js';
import { spellings } from './denied.js';
import { globalRateLimitOf, type Peers, withoutGlobalRateLimits } from './global-rate-limit.js';
import { duration, type Json, type JsonObject, optional } from './json.js';
import { matcher } from './match.js';
import { rateLimitOf, withoutRateLimits } from './rate-limit.js';
import { upgrades } from './upgrade.js';

/** The callee's caller limits the time: its deadline goes along, and it ends what is silent. */
const routeTo = (app: string): JsonObject => ({ cluster: app, timeout: duration(0) });

/** At the callee every route leads to the app. They stand apart as far as the last rule that has a limit of its own or upgrades, so that the first match wins here too. */
export function appRoutes(service: Service, app: string, peers: Peers): JsonObject[] {
  const { rules } = service;
  const route = routeTo(app);
  const last = rules.findLastIndex((rule) => limited(rule) || rule.upgrade !== undefined);
  const own = rules.slice(0, last + 1).map((rule) => routeOf(rule, service, peers, route));
  return [...healthRoute(service, route), ...own, { match: { prefix: '/' }, route }];
}

const limited = ({ rateLimit, globalRateLimit }: Pick<Rule, 'rateLimit' | 'globalRateLimit'>): boolean =>
  rateLimit !== undefined || globalRateLimit !== undefined;

function routeOf(rule: Rule, service: Service, peers: Peers, route: JsonObject): JsonObject {
  const { admits } = service;
  const counted = limited(rule) ? asAppsRead(rule.match, service.rules) : rule.match;
  const match = matcher(counted, counted.methods, undefined);
  const headers = [...((match['headers'] as Json[] | undefined) ?? []), ...callerHeader(rule, admits)];
  return {
    name: rule.path,
    match: { ...match, ...optional('headers', headers.length === 0 ? undefined : headers) },
    route: { ...route, ...upgrades(rule) },
    ...byFilter({ ...rateLimitOf(rule, admits), ...globalRateLimitOf(rule, service, peers) }),
  };
}

/**
 * The requests that some app may take for those of a rule, as `spellings` has it: who is counted at `/login` is not to get by at `/Login/`. A call of gRPC is one
 * by its path, whatever it calls its content, and HEAD is GET unless a rule is for it.
 */
function asAppsRead({ path, methods, headers, ...match }: Match, rules: readonly Rule[]): Match {
  const asked = rules.some((rule) => rule.match.methods?.includes('HEAD') === true);
  return {
    ...match,
    path: path === undefined || !('segments' in path) ? path : { regex: spellings({ path, method: undefined }).regex },
    methods: methods?.includes('GET') === true && !asked ? [...methods, 'HEAD'] : methods,
    headers: match.rpc === undefined ? headers : headers.filter(({ name }) => name !== 'content-type'),
  };
}

const byFilter = (configurations: JsonObject): JsonObject =>
  optional('typed_per_filter_config', Object.keys(configurations).length === 0 ? undefined : configurations);

/** Who asks, as this sidecar wrote it (`SANITIZE_SET`) from the handshake: the last element of the header is the identity. */
function callerHeader({ match: { from } }: Rule, admits: readonly Admission[]): Json[] {
  if (from === undefined) return [];
  const identities = admits.filter(({ caller }) => caller.kind === 'service' && from.includes(caller.name)).map(({ identity }) => identity);
  const regex = `.*;URI=(?:${identities.map((identity) => identity.replaceAll('.', '\\.')).join('|')})`;
  return [{ name: 'x-forwarded-client-cert', string_match: { safe_regex: { regex } } }];
}

/** A question about health is not one of those that are counted: a busy instance is not a sick one. */
function healthRoute(service: Service, route: JsonObject): JsonObject[] {
  const { health, rateLimit, rules } = service;
  if (health?.active === undefined || ![service, ...rules].some(limited)) return [];
  return [
    {
      name: 'health',
      match: { path: health.path, headers: [{ name: ':method', string_match: { exact: 'GET' } }] },
      route,
      ...byFilter({ ...withoutRateLimits(rateLimit, rules), ...withoutGlobalRateLimits(service) }),
    },
  ];
}
