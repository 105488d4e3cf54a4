/**
 * Whether RE2 (Envoy's) takes a regular expression: it has neither look-around nor back-references, repeats at most 1,000 times and knows no `\\u`, `\\c` and
 * `\\k`. All else is checked by JavaScript's own compiler, which in turn has no `(?i)` at the start.
 */
export function isRegex(text: string): boolean {
  const escapes: readonly string[] = text.match(/\\./g) ?? [];
  const bare = text.replace(/\\./g, '_');
  if (escapes.some((each) => /[1-9uck]/.test(each)) || /\(\?<?[=!]/.test(bare)) return false;
  if ([...bare.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].some(([, least, most]) => Math.max(Number(least), Number(most ?? 0)) > 1_000))
    return false;
  try {
    new RegExp(text.replace(/^\(\?[imsU]+\)/, ''), 'u');
    return true;
  } catch {
    return false;
  }
}

/** What to say of one that it does not take. */
export const regexWords = 'a regular expression of RE2: no look-around, no back-references';
