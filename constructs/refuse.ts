import { ArchitectureError, type Problem } from '../lib/index.js';

/** @throws ArchitectureError unless there is no problem */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ArchitectureError(problems);
}
