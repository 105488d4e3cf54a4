import { join } from 'node:path';
import { count } from '../../../lib/count.js';
import {
  type Comparison,
  compareReview,
  review as filesOf,
  renderChanges,
  renderComparison,
  showTotals,
  writeReview,
} from '../../../lib/review/index.js';
import { shellWords } from '../../../lib/shell-words.js';
import type { Context, ExitCode } from '../context.js';
import { refusedByMachine, refuseFile } from '../folder.js';

interface Options {
  readonly out?: string;
  readonly check?: boolean;
}

/** Writes the review, or with `--check` only compares it; what changed is said in words either way. */
export async function review(context: Context, file: string, { out, check: only = false }: Options): Promise<ExitCode> {
  const { terminal } = context;
  const architecture = await context.spokenFor(file);
  const { name } = architecture;
  const folder = out ?? join('snapshots', name);
  refuseFile(folder);
  const files = filesOf(architecture);
  const comparison = refusedByMachine(`cannot read the review in ${folder}`, () => compareReview(files, folder));
  const written = only ? [] : refusedByMachine(`cannot write the review to ${folder}`, () => writeReview(files, folder));
  const stale = only && !comparison.upToDate;
  if (terminal.json) terminal.reportJson({ version: 1, architecture: name, out: folder, ...comparison, written });
  else if (stale) terminal.report(`${renderComparison(name, comparison)}\n\n${name}: the review in ${folder} is stale`);
  else terminal.report(inWords(name, folder, comparison, written));
  const again = out === undefined ? [] : ['--out', out];
  if (stale) terminal.next(context.command('review', file, ...again));
  else terminal.next(written.length > 0 ? shellWords('git', 'add', folder) : context.command('up', file));
  return stale ? 1 : 0;
}

/** What was written, and what had changed since it was written before. */
function inWords(name: string, folder: string, { upToDate, changes = [], extra }: Comparison, written: readonly string[]): string {
  if (upToDate) return `${name}: the review in ${folder} is up to date`;
  return [
    ...(changes.length === 0 ? [] : [`${name}: ${showTotals(changes)}`, '', renderChanges(changes), '']),
    ...written.map((file) => `wrote ${join(folder, file)}`),
    ...extra.map((file) => `left  ${join(folder, file)}: not of this review`),
    `${name}: ${count(written.length, 'file')} written to ${folder}`,
  ].join('\n');
}
