import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { error, warning } from './loss.js';
import { unmatchable } from './match.js';
import { policyFor, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';
import { inexact } from './retry.js';
import { isExact, percents } from './weight.js';

/** What a rule takes. */
export function* matches({ services }: Architecture): Generator<Loss> {
  for (const { path, match } of services.flatMap(({ rules }) => rules)) {
    const { headers, from } = match;
    for (const { name, is } of headers)
      if (is === 'not')
        yield warning('match-header-not', path, `a request without ${name} is not taken; App Mesh inverts only what is there`);
    const why = unmatchable(match);
    if (why !== undefined) yield error(from === undefined ? 'match-query' : 'match-caller', path, `left out: the rule ${why}`);
  }
}

/** Where it sends it. */
export function* weights({ services }: Architecture): Generator<Loss> {
  for (const { rules } of services) {
    for (const { path, to } of rules) {
      if (isExact(to)) continue;
      const shares = percents(to);
      yield warning(
        'weighted-versions',
        path,
        `the split is rounded to ${to.map(({ version }, index) => `${version} ${shares[index]}%`).join(', ')}`,
      );
    }
  }
}

/** What a rule does besides sending requests on. */
export function* actions({ services }: Architecture): Generator<Loss> {
  for (const { name, rules } of services) {
    for (const { path, action } of rules) {
      const { mirror, rewrite, answer, headers } = action;
      if (mirror !== undefined) yield error('traffic-mirroring', path, `${mirror.version} gets no copies`);
      if (rewrite?.path !== undefined)
        yield error('path-rewrite', path, `${name} sees the path that was asked for, not ${rewrite.path.text}`);
      if (rewrite?.host !== undefined) yield error('host-rewrite', path, `${name} sees its own host, not ${rewrite.host}`);
      if (answer !== undefined)
        yield error(
          answer.is === 'redirect' ? 'redirects' : 'direct-responses',
          path,
          `left out: what was to be answered ${answer.status} goes to ${name}, as its other rules say`,
        );
      if ([headers.request, headers.response].some(({ set, remove }) => set.length + remove.length > 0))
        yield error('header-changes', path, 'headers stay as they are');
    }
  }
}

/** The default event is on every route: said once. The others where they are written. */
export function* retries(architecture: Architecture): Generator<Loss> {
  const { services, externals } = architecture;
  const inside = services.flatMap(({ name, rules }) => rules.map((rule) => policyFor(rule, usersOf(name, architecture))));
  const outside = externals.flatMap(({ name }) => usersOf(name, architecture).flatMap(({ rules }) => rules.map(({ policy }) => policy)));
  const all = [...inside, ...outside];
  if (all.some((policy) => policy.retries !== undefined)) yield warning('retry-unprocessed', '', `unprocessed is ${inexact.unprocessed}`);
  for (const policy of all.filter((each) => !areUsualRetries(each))) {
    const { retries, from } = policy;
    for (const event of retries?.on ?? []) {
      if (event !== 'unprocessed' && inexact[event] !== undefined) yield warning('retries', from.retries, `${event} is ${inexact[event]}`);
    }
  }
}
