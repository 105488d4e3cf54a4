import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { isSafe } from '../envoy/retry.js';
import { warning } from './loss.js';
import { usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';

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
