import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReview } from './compare.js';
import type { ReviewFile } from './review.js';

/**
 * Writes what is missing or stale, and nothing else: files that the review does not have stay. Everything is written aside first, inside the folder, and
 * put in place once all of it is there: what fails (no rights, a full disk) leaves the old review as it was.
 *
 * @returns the names of what was written
 */
export function writeReview(files: readonly ReviewFile[], dir: string): readonly string[] {
  const { stale, missing } = compareReview(files, dir);
  const changed = files.filter(({ name }) => stale.includes(name) || missing.includes(name));
  if (changed.length === 0) return [];
  mkdirSync(dir, { recursive: true });
  const aside = mkdtempSync(join(dir, '.writing-'));
  try {
    for (const { name, text } of changed) writeFileSync(join(aside, name), text);
    for (const { name } of changed) renameSync(join(aside, name), join(dir, name));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return changed.map(({ name }) => name);
}
