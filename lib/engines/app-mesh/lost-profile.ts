import type { Architecture, Rule } from '../../model/architecture/index.js';
import { profilePath } from '../../model/architecture/policy.js';
import type { Loss } from '../capability.js';
import { idempotentMethods } from '../envoy/retry.js';
import { warning } from './loss.js';
import { carried } from './match.js';
import { isRepeatable, policyFor, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';

/** The retries of its own are exactly those of the profile, but for what may not be repeated. */
export function* ownRetries(architecture: Architecture): Generator<Loss> {
  const repeating = ({ match: { methods }, idempotent, policy }: Rule): boolean =>
    !idempotent && areUsualRetries(policy) && (methods === undefined || methods.some((method) => !idempotentMethods.includes(method)));
  const services = architecture.services.filter(({ name, rules }) => {
    const users = usersOf(name, architecture);
    return carried(rules).some((rule) => repeating({ ...rule, idempotent: isRepeatable(rule, users), policy: policyFor(rule, users) }));
  });
  const externals = architecture.externals.filter(({ name }) => usersOf(name, architecture).some(({ rules }) => rules.some(repeating)));
  if (services.length + externals.length === 0) return;
  const names = [...services, ...externals].map(({ name }) => name).join(', ');
  yield warning(
    'app-mesh-defaults',
    profilePath,
    `its own retries are for every method: a POST to ${names} that was answered 503 is sent again`,
  );
}
