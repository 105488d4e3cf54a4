import type { Run } from '../architecture/index.js';
import type { VersionSpec } from '../spec/index.js';

export function runOf(run: VersionSpec['run']): Run | undefined {
  if (run === undefined) return undefined;
  const { command, cwd, env = {}, inherit = [] } = typeof run === 'string' ? { command: run } : run;
  return { command, cwd, environment: env, inherit: [...inherit] };
}
