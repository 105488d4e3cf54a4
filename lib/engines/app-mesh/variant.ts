import type { Match, Policy } from '../../model/architecture/index.js';
import { idempotentMethods, isSafe, safePart } from '../envoy/retry.js';
import { httpMatches } from './match.js';
import { areUsualRetries } from './profile.js';
import type { HttpMatch } from './spec.js';

/** One of the routes that a rule becomes. */
export interface Variant {
  readonly method: string | undefined;
  readonly match: HttpMatch;
  readonly policy: Policy;
}

/**
 * A route for each method; where repeating would be unsafe for some, first those that may be repeated, then the rest without those retries. App Mesh's own
 * retries know no such difference.
 */
export function variantsOf(match: Match, policy: Policy, idempotent: boolean): Variant[] {
  const { retries } = policy;
  const of = (methods: readonly string[] | undefined, policy: Policy): Variant[] =>
    methods?.length === 0 ? [] : httpMatches({ ...match, methods }).map((one) => ({ ...one, policy }));
  if (retries === undefined || idempotent || isSafe(retries) || areUsualRetries(policy)) return of(match.methods, policy);
  const repeatable = idempotentMethods.filter((method) => match.methods === undefined || match.methods.includes(method));
  const rest = match.methods?.filter((method) => !idempotentMethods.includes(method));
  return [...of(repeatable, policy), ...of(rest, { ...policy, retries: safePart(retries) })];
}
