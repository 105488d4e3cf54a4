import type { Architecture } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check, Found } from './check.js';
import { hopsOf } from './hop.js';
import { oncePerPlace } from './place.js';

/**
 * An idle time that somebody wrote can run out before the timeout does.
 *
 * Otherwise it says nothing: the timeout ends the request first. A stream has no timeout, and ends by its age.
 */
export const idleIsShorterThanTimeout: Check = {
  id: 'idle-is-shorter-than-timeout',
  severity: 'warning',
  why: 'the timeout, or the age of a stream, ends every request first, so the idle time that the review shows never does anything',
  find: (architecture) => oncePerPlace(useless(architecture)),
};

function* useless(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    for (const { policy, stream } of hop.rules) {
      const { idle, timeout, from } = policy;
      if (from.idle === 'default' || idle < timeout) continue;
      const ends = stream ? `a stream that ends at the age of ${showDuration(timeout)}` : `and gives it ${showDuration(timeout)} in all`;
      yield {
        at: from.idle,
        is: `${hop.by} bears ${showDuration(idle)} of silence from ${hop.callee}, ${ends}`,
        fix: `less than '${showDuration(timeout)}', or none`,
      };
    }
  }
}
