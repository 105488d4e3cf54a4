/**
 * A path in API Gateway's grammar: literal segments, `{parameter}` for one segment, `{rest+}` for the remaining ones (at least one, last only).
 * Matched by whole segments everywhere: `/orders` does not match `/orders-archive`.
 */
export interface PathPattern {
  /** As declared. */
  readonly text: string;
  readonly segments: readonly Segment[];
}

export type Segment =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'rest'; readonly name: string };

const literal = /^[A-Za-z0-9._~!$&'()*+,;=:@-]+$/;
const named = /^\{([A-Za-z_][A-Za-z0-9_-]*)(\+?)\}$/;

/** @returns the pattern, or in words what is wrong with it. */
export function parsePath(text: string): PathPattern | string {
  if (!text.startsWith('/')) return 'starts with "/"';
  if (text === '/') return { text, segments: [] };
  const segments: Segment[] = [];
  for (const part of text.slice(1).split('/')) {
    const [, name, rest] = named.exec(part) ?? [];
    if (segments.some((segment) => segment.kind === 'rest')) return 'has {rest+} as its last segment only';
    if (name !== undefined) {
      if (segments.some((segment) => segment.kind !== 'literal' && segment.name === name)) return `names {${name}} once`;
      segments.push({ kind: rest === '+' ? 'rest' : 'parameter', name });
    } else if (!literal.test(part) || notLiteral(part)) {
      return problemOf(part, text);
    } else {
      segments.push({ kind: 'literal', value: part });
    }
  }
  return { text, segments };
}

/** What other routers write for a parameter or for the rest, and what a proxy would resolve away. */
const notLiteral = (part: string): boolean => part.startsWith(':') || ['*', '**', '.', '..'].includes(part);

function problemOf(part: string, text: string): string {
  if (part === '') return text.endsWith(`//`) || !text.endsWith('/') ? 'has no empty segment' : 'has no slash at its end';
  if (part === '.' || part === '..') return `has no segment ${part}`;
  if (part.startsWith(':')) return `writes {${part.slice(1) || 'id'}} for a parameter, not ${part}`;
  if (part.startsWith('*')) return `writes {rest+} for all further segments, not ${part}`;
  return `has segments of letters, digits and ._~!$&'()*+,;=:@-, or {parameter}, or {rest+}; not ${JSON.stringify(part)}`;
}

/** The whole path as a regular expression of RE2 (Envoy) and JavaScript alike, without anchors. */
export function pathRegex({ segments }: PathPattern): string {
  if (segments.length === 0) return '/';
  const one = {
    literal: (value: string) => value.replace(/[\\^$.*+?()[\]{}|/]/g, (char) => (char === '/' ? char : `\\${char}`)),
    parameter: '[^/]+',
    rest: '.+',
  };
  return segments.map((segment) => '/' + (segment.kind === 'literal' ? one.literal(segment.value) : one[segment.kind])).join('');
}

/** Whether it names no parameter, so that it can be compared byte for byte. */
export const isLiteral = ({ segments }: PathPattern): boolean => segments.every((segment) => segment.kind === 'literal');

/** The names of its parameters, in order. */
export const parametersOf = ({ segments }: PathPattern): string[] =>
  segments.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name]));

/** `{path}` in a target's path stands for whatever the source's parameter of that name takes, many segments where it is `{path+}`. */
export const sameParameters = (target: PathPattern, source: PathPattern): PathPattern => ({
  text: target.text,
  segments: target.segments.map((segment) =>
    segment.kind === 'literal'
      ? segment
      : (source.segments.find((other) => other.kind !== 'literal' && other.name === segment.name) ?? segment),
  ),
});
