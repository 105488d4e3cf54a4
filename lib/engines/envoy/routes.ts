import type { Policy, Rule } from '../../model/architecture/index.js';
import { answered, headerChanges, sentOn } from './action.js';
import { tellsUsersApart } from './balance.js';
import { faultOf } from './fault.js';
import { type JsonObject, optional } from './json.js';
import { matcher, type Narrowing } from './match.js';
import { idempotentMethods, isSafe, nextPriority, retryPolicy, safePart } from './retry.js';
import { timeLimits } from './time-limit.js';
import { upgrades } from './upgrade.js';
import { zoneDraws } from './zone.js';

/** Where the requests of some rules go. */
export interface Destination {
  /** The clusters that take a rule's requests, with their shares. */
  readonly shares: (rule: Rule) => readonly { readonly name: string; readonly weight: number }[];
  /** The cluster of a version, and of nothing that would take over from it. @default its id */
  readonly versionCluster?: (version: string) => string;
  /** What the callee receives as Host or `:authority`. */
  readonly authority: string;
  /** A mesh callee, whose sidecar answers in the mesh's terms. */
  readonly mesh: boolean;
  /** Whether it is asked by gRPC, whose requests bring a deadline of their own. */
  readonly grpc?: boolean;
  /** Whether others stand behind, whom a further try prefers. */
  readonly failover?: boolean;
  /** Whether its instances are preferred by zone. */
  readonly zoned?: boolean;
  /** By what its requests are told apart, where equal ones should meet the same instance. */
  readonly hash?: readonly JsonObject[] | undefined;
}

/** Envoy's routes for the rules, in their order. */
export const routesOf = (rules: readonly Rule[], destination: Destination, narrowing?: Narrowing): JsonObject[] =>
  rules.flatMap((rule) => routesOfRule(rule, destination, narrowing));

/** Two where a retry would be unsafe for some of the rule's methods: first the methods that may be repeated, then the rest. */
function routesOfRule(rule: Rule, destination: Destination, narrowing: Narrowing | undefined): JsonObject[] {
  const methods = both(rule.match.methods, narrowing?.method);
  if (methods?.length === 0) return [];
  if (rule.action.answer !== undefined)
    return [
      {
        name: rule.path,
        match: matcher(rule.match, methods, narrowing),
        ...answered(rule.action.answer, rule.match),
        ...headerChanges(rule),
        ...optional('typed_per_filter_config', rule.faults && faultOf(rule)),
      },
    ];
  const { retries } = rule.policy;
  const route = (only: readonly string[] | undefined, retried: Policy['retries']): JsonObject => ({
    name: rule.path,
    match: matcher(rule.match, only, narrowing),
    route: action(rule, retried, destination),
    ...headerChanges(rule),
    ...optional('typed_per_filter_config', rule.faults && faultOf(rule)),
  });
  if (retries === undefined || rule.idempotent || isSafe(retries)) return [route(methods, retries)];
  const repeatable = idempotentMethods.filter((method) => methods === undefined || methods.includes(method));
  const unsafe = methods?.filter((method) => !idempotentMethods.includes(method));
  return [
    ...(repeatable.length === 0 ? [] : [route(repeatable, retries)]),
    ...(unsafe?.length === 0 ? [] : [route(unsafe, safePart(retries))]),
  ];
}

const both = (methods: readonly string[] | undefined, method: string | undefined): readonly string[] | undefined =>
  method === undefined ? methods : methods === undefined || methods.includes(method) ? [method] : [];

const itself = (version: string): string => version;

function action(
  rule: Rule,
  retries: Policy['retries'],
  { shares, authority, mesh, grpc = false, failover = false, zoned = false, hash, versionCluster = itself }: Destination,
): JsonObject {
  const clusters = shares(rule).map(({ name, weight }) => ({ name, weight }));
  const used = clusters.filter(({ weight }) => weight > 0);
  return {
    ...(used.length === 1
      ? { cluster: used[0]!.name }
      : { weighted_clusters: { clusters, ...optional('use_hash_policy', tellsUsersApart(hash) || undefined) } }),
    ...(rule.action.rewrite?.host !== undefined ? {} : { host_rewrite_literal: authority }),
    ...timeLimits(rule, grpc),
    ...optional(
      'retry_policy',
      retries && { ...retryPolicy(retries, mesh), ...(failover ? nextPriority : {}), ...(zoned ? zoneDraws : {}) },
    ),
    ...optional('hash_policy', hash),
    ...upgrades(rule),
    ...sentOn(rule, versionCluster),
  };
}
