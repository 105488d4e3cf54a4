import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check, Found } from './check.js';
import { hopsOf } from './hop.js';
import { oncePerPlace, placeOf, remedyOf, sourceOf } from './place.js';
import { worstCaseOfTries } from './tries.js';

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

function* cutOff(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    for (const rule of hop.rules) {
      const { timeout, retries } = rule.policy;
      if (retries?.perTry === undefined) continue;
      const { needed, arithmetic } = worstCaseOfTries(rule);
      if (timeout >= needed) continue;
      yield {
        at: placeOf(hop, rule, 'timeout'),
        is: `${hop.by} gives ${hop.callee} ${showDuration(timeout)}${sourceOf(rule, 'timeout')}, its tries can take ${showDuration(needed)}:\n${arithmetic} = ${showDuration(needed)} > ${showDuration(timeout)}`,
        fix: { set: remedyOf(hop, rule, 'timeout'), to: `'${showDuration(needed)}'` },
      };
    }
  }
}
