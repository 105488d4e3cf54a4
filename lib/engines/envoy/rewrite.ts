import type { PathMatch } from '../../model/architecture/index.js';
import { type PathPattern, parametersOf, pathRegex } from '../../model/path.js';
import type { JsonObject } from './json.js';

/** Replaces the whole path, each parameter carried over by its name; the query stays as it is. */
export function pathRewrite(from: PathMatch | undefined, to: PathPattern): JsonObject {
  const used = parametersOf(to);
  const segments = from !== undefined && 'segments' in from ? from.segments : [];
  const carried = segments.flatMap((segment) => (segment.kind !== 'literal' && used.includes(segment.name) ? [segment.name] : []));
  const groups = segments.map((segment) => {
    const regex = pathRegex({ text: '', segments: [segment] }).slice(1);
    return segment.kind !== 'literal' && carried.includes(segment.name) ? `/(${regex})` : `/${regex}`;
  });
  const target = to.segments.map((segment) =>
    segment.kind === 'literal' ? `/${segment.value}` : `/\\${carried.indexOf(segment.name) + 1}`,
  );
  return {
    regex_rewrite: {
      pattern: { regex: used.length === 0 ? '^/.*$' : `^${groups.join('')}$` },
      substitution: target.join('') || '/',
    },
  };
}
