import type { PathMatch } from '../../model/architecture.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import type { JsonObject } from './json.js';

/** Replaces the whole path, each parameter carried over by its name; the query stays as it is. */
export function pathRewrite(from: PathMatch | undefined, to: PathPattern): JsonObject {
  const target = to.segments.map((segment) =>
    segment.kind === 'literal' ? `/${segment.value}` : `/\\${namesIn(from).indexOf(segment.name) + 1}`,
  );
  return { regex_rewrite: { pattern: { regex: isLiteral(to) ? '^/.*$' : captured(from) }, substitution: target.join('') || '/' } };
}

const namesIn = (path: PathMatch | undefined): string[] =>
  path !== undefined && 'segments' in path ? path.segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name])) : [];

/** A pattern's regular expression, with a group for each parameter. */
function captured(path: PathMatch | undefined): string {
  const segments = path !== undefined && 'segments' in path ? path.segments : [];
  const groups = segments.map((segment) => {
    const regex = pathRegex({ text: '', segments: [segment] }).slice(1);
    return segment.kind === 'literal' ? `/${regex}` : `/(${regex})`;
  });
  return `^${groups.join('') || '/'}$`;
}
