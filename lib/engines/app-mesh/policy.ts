import type { Architecture, ModelPath, Policy, Rule } from '../../model/architecture.js';

/** Who asks for something with which policy: a call, or a gateway's route. */
export interface User {
  /** `orders → pricing`, `web GET /products/{id}`. */
  readonly name: string;
  readonly at: ModelPath;
  readonly rules: readonly Rule[];
}

/** Everyone who asks a service or an external, calls first. */
export function usersOf(name: string, { calls, gateways }: Architecture): User[] {
  const callers = calls
    .filter(({ to }) => to === name)
    .map((call) => ({ name: `${call.from} → ${call.to}`, at: call.path, rules: call.rules }));
  const routes = gateways.flatMap((gateway) =>
    gateway.routes.flatMap(({ target, key, at }) =>
      target.kind !== 'respond' && target.name === name ? [{ name: `${gateway.name} ${key}`, at, rules: target.rules }] : [],
    ),
  );
  return [...callers, ...routes];
}

/**
 * App Mesh keeps a route's policy at the callee, one for all who ask: theirs where they agree. Where they do not, the longest timeout of all,
 * because a shorter one would break what somebody was promised, and the callee's own retries.
 */
export function policyFor(rule: Rule, users: readonly User[]): Policy {
  const policies = policiesOf(rule, users);
  const [first] = policies;
  if (first === undefined) return rule.policy;
  if (policies.every((policy) => samePolicy(policy, first))) return first;
  return { ...rule.policy, timeout: Math.max(...policies.map(({ timeout }) => timeout)) };
}

const policiesOf = (rule: Rule, users: readonly User[]): Policy[] =>
  users.flatMap(({ rules }) => rules.filter(({ path }) => path === rule.path).map(({ policy }) => policy));

/** Wherever the values come from. */
export const samePolicy = (one: Policy, other: Policy): boolean =>
  one.timeout === other.timeout && JSON.stringify(one.retries ?? null) === JSON.stringify(other.retries ?? null);
