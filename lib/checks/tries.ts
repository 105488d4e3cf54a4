import { count } from '../count.js';
import type { BackOff, Rule } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Hop } from './hop.js';

/** HTTP's idempotent methods (RFC 9110, 9.2.2): the ones for which the engines carry out every retry. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** The back-off before further try j is random, at most (2^j − 1) × base and never over the most: 25 ms and 250 ms unless declared. */
const backOffOf = (further: number, { base, max }: BackOff): number => Math.min(max, (2 ** further - 1) * base);

/** The methods with which a hop can meet a rule; undefined is any. */
export function methodsAt({ methods }: Hop, { match }: Rule): readonly string[] | undefined {
  if (methods === undefined || match.methods === undefined) return methods ?? match.methods;
  return methods.filter((method) => match.methods?.includes(method));
}

/** Whether a request with this method must not be repeated once the app has seen it. */
export const isUnsafe = (method: string): boolean => !idempotent.has(method);

/** How often a request can be sent in all: one, and the further tries that its retries allow. Any request may be tried again while it is `unprocessed`. */
export const triesOf = ({ policy: { retries } }: Rule): number => 1 + (retries?.max ?? 0);

/** How often the callee's app can do the work of one request: a try that is `unprocessed` never reached it, and causes no calls of its own. */
export const worksOf = (hop: Hop, rule: Rule): number => (repeats(hop, rule) ? triesOf(rule) : 1);

/** The largest share of a hop's requests that a second version gets a copy of: 0.1 for 10 %. Copies are never tried again. */
export const copiedShare = ({ rules }: Hop): number => Math.max(0, ...rules.map(({ action }) => (action.mirror?.percent ?? 0) / 100));

function repeats(hop: Hop, rule: Rule): boolean {
  if (rule.policy.retries === undefined || rule.policy.retries.on.every((event) => event === 'unprocessed')) return false;
  const methods = methodsAt(hop, rule);
  return rule.idempotent || methods === undefined || methods.some((method) => !isUnsafe(method));
}

/**
 * What the tries of a rule can take: `tries × perTry + back-off`.
 *
 * @param work how long the callee works on one try at most. @default it hangs
 */
export function worstCaseOfTries(
  { policy: { timeout, retries } }: Rule,
  work = Number.POSITIVE_INFINITY,
): { readonly needed: number; readonly arithmetic: string } {
  const perTry = Math.min(retries?.perTry ?? timeout, work);
  const tries = 1 + (retries?.max ?? 0);
  const backOffs = retries === undefined ? [] : Array.from({ length: retries.max }, (_, index) => backOffOf(index + 1, retries.backOff));
  const needed = tries * perTry + backOffs.reduce((sum, backOff) => sum + backOff, 0);
  const waits = backOffs.length === 0 ? '' : ` + back-off ${backOffs.map(showDuration).join(' + ')}`;
  return { needed, arithmetic: `${count(tries, 'try', 'tries')} × ${showDuration(perTry)}${waits}` };
}

/** How long a callee is given for one try, in milliseconds, under the most generous rule that the hop can meet. Infinity for TCP, whose queries have no limit. */
export const givenBy = ({ rules }: Hop): number =>
  rules.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(...rules.map(({ policy: { timeout, retries } }) => Math.min(retries?.perTry ?? timeout, timeout)));
