import type { Architecture, Policy, Rule } from '../../model/architecture/index.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';
import { isSafe } from '../envoy/retry.js';
import { warning } from './loss.js';
import { policyFor, policyForAll, samePolicy, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';
import { usual } from './time-limit.js';

/** One policy for all who ask: what is lost of their own. */
export function* policies(architecture: Architecture): Generator<Loss> {
  for (const { name, rules } of architecture.services) yield* differing(architecture, name, rules);
  for (const { name, path } of architecture.externals) yield* disagreeing(architecture, name, path);
}

function* differing(architecture: Architecture, name: string, rules: readonly Rule[]): Generator<Loss> {
  const users = usersOf(name, architecture);
  const kept = new Map(rules.map((rule) => [rule.path, policyFor(rule, users)]));
  for (const user of users) {
    const differences = user.rules.flatMap(({ path, policy }) => {
      const instead = kept.get(path);
      return instead === undefined || samePolicy(policy, instead) ? [] : [{ path, instead: show(instead), own: show(policy) }];
    });
    const first = differences.filter((each, index) => index === differences.findIndex((other) => isAlike(each, other)));
    for (const difference of first) {
      const places = differences.filter((other) => isAlike(difference, other)).map(({ path }) => path);
      const where = places.length > 2 ? `${places[0]} and ${places.length - 1} more` : places.join(' and ');
      const is = `${user.name} gets ${difference.instead} at ${where}, not its own ${difference.own}: one policy for all who ask ${name}`;
      yield warning('policy-per-caller', user.at, is);
    }
  }
}

/** The same of two rules is said once. */
const isAlike = (
  one: { readonly instead: string; readonly own: string },
  other: { readonly instead: string; readonly own: string },
): boolean => one.instead === other.instead && one.own === other.own;

const show = ({ timeout, idle, retries }: Policy): string => {
  const limits = `${showDuration(timeout)}${idle === usual.idle ? '' : `, ${showDuration(idle)} of silence`}`;
  if (retries === undefined) return `${limits} without retries`;
  const perTry = retries.perTry === undefined ? '' : `, ${showDuration(retries.perTry)} each`;
  return `${limits} and ${retries.max + 1} tries (${retries.on.join(', ')}${perTry})`;
};

function* disagreeing(architecture: Architecture, name: string, at: string): Generator<Loss> {
  const rules = usersOf(name, architecture).flatMap((user) => user.rules);
  const kept = policyForAll(rules);
  if (kept === undefined || rules.every(({ policy }) => samePolicy(policy, kept))) return;
  yield warning('policy-per-caller', at, `all who ask ${name} get ${show(kept)}, the longest limits of theirs`);
}

/** Who may repeat a request, and does not, because others may not: a route does not know who asks. */
export function* repeats(architecture: Architecture): Generator<Loss> {
  for (const { name, ofItsOwn } of callees(architecture)) {
    const users = usersOf(name, architecture);
    for (const user of users)
      for (const { path, idempotent, policy } of user.rules) {
        if (!idempotent || policy.retries === undefined || isSafe(policy.retries) || areUsualRetries(policy)) continue;
        const others = users.filter(({ rules }) => rules.some((rule) => !rule.idempotent && (!ofItsOwn || rule.path === path)));
        if (others.length > 0)
          yield warning(
            'policy-per-caller',
            user.at,
            `a POST of ${user.name} that failed is not sent again, because those of ${others.map((other) => other.name).join(', ')} may not be: one policy for all who ask ${name}`,
          );
      }
  }
}

/** A service has rules of its own, which its callers share; a host outside has one for each of its callers. */
const callees = ({ services, externals }: Architecture): { name: string; ofItsOwn: boolean }[] => [
  ...services.map(({ name }) => ({ name, ofItsOwn: true })),
  ...externals.map(({ name }) => ({ name, ofItsOwn: false })),
];
