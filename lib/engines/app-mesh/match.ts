import type { HeaderMatch as Header, Match, PathMatch as Path, Rule, ValueMatch } from '../../model/architecture/index.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import type { HeaderMatch, HttpMatch, PathMatch, QueryParameter } from './spec.js';

/** By whole segments, which App Mesh can only say as a whole path or as a regular expression. */
export const pathMatch = (path: PathPattern): PathMatch => (isLiteral(path) ? { Exact: path.text } : { Regex: pathRegex(path) });

/** One match for each method, because App Mesh takes one a route. */
export function httpMatches({
  path,
  methods,
  headers,
  query,
}: Match): { readonly method: string | undefined; readonly match: HttpMatch }[] {
  const more = {
    ...(headers.length === 0 ? {} : { Headers: headers.map(headerMatch) }),
    ...(query.length === 0 ? {} : { QueryParameters: query.map(parameterMatch) }),
  };
  const each = methods ?? [undefined];
  return each.map((method) => ({ method, match: { ...place(path), ...(method === undefined ? {} : { Method: method }), ...more } }));
}

function place(path: Path | undefined): Pick<HttpMatch, 'Prefix' | 'Path'> {
  if (path === undefined) return { Prefix: '/' };
  if ('bytes' in path) return { Prefix: path.bytes };
  return { Path: 'regex' in path ? { Regex: path.regex } : pathMatch(path) };
}

const words = { exact: 'Exact', prefix: 'Prefix', suffix: 'Suffix', regex: 'Regex' } as const;

function headerMatch(header: Header): HeaderMatch {
  if (header.is === 'not') return { Name: header.name, Invert: true, ...value(header.of) };
  return { Name: header.name, ...(header.is === 'absent' ? { Invert: true } : value(header)) };
}

function value(match: ValueMatch): Pick<HeaderMatch, 'Match'> {
  if (match.is === 'range') return { Match: { Range: { Start: match.from, End: match.to } } };
  return 'value' in match ? { Match: { [words[match.is]]: match.value } } : {};
}

/** Exact values and presence are all that App Mesh knows; see `unmatchable`. */
const parameterMatch = (parameter: Header): QueryParameter => ({
  Name: parameter.name,
  ...(parameter.is === 'exact' ? { Match: { Exact: parameter.value } } : {}),
});

/** In words, what of a match App Mesh cannot say, so that the rule is left out: loosened it would take the requests of others. */
export function unmatchable({ from, query }: Match): string | undefined {
  if (from !== undefined) return `is for ${from.join(', ')} alone, and App Mesh does not know its callers`;
  const other = query.find(({ is }) => is !== 'exact' && is !== 'present');
  return other && `matches the parameter ${other.name} otherwise than exactly, which App Mesh cannot`;
}

/** The rules without those that are left out. */
export const carried = (rules: readonly Rule[]): Rule[] =>
  rules.filter(({ match, action }) => action.answer === undefined && unmatchable(match) === undefined);
