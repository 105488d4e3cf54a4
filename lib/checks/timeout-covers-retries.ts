import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check, Found } from './check.js';
import { callsInARow, type Hop } from './hop.js';
import { type CallPaths, callPaths } from './paths.js';
import { oncePerPlace, placeOf, remedyOf, sourceOf } from './place.js';
import { givenBy, worstCaseOfTries } from './tries.js';

/**
 * A timeout leaves room for every try that its retries promise: `timeout ≥ tries × perTry + back-off`.
 *
 * Where it does not, the last try is cut off: the caller reports a timeout while the callee still works on it.
 */
export const timeoutCoversRetries: Check = {
  id: 'timeout-covers-retries',
  severity: 'error',
  why: 'the last try never ends; the caller sees a timeout while the callee still works on it',
  find: (architecture) => oncePerPlace(cutOff(architecture)),
};

/** Where several hops share a place, the one that needs most comes first: what is enough for it is enough for all. */
function* cutOff(architecture: Architecture): Iterable<Found> {
  const paths = callPaths(architecture);
  const short = paths.hops
    .flatMap((hop) => hop.rules.map((rule) => ({ hop, rule, ...worstCaseOfTries(rule) })))
    .filter(({ rule: { policy }, needed }) => policy.retries?.perTry !== undefined && policy.timeout < needed)
    .sort((one, other) => other.needed - one.needed);
  for (const { hop, rule, needed, arithmetic } of short) {
    const { timeout } = rule.policy;
    yield {
      at: placeOf(hop, rule, 'timeout'),
      is: `${hop.by} gives ${hop.callee} ${showDuration(timeout)}${sourceOf(rule, 'timeout')}, its tries can take ${showDuration(needed)}:\n${arithmetic} = ${showDuration(needed)} > ${showDuration(timeout)}`,
      fix: tooMuch(hop, needed, paths) ?? { set: remedyOf(hop, rule, 'timeout'), to: `'${showDuration(needed)}'` },
    };
  }
}

/** More time here is of no use where nobody waits for it. */
function tooMuch(hop: Hop, needed: number, paths: CallPaths): string | undefined {
  if (hop.caller === undefined) return undefined;
  const [tightest] = paths.waitingFor(hop.caller);
  if (tightest === undefined || givenBy(tightest) >= callsInARow(hop) * needed) return undefined;
  return `fewer tries or a shorter \`perTry\`; or a timeout of ${showDuration(needed)}, and of ${showDuration(callsInARow(hop) * needed)} for ${tightest.by} → ${hop.caller}, which gives it ${showDuration(givenBy(tightest))}`;
}
