import type { HeaderMatch, Match, Policy, Rule } from '../../model/architecture.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import { duration, type Json, type JsonObject, optional } from './json.js';
import { idempotentMethods, isSafe, retryPolicy, safePart } from './retry.js';

/** Where the requests of some rules go. */
export interface Destination {
  /** The clusters that take a rule's requests, with their shares. */
  readonly shares: (rule: Rule) => readonly { readonly name: string; readonly weight: number }[];
  /** What the callee receives as Host or `:authority`. */
  readonly authority: string;
  /** A mesh callee, whose sidecar answers in the mesh's terms. */
  readonly mesh: boolean;
}

/** What must hold besides a rule's own match. */
export interface Narrowing {
  readonly headers: readonly Json[];
  readonly method: string | undefined;
  readonly path: PathPattern;
}

/** Envoy's routes for the rules, in their order. */
export const routesOf = (rules: readonly Rule[], destination: Destination, narrowing?: Narrowing): JsonObject[] =>
  rules.flatMap((rule) => routesOfRule(rule, destination, narrowing));

/** Two where a retry would be unsafe for some of the rule's methods: first the methods that may be repeated, then the rest. */
function routesOfRule(rule: Rule, destination: Destination, narrowing: Narrowing | undefined): JsonObject[] {
  const methods = both(rule.match.methods, narrowing?.method);
  if (methods?.length === 0) return [];
  const { retries } = rule.policy;
  const route = (only: readonly string[] | undefined, retried: Policy['retries']): JsonObject => ({
    name: rule.path,
    match: matcher(rule.match, only, narrowing),
    route: action(rule, retried, destination),
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

/** @param methods those that the route takes; undefined is any */
export function matcher(match: Match, methods: readonly string[] | undefined, narrowing: Narrowing | undefined): JsonObject {
  const headers = [
    ...(narrowing?.headers ?? []),
    ...(methods === undefined ? [] : [methodHeader(methods)]),
    ...(narrowing === undefined || match.path === undefined ? [] : [pathHeader(narrowing.path)]),
    ...match.headers.map(headerMatcher),
  ];
  return { ...pathSpecifier(match.path ?? narrowing?.path), ...optional('headers', headers.length === 0 ? undefined : headers) };
}

function pathSpecifier(path: PathPattern | undefined): JsonObject {
  if (path === undefined) return { prefix: '/' };
  return isLiteral(path) ? { path: path.text } : { safe_regex: { regex: pathRegex(path) } };
}

/** A second path that must match too: Envoy's routes take one, but its header still has the query. */
const pathHeader = (path: PathPattern): Json => ({ name: ':path', string_match: { safe_regex: { regex: `${pathRegex(path)}(\\?.*)?` } } });

const methodHeader = (methods: readonly string[]): Json => ({
  name: ':method',
  string_match: methods.length === 1 ? { exact: methods[0]! } : { safe_regex: { regex: methods.join('|') } },
});

function headerMatcher(match: HeaderMatch): Json {
  if (!('value' in match)) return { name: match.name, present_match: match.is === 'present' };
  return { name: match.name, string_match: match.is === 'regex' ? { safe_regex: { regex: match.value } } : { [match.is]: match.value } };
}

function action(rule: Rule, retries: Policy['retries'], { shares, authority, mesh }: Destination): JsonObject {
  const clusters = shares(rule).map(({ name, weight }) => ({ name, weight }));
  const used = clusters.filter(({ weight }) => weight > 0);
  return {
    ...(used.length === 1 ? { cluster: used[0]!.name } : { weighted_clusters: { clusters } }),
    host_rewrite_literal: authority,
    timeout: duration(rule.policy.timeout),
    ...optional('retry_policy', retries && retryPolicy(retries, mesh)),
  };
}
