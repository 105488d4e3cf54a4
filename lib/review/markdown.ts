import { count } from '../count.js';
/** A page is a list of blocks: headings, paragraphs, tables. */
export const page = (blocks: readonly (string | undefined)[]): string =>
  `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;

/** Past this many rows a table is no longer read; the rest is announced, with where it stands. */
const mostRows = 45;

/**
 * A table; empty without rows. Cells are Markdown already; a pipe in them is escaped, a line break becomes `<br>`.
 *
 * @param most rows that are shown. @default 45
 * @param rest where the others are. @default facts.json
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  most = mostRows,
  rest = '[facts.json](facts.json) has them all',
): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', '<br>')).join(' | ')} |`;
  const left = rows.length - most;
  const more = left > 0 ? [`\n${count(left, 'more row is', 'more rows are')} not shown: ${rest}.`] : [];
  return [line(head), line(head.map(() => '---')), ...rows.slice(0, most).map(line), ...more].join('\n');
}

/** Code, whatever is in it. */
export function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text.replaceAll('\n', ' ')}${space}${fence}`;
}

/** What people wrote, shown as they wrote it: nothing in it is Markdown or HTML. */
export const plain = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>#~&]/g, (char) => (char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`))
    .replaceAll('\n', ' ');

/** Our own words: what they quote in backticks stays code. */
export const prose = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') && part.endsWith('`') ? part : plain(part)))
    .join('');

/** More names than this would crowd out the rest of a page: then three, and how many more. */
const mostNames = 20;

/** `a, b and c`; of a crowd `a, b, c and 18 more`. */
export const crowd = (names: readonly string[]): string =>
  names.length > mostNames ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : and(names);

/** `a`, `a and b`, `a, b and c`. */
export const and = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
