import { count } from '../count.js';
import { byPath } from '../model/by-path.js';
import type { Problem } from '../model/problem.js';

/** A scenario that cannot be rehearsed on this architecture: every problem at once, sorted by path. Nothing was started. */
export class ScenarioError extends Error {
  readonly code = 'INVALID_SCENARIO';
  override readonly name = 'ScenarioError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort((one, other) => byPath(one.path, other.path));
    const lines = sorted.map(({ path, message }) => `  ${path === '' ? 'scenario' : path}: ${message}`);
    super([`${count(sorted.length, 'problem')} in the scenario`, ...lines].join('\n'));
    this.problems = sorted;
  }
}
