import { nearest } from '../name.js';
import { show } from '../problem.js';

/** What to say of a key that nothing reads: a typo, or a field of a later version; never silently accepted. */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? `is not a known field; allowed: ${known.join(', ')}` : `is not a known field; did you mean ${show(near)}?`;
}
