import { count } from '../count.js';
import type { Finding, Fix } from './check.js';
import { openFindings, type Report } from './report.js';

/** No line of a report is longer, so that it reads in half a screen. */
const widest = 100;
/** Past 20 findings of one check, three are shown: the rest is the same again. */
const many = 20;
const shown = 3;

/**
 * A report as plain text: findings worst first, each with its place, what is, why and the fix; what was accepted in a line each; the verdict last.
 *
 * @param width of the lines, where a terminal is narrower. @default 100
 * @returns lines with `\n` between and none at the end
 */
export function renderFindings(report: Report, width = widest): string {
  const open = openFindings(report);
  const accepted = report.findings.filter(({ acknowledged }) => acknowledged !== undefined);
  const blocks = shorten(open).map((each) => (typeof each === 'string' ? each : renderFinding(each, width)));
  if (accepted.length > 0)
    blocks.push([`acknowledged ${accepted.length}`, ...accepted.flatMap((each) => renderAccepted(each, width))].join('\n'));
  return [...blocks, verdictOf(report)].join('\n\n');
}

/** One line: `2 findings in 11 services and routes: 1 error, 1 warning (1 acknowledged)`. */
export function verdictOf(report: Report): string {
  const open = openFindings(report);
  const accepted = report.findings.length - open.length;
  const tail = accepted === 0 ? '' : ` (${accepted} acknowledged)`;
  const place = `${count(report.services, 'service')} and ${count(report.routes, 'route')}`;
  if (open.length === 0) return `${report.architecture}: no findings in ${place}${tail}`;
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const kinds = [errors > 0 ? count(errors, 'error') : '', open.length > errors ? count(open.length - errors, 'warning') : ''].filter(
    (kind) => kind !== '',
  );
  return `${report.architecture}: ${count(open.length, 'finding')} in ${place}: ${kinds.join(', ')}${tail}`;
}

/** The report as data, for `--json`: stable within a `version`. */
export const reportAsJson = (report: Report): { readonly version: 1 } & Report & { readonly verdict: string } => ({
  version: 1,
  ...report,
  verdict: verdictOf(report),
});

/** At most 8 lines for any finding whose `is` has two. */
export function renderFinding({ severity, check, at, is, why, fix }: Finding, width = widest): string {
  const id = `${severity} ${check}`;
  const place = at === '' ? 'architecture' : at;
  const head =
    id.length + place.length + 2 <= width ? [id + ' '.repeat(width - id.length - place.length) + place] : [id, ...wrap(place, '  ', width)];
  const [first = '', ...more] = is.split('\n');
  return [
    ...head,
    ...wrap(first, '  ', width),
    ...more.flatMap((line) => wrap(line, '    ', width)),
    ...wrap(`Why: ${why}.`, '  ', width),
    ...wrap(`Fix: ${renderFix(fix, at)}`, '  ', width),
  ].join('\n');
}

/** `timeout: '400ms'` where it is at the finding's place or below, else with the whole path. */
export function renderFix(fix: Fix, at = ''): string {
  if (typeof fix === 'string') return fix;
  const parent = fix.set === at ? at.slice(0, at.lastIndexOf('.')) : at;
  return `${fix.set.startsWith(`${parent}.`) ? fix.set.slice(parent.length + 1) : fix.set}: ${fix.to}`;
}

const renderAccepted = ({ check, at, acknowledged }: Finding, width: number): string[] =>
  wrap(`${check} at ${at}: "${acknowledged}"`, '  ', width);

/** Three of a check that has more than 20, then how many more there are. */
function shorten(findings: readonly Finding[]): (Finding | string)[] {
  const totals = new Map<string, number>();
  for (const { check } of findings) totals.set(check, (totals.get(check) ?? 0) + 1);
  const seen = new Map<string, number>();
  return findings.flatMap((finding): (Finding | string)[] => {
    const total = totals.get(finding.check) ?? 0;
    const nth = (seen.get(finding.check) ?? 0) + 1;
    seen.set(finding.check, nth);
    if (total <= many || nth <= shown) return [finding];
    return nth === shown + 1 ? [`${total - shown} more of ${finding.check}: all of them with --json`] : [];
  });
}

/** Breaks at spaces; a word that is longer than a line stands alone. Further lines are indented once more. */
function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const glue = line.trim() === '' ? '' : ' ';
    if (glue !== '' && line.length + glue.length + word.length > width) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line += glue + word;
  }
  return [...lines, line];
}
