import type { Aspects } from './aspects.js';
import type { Direction } from './change.js';
import { compareTransport } from './external.js';
import type { Kind } from './facts.js';
import { compareGlobalLimits, compareUncounted, uncounted } from './global-rate-limit.js';
import { compareClaims } from './tokens.js';

/** Which way a change goes, for what decides who may do how much: auth, scopes, access, throttles, acknowledged findings. All else is neutral. */
export const directionOf = (kind: Kind, aspect: string, was: string | undefined, is: string | undefined): Direction =>
  comparisons[kind]?.find(([name]) => name.test(aspect))?.[1](was, is) ?? 'neutral';

/** The same where a whole subject is new. */
export const directionOfNew = (kind: Kind, aspects: Aspects): Direction => coming[kind]?.(aspects) ?? 'neutral';

/** Where one is gone. */
export const directionOfGone = (kind: Kind, aspects: Aspects): Direction => opposite[directionOfNew(kind, aspects)];

const opposite: Record<Direction, Direction> = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' };

/** Of those that open something. */
const coming: Partial<Record<Kind, (aspects: Aspects) => Direction>> = {
  routes: ({ auth }) => (auth === 'public' ? 'weaker' : 'neutral'),
  access: () => 'weaker',
  acknowledged: () => 'weaker',
  externals: (aspects) => ('used by' in aspects ? 'weaker' : 'neutral'),
};

type CompareWords = (was: string, is: string) => Direction;
/** Undefined where there is none. */
type Compare = (was: string | undefined, is: string | undefined) => Direction;

/** Where none is without a limit, or without a proof. */
const noneIsWeaker =
  (compare: CompareWords): Compare =>
  (was, is) =>
    was === undefined ? 'stronger' : is === undefined ? 'weaker' : compare(was, is);

/** Where none is closed. */
const noneIsStronger =
  (compare: CompareWords): Compare =>
  (was, is) =>
    was === undefined ? 'weaker' : is === undefined ? 'stronger' : compare(was, is);

/** Where what comes and goes is told by another aspect. */
const noneIsNeutral =
  (compare: CompareWords): Compare =>
  (was, is) =>
    was === undefined || is === undefined ? 'neutral' : compare(was, is);

const reversed =
  (compare: CompareWords): CompareWords =>
  (was, is) =>
    opposite[compare(was, is)];

const neither: CompareWords = () => 'neutral';

/** Of which any member opens: the more, the weaker. */
const compareLists: CompareWords = (was, is) => compareSets(was.split(', '), is.split(', '));

function compareSets(was: readonly string[], is: readonly string[]): Direction {
  if (was.every((each) => is.includes(each))) return 'weaker';
  return is.every((each) => was.includes(each)) ? 'stronger' : 'neutral';
}

/** Any request is more than each list of them. */
const compareRequests: CompareWords = (was, is) =>
  was === 'any request' || is === 'any request' ? (is === 'any request' ? 'weaker' : 'stronger') : compareLists(was, is);

const compareAuth: CompareWords = (was, is) => {
  if (was === 'public' || is === 'public') return is === 'public' ? 'weaker' : 'stronger';
  const [before, now] = [parseAuth(was), parseAuth(is)];
  if (before.name !== now.name) return 'neutral';
  if (before.scopes.length === 0 || now.scopes.length === 0) return now.scopes.length === 0 ? 'weaker' : 'stronger';
  return compareSets(before.scopes, now.scopes);
};

/** `customers (scope a or b)` as its parts. */
function parseAuth(auth: string): { readonly name: string; readonly scopes: readonly string[] } {
  const [, name = auth, scopes] = /^(.*?) \(scope (.*)\)$/.exec(auth) ?? [];
  return { name, scopes: scopes?.split(' or ') ?? [] };
}

const compareThrottles: CompareWords = (was, is) => {
  const [before, now] = [numbersIn(was), numbersIn(is)];
  if (now.every((number, index) => number >= before[index]!)) return 'weaker';
  return now.every((number, index) => number <= before[index]!) ? 'stronger' : 'neutral';
};

const numbersIn = (text: string): number[] => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));

/** One for each caller and one for all are of two kinds. */
const compareLimits: CompareWords = (was, is) => (was.includes('caller') === is.includes('caller') ? compareThrottles(was, is) : 'neutral');

const strictness = ['off', 'permissive', 'strict'];

/** By aspect, the first that fits. */
const comparisons: Partial<Record<Kind, readonly (readonly [aspect: RegExp, Compare])[]>> = {
  routes: [
    [/^auth$/, noneIsNeutral(compareAuth)],
    [/^throttle$/, noneIsNeutral(compareThrottles)],
  ],
  access: [
    [/^requests$/, noneIsStronger(compareRequests)],
    [/^but not$/, noneIsWeaker(reversed(compareLists))],
  ],
  authorizers: [[/^audience$/, noneIsNeutral(compareLists)]],
  gateways: [
    [/^throttle$/, noneIsNeutral(compareThrottles)],
    [/^from only$/, noneIsWeaker(compareLists)],
    [/^never from$/, noneIsWeaker(reversed(compareLists))],
  ],
  services: [
    [/^interception$/, noneIsWeaker(neither)],
    [/^past its sidecar$/, noneIsNeutral(compareLists)],
    [/^token of$/, noneIsWeaker(neither)],
    [/^token claims$/, noneIsWeaker(compareClaims)],
    [/^token for$/, noneIsWeaker(reversed(compareRequests))],
    [/^rate limit/, noneIsWeaker(compareLimits)],
    [new RegExp(`^global rate limit.*${uncounted}$`), noneIsNeutral(compareUncounted)],
    [/^global rate limit/, noneIsWeaker(compareGlobalLimits)],
  ],
  externals: [
    [/^address$/, noneIsNeutral(compareTransport)],
    [/^used by$/, noneIsStronger(compareLists)],
  ],
  // The mark refuses what risks clients.
  environments: [
    [/^production$/, noneIsNeutral((_, is) => (is === 'yes' ? 'stronger' : 'weaker'))],
    [/\.throttle$/, noneIsNeutral(compareThrottles)],
  ],
  // Further from strict is weaker; so is one more who asks in plaintext, a later end of it, and statistics for more than the task.
  mesh: [
    [/^mutual TLS$/, noneIsNeutral((was, is) => (strictness.indexOf(is) < strictness.indexOf(was) ? 'weaker' : 'stronger'))],
    [/^plaintext until$/, noneIsStronger((was, is) => (is > was ? 'weaker' : 'stronger'))],
    [/^plaintext from /, noneIsStronger(neither)],
    [/^statistics for$/, noneIsStronger((_, is) => (is.includes('security group') ? 'weaker' : 'stronger'))],
  ],
};
