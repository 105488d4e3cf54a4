import { showDuration } from '../model/duration.js';
import type { Check } from './check.js';
import { callPaths } from './paths.js';
import { givenBy } from './tries.js';

/**
 * A service waits for none of its calls longer than its own callers wait for it. A call made several times (`fanOut`) counts as often.
 * An error where no caller waits long enough; a warning where some do, since nobody declares which of a service's requests makes which call.
 *
 * A stream is left out: it ends when either side does. Equal is allowed: the mesh's one default then holds everywhere, and both sides give up together. Several calls one after another are not added up,
 * for the same reason; the review shows their sum.
 */
export const timeoutsShrinkInwards: Check = {
  id: 'timeouts-shrink-inwards',
  severity: 'error',
  why: 'the outer caller gives up first: its client gets 504 while the inner call goes on',
  *find(architecture) {
    const paths = callPaths(architecture);
    for (const each of paths.hops) {
      const hop = { ...each, rules: each.rules.filter(({ stream }) => !stream) };
      if (hop.caller === undefined || hop.rules.length === 0) continue;
      const callers = [...paths.to(hop.caller)].sort((one, other) => givenBy(one) - givenBy(other));
      const [tightest, widest] = [callers.at(0), callers.at(-1)];
      if (tightest === undefined || widest === undefined) continue;
      const wait = paths.wait(hop);
      const needed = hop.fanOut * wait;
      if (needed <= givenBy(tightest)) continue;
      const times = hop.fanOut === 1 ? '' : `${hop.fanOut} × ${showDuration(wait)} = `;
      const others = needed <= givenBy(widest) ? `; ${widest.by} gives ${showDuration(givenBy(widest))}` : '';
      yield {
        at: `${hop.path}.timeout`,
        is: `${hop.caller} can wait ${times}${showDuration(needed)} for ${hop.callee}, but ${tightest.by} gives ${hop.caller} ${showDuration(givenBy(tightest))}${others}`,
        fix: `timeout: '${showDuration(Math.floor(givenBy(tightest) / hop.fanOut))}' here, or at least '${showDuration(needed)}' for ${tightest.by} → ${hop.caller}`,
        ...(others === '' ? {} : { severity: 'warning' }),
      };
    }
  },
};
