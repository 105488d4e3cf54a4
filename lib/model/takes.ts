import type { HeaderMatch, Match, ValueMatch } from './architecture/match.js';
import { pathTakes } from './path-match.js';

/**
 * Whether every request that `inner` takes, `outer` takes too. Never true wrongly: what cannot be told (one regular expression within another) is false.
 *
 * Holds where a header comes several times too: a condition holds if one of its values meets it, so conditions are compared one by one.
 */
export const takesAllOf = (outer: Match, inner: Match): boolean =>
  (outer.methods === undefined || inner.methods?.every((method) => outer.methods!.includes(method)) === true) &&
  (outer.from === undefined || inner.from?.every((caller) => outer.from!.includes(caller)) === true) &&
  pathTakes(outer.path, inner.path) &&
  all(outer.headers, inner.headers) &&
  all(outer.query, inner.query);

/** Each condition follows from one of the others on the same name. */
const all = (conditions: readonly HeaderMatch[], given: readonly HeaderMatch[]): boolean =>
  conditions.every((condition) => given.some((each) => each.name === condition.name && implies(each, condition)));

function implies(given: ValueMatch, wanted: ValueMatch): boolean {
  switch (wanted.is) {
    case 'absent':
      return given.is === 'absent';
    case 'present':
      return given.is !== 'absent' && given.is !== 'not';
    case 'not':
      return given.is === 'not' ? implies(wanted.of, given.of) : given.is === 'absent' && !mayTakeEmpty(wanted.of);
    case 'regex':
      return given.is === 'regex' && given.value === wanted.value;
    case 'exact':
      return given.is === 'exact' && given.value === wanted.value;
    case 'prefix':
      return (given.is === 'exact' || given.is === 'prefix') && given.value.startsWith(wanted.value);
    case 'suffix':
      return (given.is === 'exact' || given.is === 'suffix') && given.value.endsWith(wanted.value);
    case 'range':
      return given.is === 'range'
        ? given.from >= wanted.from && given.to <= wanted.to
        : given.is === 'exact' && /^\d{1,15}$/.test(given.value) && within(Number(given.value), wanted);
  }
}

const within = (value: number, { from, to }: { readonly from: number; readonly to: number }): boolean => value >= from && value < to;

/** A header that is missing counts as an empty one for `not`. */
const mayTakeEmpty = (match: ValueMatch): boolean => match.is === 'regex' || (match.is === 'exact' && match.value === '');
