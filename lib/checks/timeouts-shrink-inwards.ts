import type { Rule } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check } from './check.js';
import { callsInARow, withoutStreams } from './hop.js';
import { callPaths } from './paths.js';
import { givenBy, worstCaseOfTries } from './tries.js';

/**
 * A service waits for none of its calls longer than its own callers wait for it. A call made several times (`fanOut`) counts as often.
 * An error where no caller waits long enough; a warning where some do, since nobody declares which of a service's requests makes which call. A caller that
 * meets several rules counts with each of them.
 *
 * A stream is left out on both sides: it ends when either side does. So is TCP, which has no requests. Equal is allowed: the mesh's one default then holds
 * everywhere, and both sides give up together. Several calls one after another are not added up, for the same reason; the review shows their sum.
 */
export const timeoutsShrinkInwards: Check = {
  id: 'timeouts-shrink-inwards',
  severity: 'error',
  why: 'the outer caller gives up first: its client gets 504 while the inner call goes on',
  *find(architecture) {
    const paths = callPaths(architecture);
    for (const each of paths.hops) {
      const hop = withoutStreams(each);
      if (hop.caller === undefined || hop.rules.length === 0) continue;
      const callers = paths.waitingFor(hop.caller);
      const [tightest, widest] = [callers.at(0), callers.at(-1)];
      if (tightest === undefined || widest === undefined) continue;
      const [wait, times] = [paths.wait(hop), callsInARow(hop)];
      const [needed, given] = [times * wait, givenBy(tightest)];
      if (needed <= given) continue;
      const product = times === 1 ? '' : `${times} × ${showDuration(wait)} = `;
      const more = widest.by === tightest.by ? ', for other requests' : `; ${widest.by} gives`;
      const others = needed <= givenBy(widest) ? `${more} ${showDuration(givenBy(widest))}` : '';
      const less = Math.floor(given / times);
      const here = hop.rules.every((rule) => enoughFor(rule, less))
        ? `timeout: '${showDuration(less)}' here`
        : 'fewer or shorter tries here';
      yield {
        at: `${hop.path}.timeout`,
        is: `${hop.caller} can wait ${product}${showDuration(needed)} for ${hop.callee}, but ${tightest.by} gives ${hop.caller} ${showDuration(given)}${others}`,
        fix: `${here}, or at least '${showDuration(needed)}' for ${tightest.by} → ${hop.caller}`,
        ...(others === '' ? {} : { severity: 'warning' }),
      };
    }
  },
};

/** Whether a timeout leaves room for the tries that a rule promises. */
const enoughFor = (rule: Rule, timeout: number): boolean =>
  timeout > 0 && (rule.policy.retries?.perTry === undefined || worstCaseOfTries(rule).needed <= timeout);
