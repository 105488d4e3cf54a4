import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { RetryEvent } from '../model/spec/index.js';
import type { Check, Found } from './check.js';
import { hopsOf } from './hop.js';
import { oncePerPlace, placeOf, remedyOf, sourceOf } from './place.js';

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
        fix: { set: remedyOf(hop, rule, 'retries'), to: withTimeout(retries.max, retries.perTry, retries.on) },
      };
    }
  }
}

function withTimeout(max: number, perTry: number, on: readonly RetryEvent[]): string {
  const events = [...on, 'timeout'].sort().map((event) => `'${event}'`);
  return `{ max: ${max}, perTry: '${showDuration(perTry)}', on: [${events.join(', ')}] }`;
}
