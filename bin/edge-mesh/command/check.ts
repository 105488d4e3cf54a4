import { catalogue, check as findingsOf, openFindings, renderFindings, reportAsJson } from '../../../lib/checks/index.js';
import type { Context, ExitCode } from '../context.js';

/** Findings, worst first; the verdict is the last line. */
export async function check(context: Context, file: string): Promise<ExitCode> {
  const { terminal } = context;
  const report = findingsOf(await context.spokenFor(file), catalogue, new Date().toISOString().slice(0, 10));
  const exit = openFindings(report).length === 0 ? 0 : 1;
  if (terminal.json) terminal.reportJson(reportAsJson(report));
  else terminal.report(renderFindings(report, terminal.columns));
  if (exit === 0) terminal.next(context.command('review', file));
  return exit;
}
