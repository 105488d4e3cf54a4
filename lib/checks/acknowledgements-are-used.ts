import type { ModelPath } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import type { Check, Finding } from './check.js';

/** Whether something acknowledged at `path` is accepted at `at`: there, or below it. `services.a` does not cover `services.ab`. */
export const covers = (path: ModelPath, at: ModelPath): boolean =>
  path === '' || at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);

/**
 * Every acknowledgement names a check that exists, and accepts a finding that there is.
 *
 * One that accepts nothing today would hide tomorrow's finding with yesterday's reason.
 *
 * @param ids the checks that can be acknowledged
 */
export const acknowledgementsAreUsed = (ids: readonly string[]): Check => ({
  id: 'acknowledgements-are-used',
  severity: 'warning',
  why: 'one that accepts nothing now would later hide a finding that nobody has looked at',
  *find({ acknowledgements }, earlier) {
    for (const { path, check, reason } of acknowledgements) {
      const at = path === '' ? 'acknowledge' : `${path}.acknowledge`;
      if (!ids.includes(check))
        yield { at, is: notAmong(check, 'a check that can be acknowledged', ids), fix: 'correct the name, or remove the line' };
      else if (!accepts(earlier, check, path))
        yield { at, is: `${check} finds nothing here, and is acknowledged with "${reason}"`, fix: 'remove the line' };
    }
  },
});

/** A check that failed itself (at '') proves nothing about what was accepted. */
const accepts = (findings: readonly Finding[], check: string, path: ModelPath): boolean =>
  findings.some((finding) => finding.check === check && (finding.at === '' || covers(path, finding.at)));
