import { showDuration } from '../model/duration.js';
import type { Expectation } from './scenario.js';
import type { Tally } from './tally.js';
import type { Trail } from './trail.js';

/** The calls that a route's requests caused in the mesh, and the tries that they took. */
type Tries = Pick<Trail, 'calls' | 'tries'>;

/** An expectation, and what was. */
export interface Judged {
  /** `0 failed`, `p99 ≤ 500ms`. */
  readonly expected: string;
  /** `3 failed`, `p99 641ms`. */
  readonly got: string;
  readonly met: boolean;
}

/** A route that nothing was sent to keeps no promise: each of its expectations is not met. */
export function judge(expectation: Expectation, tally: Tally, tries: Tries | undefined): Judged {
  const { expected, got, met } = look(expectation, tally, tries);
  return tally.sent === 0 ? { expected, got: 'nothing was sent', met: false } : { expected, got, met };
}

function look(expectation: Expectation, tally: Tally, tries: Tries | undefined): Judged {
  switch (expectation.kind) {
    case 'failed': {
      const { most } = expectation;
      const failed = tally.failures.length;
      return { expected: most === 0 ? '0 failed' : `≤ ${most} failed`, got: `${failed} failed`, met: failed <= most };
    }
    case 'recoveredAfter': {
      const { milliseconds } = expectation;
      const late = tally.failures.filter((at) => at >= milliseconds).length;
      return { expected: `0 failed after ${showDuration(milliseconds)}`, got: `${late} failed after it`, met: late === 0 };
    }
    case 'triesEach': {
      const { most } = expectation;
      const each = triesEach(tries);
      return {
        expected: `≤ ${most.toFixed(2)} tries`,
        got: each === undefined ? 'no calls' : `${each.toFixed(2)} tries`,
        // As shown, so that 1.10 tries do not miss "1.1" by what nobody sees.
        met: each === undefined || Number(each.toFixed(2)) <= most,
      };
    }
    default: {
      const { kind, milliseconds } = expectation;
      const time = kind === 'slowest' ? tally.slowest : tally.percentile(kind === 'p50' ? 0.5 : 0.99);
      const got = time === undefined ? 'no answer' : showDuration(Math.round(time));
      return {
        expected: `${kind} ≤ ${showDuration(milliseconds)}`,
        got: `${kind} ${got}`,
        met: time !== undefined && time <= milliseconds,
      };
    }
  }
}

/** Undefined where no call was made. */
export const triesEach = (tries: Tries | undefined): number | undefined =>
  tries === undefined || tries.calls === 0 ? undefined : tries.tries / tries.calls;
