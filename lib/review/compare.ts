import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, renderChanges, showTotals } from './change.js';
import { changesBetween } from './diff.js';
import { type Facts, kinds } from './facts.js';
import { factsFile, type ReviewFile } from './review.js';

/** How a folder differs from the review that belongs there. */
export interface Comparison {
  readonly upToDate: boolean;
  /** Names of files, sorted. */
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  /** Files that the review does not have: left behind by an older one. */
  readonly extra: readonly string[];
  /** What changed in the architecture, in words; undefined where the folder's facts cannot be read. */
  readonly changes: readonly Change[] | undefined;
}

/** Compares a review with what a folder holds. Writes nothing; a folder that does not exist misses every file. */
export function compareReview(files: readonly ReviewFile[], dir: string): Comparison {
  const stored = existsSync(dir) ? readdirSync(dir).sort() : [];
  const names = files.map(({ name }) => name);
  const missing = names.filter((name) => !stored.includes(name)).sort();
  const stale = files
    .filter(({ name, text }) => stored.includes(name) && readFileSync(join(dir, name), 'utf8') !== text)
    .map(({ name }) => name);
  const extra = stored.filter((name) => !names.includes(name));
  return { upToDate: [...missing, ...stale, ...extra].length === 0, stale: stale.sort(), missing, extra, changes: changesIn(files, dir) };
}

/**
 * A comparison as plain text: the changes in words, then the files.
 *
 * @param name the architecture's
 */
export function renderComparison(name: string, { upToDate, stale, missing, extra, changes }: Comparison): string {
  if (upToDate) return `${name}: the review is up to date`;
  const files = [
    ...stale.map((file) => `stale    ${file}`),
    ...missing.map((file) => `missing  ${file}`),
    ...extra.map((file) => `extra    ${file}: not of this review, remove it`),
  ];
  return [...words(name, missing, changes), ['files', ...files.map((line) => `  ${line}`)].join('\n')].join('\n\n');
}

function words(name: string, missing: readonly string[], changes: readonly Change[] | undefined): string[] {
  if (missing.includes(factsFile)) return [`${name}: never reviewed before: there is no ${factsFile} to compare with`];
  if (changes === undefined) return [`${name}: ${factsFile} cannot be read, so what changed is unknown`];
  if (changes.length === 0) return [`${name}: the architecture is as it was reviewed; the pages are not`];
  return [`${name}: ${showTotals(changes)}`, renderChanges(changes)];
}

function changesIn(files: readonly ReviewFile[], dir: string): readonly Change[] | undefined {
  const now = files.find(({ name }) => name === factsFile);
  const before = existsSync(join(dir, factsFile)) ? factsIn(readFileSync(join(dir, factsFile), 'utf8')) : undefined;
  const after = now === undefined ? undefined : factsIn(now.text);
  return before === undefined || after === undefined ? undefined : changesBetween(before, after);
}

/** What an older version wrote may lack a kind; what is no facts at all is undefined. */
function factsIn(text: string): Facts | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) && kinds.every((kind) => isSubjects(data[kind] ?? {})) ? (data as unknown as Facts) : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSubjects = (value: unknown): boolean =>
  isRecord(value) &&
  Object.values(value).every((aspects) => isRecord(aspects) && Object.values(aspects).every((aspect) => typeof aspect === 'string'));
