import { check, verdictOf } from '../../../lib/checks/index.js';
import type { Architecture } from '../../../lib/index.js';
import type { Context } from '../context.js';

/** For commands that go on with an architecture that has errors: says so, and where to read more. */
export function warnOfErrors(context: Context, file: string, architecture: Architecture): void {
  const report = check(architecture);
  if (!report.findings.some(({ severity, acknowledged }) => severity === 'error' && acknowledged === undefined)) return;
  context.terminal.say(`${verdictOf(report)}; see: ${context.command('check', file)}`, 'yellow');
}
