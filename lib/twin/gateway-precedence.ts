import type { PathPattern } from '../model/path.js';

const order = { literal: 0, parameter: 1, rest: 2 };

/** API Gateway's order, most specific first: at the leftmost segment where two paths differ in kind, a literal before a parameter before a rest. */
export function comparePaths(one: PathPattern, other: PathPattern): number {
  for (const [index, segment] of one.segments.entries()) {
    const against = other.segments[index];
    if (against === undefined) return 1;
    const difference = order[segment.kind] - order[against.kind];
    if (difference !== 0) return difference;
  }
  if (one.segments.length < other.segments.length) return -1;
  const [left, right] = [shapeOf(one), shapeOf(other)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Equal for paths that take the same requests, whatever their parameters are called. */
export const shapeOf = ({ segments }: PathPattern): string =>
  segments.map((segment) => `/${segment.kind === 'literal' ? segment.value : `{${segment.kind}}`}`).join('');
