import { noAction } from '../architecture/action.js';
import type { Faults, ModelPath, Policy, RateLimit, Rule, Split } from '../architecture/index.js';
import { everything, isEverything } from '../architecture/match.js';
import { member } from '../problem.js';
import type { RateLimitSpec, RouteSpec, SplitSpec } from '../spec/index.js';
import type { PlainService, PlainSpec } from '../spec/plain.js';
import { actionOf } from './action.js';
import { type Defaults, defaultsOf } from './defaults.js';
import { faultsOf } from './faults.js';
import { globalRateLimitOf } from './global-rate-limit.js';
import { matchOf } from './match.js';
import { mergePolicy, statedBudget } from './policy.js';
import { listenAt } from './port.js';
import { streaming } from './resilience.js';
import type { Written } from './written.js';

/** The id of a version: the service's name, or `<service>-<version>` where versions are declared. */
export const versionId = (service: string, version: string): string => `${service}-${version}`;

export function trafficOf(name: string, service: PlainService): Split[] {
  const versions = Object.keys(service.versions ?? {});
  if (versions.length === 0) return [{ version: name, weight: 100 }];
  if (service.traffic === undefined) return [{ version: versionId(name, versions[0]!), weight: 100 }];
  return splitOf(name, versions, service.traffic);
}

/** Versions in the order of their declaration; one that is not named gets nothing. */
const splitOf = (name: string, versions: readonly string[], split: SplitSpec<string>): Split[] =>
  versions
    .filter((version) => split[version] !== undefined)
    .map((version) => ({ version: versionId(name, version), weight: split[version]! }));

/** What a call says besides its policy. */
interface Asked {
  readonly idempotent?: boolean | undefined;
  readonly faults?: Faults | undefined;
  /** The further port that it is for: routes speak of `listen` alone. */
  readonly port?: string | undefined;
}

/** A service's rules with a caller's policies merged in; the last one takes what no other does. */
export function rulesOf(
  spec: PlainSpec,
  name: string,
  callers: readonly Written[],
  { idempotent = false, faults, port }: Asked = {},
): Rule[] {
  const service = spec.services![name]!;
  const path = member('services', name);
  const defaults = defaultsOf(spec, listenAt(service, port).protocol);
  const declared = port === undefined ? (service.routes ?? []) : [];
  const routes = declared.map((route, index): Rule => {
    const place = member(member(path, 'routes'), index);
    const policy = mergePolicy(callers, { spec: route, path: place }, defaults);
    const match = matchOf(route.match, route.upgrade);
    const stream = route.stream === true || route.upgrade !== undefined;
    return {
      path: place,
      match,
      to: targetOf(name, service, route),
      followsTraffic: follows(route),
      action: actionOf(route, match, (version) => versionId(name, version)),
      policy: stream ? streaming(policy, place) : policy,
      idempotent: idempotent || route.idempotent === true,
      rateLimit: rateLimitOf(route.rateLimit),
      globalRateLimit: globalRateLimitOf(route.globalRateLimit, place, spec),
      stream,
      upgrade: route.upgrade,
      faults: faults ?? faultsOf(route.faults, place),
    };
  });
  const last = routes.at(-1);
  const budget = sharedBudget(callers, declared, defaults);
  if (last !== undefined && isEverything(last.match)) return withBudget(routes, budget);
  const rest = ruleForAll(member(path, 'traffic'), mergePolicy(callers, undefined, defaults), idempotent, faults);
  return withBudget([...routes, { ...rest, to: trafficOf(name, service), followsTraffic: true }], budget);
}

/** Takes every request, to no version: all that an external has, which has no rules of its own. */
export const ruleForAll = (path: ModelPath, policy: Policy, idempotent = false, faults?: Faults): Rule => ({
  path,
  match: everything,
  to: [],
  followsTraffic: false,
  action: noAction,
  policy,
  idempotent,
  rateLimit: undefined,
  globalRateLimit: undefined,
  stream: false,
  upgrade: undefined,
  faults,
});

/** All requests to a version share one retry budget: the least that some rule's retries state. */
function sharedBudget(callers: readonly Written[], routes: readonly Written['spec'][], defaults: Defaults): number | undefined {
  const stated = [undefined, ...routes].map((spec) => statedBudget([...callers, { spec, path: '' }], defaults));
  const budgets = stated.filter((budget) => budget !== undefined);
  return budgets.length === 0 ? undefined : Math.min(...budgets);
}

const withBudget = (rules: readonly Rule[], budget: number | undefined): Rule[] =>
  rules.map((rule) => {
    const { policy } = rule;
    if (budget === undefined || policy.retries === undefined) return rule;
    return { ...rule, policy: { ...policy, retries: { ...policy.retries, budget } } };
  });

export const rateLimitOf = (spec: RateLimitSpec | undefined): RateLimit | undefined =>
  spec === undefined ? undefined : { rate: spec.rate, burst: spec.burst, per: spec.per ?? 'instance' };

const follows = ({ to, redirect, respond }: RouteSpec<string, string>): boolean =>
  to === undefined && redirect === undefined && respond === undefined;

function targetOf(name: string, service: PlainService, route: RouteSpec<string, string>): Split[] {
  const { to } = route;
  if (follows(route)) return trafficOf(name, service);
  if (to === undefined) return [];
  if (typeof to === 'string') return [{ version: versionId(name, to), weight: 100 }];
  return splitOf(name, Object.keys(service.versions ?? {}), to);
}

/**
 * A service's rules as one caller meets them, without those that are for others only.
 * @param caller undefined for a gateway
 */
export function metBy(rules: readonly Rule[], caller: string | undefined): Rule[] {
  const own = rules.filter(({ match: { from } }) => from === undefined || (caller !== undefined && from.includes(caller)));
  const met = own.map((rule): Rule => ({ ...rule, match: { ...rule.match, from: undefined } }));
  const before = rules.some(({ match: { from } }) => from !== undefined) ? met.at(-2) : undefined;
  return before !== undefined && isEverything(before.match) ? met.slice(0, -1) : met;
}

/** Where one reads the path of a call or a route's own policy. */
export const writtenAt = (spec: Written['spec'], path: ModelPath): Written => ({ spec, path });
