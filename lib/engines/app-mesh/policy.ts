import type { Architecture, ModelPath, Policy, Rule } from '../../model/architecture/index.js';

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
 * App Mesh keeps a route's policy at the callee, one for all who ask: theirs where they agree. Where they do not, the longest limits of all,
 * because a shorter one would break what somebody was promised, and the callee's own retries.
 */
export function policyFor(rule: Rule, users: readonly User[]): Policy {
  const policies = policiesOf(rule, users);
  const [first] = policies;
  if (first === undefined) return rule.policy;
  if (policies.every((policy) => samePolicy(policy, first))) return first;
  return { ...rule.policy, ...longestOf(policies) };
}

/** The longest limits of all, each by itself. */
export const longestOf = (policies: readonly Policy[]): Pick<Policy, 'timeout' | 'idle'> => ({
  timeout: Math.max(...policies.map(({ timeout }) => timeout)),
  idle: Math.max(...policies.map(({ idle }) => idle)),
});

/** The same for a host outside, which says nothing of its own: that of the longest timeout, with the longest limits of all. Undefined over TCP. */
export function policyForAll(rules: readonly Rule[]): Policy | undefined {
  const policies = rules.map(({ policy }) => policy);
  const [longest] = [...policies].sort((one, other) => other.timeout - one.timeout);
  return longest && { ...longest, ...longestOf(policies) };
}

const policiesOf = (rule: Rule, users: readonly User[]): Policy[] => same(rule, users).map(({ policy }) => policy);

/** Whether every request that the rule takes may be repeated: the callee says so, or all who ask. */
export const isRepeatable = (rule: Rule, users: readonly User[]): boolean => {
  const rules = same(rule, users);
  return rule.idempotent || (rules.length > 0 && rules.every(({ idempotent }) => idempotent));
};

/** The rule as each of its users has it. */
const same = ({ path }: Rule, users: readonly User[]): Rule[] => users.flatMap(({ rules }) => rules.filter((rule) => rule.path === path));

/** Wherever the values come from. */
export const samePolicy = (one: Policy, other: Policy): boolean =>
  one.timeout === other.timeout && one.idle === other.idle && JSON.stringify(one.retries ?? null) === JSON.stringify(other.retries ?? null);
