import type { HeaderMatch as Header, Match } from '../../model/architecture.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import type { HeaderMatch, HttpMatch, PathMatch } from './spec.js';

/** By whole segments, which App Mesh can only say as a whole path or as a regular expression. */
export const pathMatch = (path: PathPattern): PathMatch => (isLiteral(path) ? { Exact: path.text } : { Regex: pathRegex(path) });

/** One match for each method, because App Mesh takes one a route. */
export function httpMatches({ path, methods, headers }: Match): { readonly method: string | undefined; readonly match: HttpMatch }[] {
  const place = path === undefined ? { Prefix: '/' } : { Path: pathMatch(path) };
  const named = headers.length === 0 ? {} : { Headers: headers.map(headerMatch) };
  const each = methods ?? [undefined];
  return each.map((method) => ({ method, match: { ...place, ...(method === undefined ? {} : { Method: method }), ...named } }));
}

const words = { exact: 'Exact', prefix: 'Prefix', suffix: 'Suffix', regex: 'Regex' } as const;

function headerMatch(header: Header): HeaderMatch {
  if (!('value' in header)) return header.is === 'present' ? { Name: header.name } : { Name: header.name, Invert: true };
  return { Name: header.name, Match: { [words[header.is]]: header.value } };
}
