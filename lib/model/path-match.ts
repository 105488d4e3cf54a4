import { isLiteral, type PathPattern, type Segment } from './path.js';

/** How a rule looks at the path of a request, always without its query: by whole segments, by its first bytes, or by a regular expression of all of it. */
export type PathMatch = PathPattern | { readonly bytes: string } | { readonly regex: string };

/** Whether every path that `inner` takes is taken by `outer` too; undefined takes any path. Never true wrongly: false where it cannot be told. */
export function pathTakes(outer: PathMatch | undefined, inner: PathMatch | undefined): boolean {
  if (outer === undefined || ('bytes' in outer && outer.bytes === '/')) return true;
  if (inner === undefined) return false;
  if ('regex' in outer || 'regex' in inner) return 'regex' in outer && 'regex' in inner && outer.regex === inner.regex;
  if ('bytes' in outer) return ('bytes' in inner ? inner.bytes : fixedPart(inner)).startsWith(outer.bytes);
  return 'bytes' in inner ? takesAllBelow(outer, inner.bytes) : patternTakes(outer, inner);
}

/** The same for two patterns. */
export function patternTakes({ segments: wide }: PathPattern, { segments: narrow }: PathPattern): boolean {
  for (const [index, segment] of wide.entries()) {
    const other = narrow[index];
    if (other === undefined) return false;
    if (segment.kind === 'rest') return true;
    if (other.kind === 'rest') return false;
    if (segment.kind === 'literal' && (other.kind !== 'literal' || other.value !== segment.value)) return false;
  }
  return wide.length === narrow.length;
}

/** `/a/{rest+}` takes whatever begins with `/a/b`, even with `/a/` and one more byte. */
function takesAllBelow(pattern: PathPattern, bytes: string): boolean {
  const fixed = fixedPart(pattern);
  const last = pattern.segments.findIndex(({ kind }) => kind !== 'literal');
  return pattern.segments[last]?.kind === 'rest' && bytes.startsWith(fixed) && bytes.length > fixed.length;
}

/** Whether some path may be taken by both; undefined takes any path. Never false wrongly. */
export function pathsMayMeet(one: PathMatch | undefined, pattern: PathPattern): boolean {
  if (one === undefined || 'regex' in one) return true;
  if ('segments' in one) return overlap(one.segments, pattern.segments);
  const fixed = fixedPart(pattern);
  return fixed.startsWith(one.bytes) || (!isLiteral(pattern) && one.bytes.startsWith(fixed));
}

function overlap([one, ...ones]: readonly Segment[], [other, ...others]: readonly Segment[]): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === 'rest' || other.kind === 'rest') return true;
  if (one.kind === 'literal' && other.kind === 'literal' && one.value !== other.value) return false;
  return overlap(ones, others);
}

/** What every path of a pattern begins with: `/a/` for `/a/{id}`, the whole of one without parameters. */
function fixedPart({ segments }: PathPattern): string {
  const named = segments.findIndex(({ kind }) => kind !== 'literal');
  const literal = (named === -1 ? segments : segments.slice(0, named)).map((segment) => (segment.kind === 'literal' ? segment.value : ''));
  return named === -1 ? `/${literal.join('/')}` : `/${literal.map((value) => `${value}/`).join('')}`;
}
