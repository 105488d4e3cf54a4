import type { Architecture, Retries, Rule } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { limitsOf } from '../model/resolve/defaults.js';
import { backOffOf } from '../model/resolve/resilience.js';
import type { RetryEvent } from '../model/spec/index.js';
import type { Check, Found } from './check.js';
import { type Hop, hopsOf } from './hop.js';
import { oncePerPlace, placeOf, remedyOf, sourceOf } from './place.js';
import { isUnsafe, methodsAt } from './tries.js';

/**
 * Events after which a try that ran out of `perTry` is followed by another: for Envoy it is a stream reset by itself.
 * Seen on Envoy 1.40 with perTry 100 ms, two further tries and an app that takes 250 ms: `reset` (its word for `timeout` too) and `5xx` made three tries;
 * statuses (`unavailable`, `gateway-error`) and failed connections (`unprocessed`) made one, which ended in 504 after 100 ms.
 */
const timeoutEvents: ReadonlySet<RetryEvent> = new Set(['timeout', 'reset', '5xx']);

/**
 * Where each try has a limit of its own, running out of it is retried.
 *
 * Otherwise `perTry` is the whole timeout under another name: the first slow try ends the request.
 */
export const perTryNeedsTimeoutEvent: Check = {
  id: 'per-try-needs-timeout-event',
  severity: 'error',
  why: 'the first try that is slow ends the request with 504, with time left and further tries unused',
  find: (architecture) => oncePerPlace(uselessLimits(architecture)),
};

function* uselessLimits(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    for (const rule of hop.rules) {
      const { timeout, retries } = rule.policy;
      if (retries?.perTry === undefined || retries.on.some((event) => timeoutEvents.has(event))) continue;
      yield {
        at: placeOf(hop, rule, 'retries'),
        is: `${hop.by} gives ${hop.callee} ${showDuration(retries.perTry)} a try and ${showDuration(timeout)} in all, but retries on ${retries.on.join(', ')} only${sourceOf(rule, 'retries')}`,
        fix: hop.rules.every((each) => mayAdd(hop, each))
          ? { set: remedyOf(hop, rule, 'retries'), to: withTimeout(retries, architecture.compatibility) }
          : without,
      };
    }
  }
}

/** Where nothing is repeated so far, nobody has said that it may be. A call's retries are those of all rules that it meets. */
function mayAdd(hop: Hop, rule: Rule): boolean {
  const repeats = rule.policy.retries?.on.some((event) => event !== 'unprocessed') === true;
  return repeats || rule.idempotent || methodsAt(hop, rule)?.some(isUnsafe) === false;
}

const without = "take `perTry` out; or, if every such request may be repeated, say `idempotent: true` and retry on 'timeout' too";

/** The whole field, since retries are replaced as one; without what holds anyway. */
function withTimeout({ max, perTry, on, budget, backOff }: Retries, compatibility: Architecture['compatibility']): string {
  const usual = backOffOf();
  const events = [...on, 'timeout'].sort().map((event) => `'${event}'`);
  const own = budget === undefined || budget === limitsOf(compatibility).budget ? '' : `, budget: ${budget}`;
  const waits =
    backOff.base === usual.base && backOff.max === usual.max
      ? ''
      : `, backOff: { base: '${showDuration(backOff.base)}', max: '${showDuration(backOff.max)}' }`;
  return `{ max: ${max}, perTry: '${showDuration(perTry ?? 0)}', on: [${events.join(', ')}]${own}${waits} }`;
}
