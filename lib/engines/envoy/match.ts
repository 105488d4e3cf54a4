import type { HeaderMatch, Match, PathMatch, ValueMatch } from '../../model/architecture/index.js';
import { everything } from '../../model/architecture/match.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import { type Json, type JsonObject, optional } from './json.js';

/** What must hold besides a rule's own match. */
export interface Narrowing {
  readonly headers: readonly Json[];
  readonly method: string | undefined;
  readonly path: PathPattern;
}

/** @param methods those that the route takes; undefined is any */
export function matcher(match: Match, methods: readonly string[] | undefined, narrowing: Narrowing | undefined): JsonObject {
  const headers = [
    ...(narrowing?.headers ?? []),
    ...(methods === undefined ? [] : [methodHeader(methods)]),
    ...(narrowing === undefined || match.path === undefined ? [] : [pathHeader(narrowing.path)]),
    ...match.headers.map(headerMatcher),
  ];
  return {
    ...pathSpecifier(match.path ?? narrowing?.path),
    ...optional('headers', headers.length === 0 ? undefined : headers),
    ...optional('query_parameters', match.query.length === 0 ? undefined : match.query.map(parameterMatcher)),
  };
}

/** Whatever a narrowing leaves. */
export const narrowed = (narrowing: Narrowing): JsonObject =>
  matcher(everything, narrowing.method === undefined ? undefined : [narrowing.method], narrowing);

function pathSpecifier(path: PathMatch | undefined): JsonObject {
  if (path === undefined) return { prefix: '/' };
  if ('bytes' in path) return { prefix: path.bytes };
  if ('regex' in path) return { safe_regex: { regex: path.regex } };
  return isLiteral(path) ? { path: path.text } : { safe_regex: { regex: pathRegex(path) } };
}

/** A second path that must match too: Envoy's routes take one, but its header still has the query. */
const pathHeader = (path: PathPattern): Json => ({ name: ':path', string_match: { safe_regex: { regex: `${pathRegex(path)}(\\?.*)?` } } });

const methodHeader = (methods: readonly string[]): Json => ({
  name: ':method',
  string_match: methods.length === 1 ? { exact: methods[0]! } : { safe_regex: { regex: methods.join('|') } },
});

/** Envoy takes a missing header for a match of no `not`, unless told to take it for an empty one. */
export const headerMatcher = (match: HeaderMatch): Json =>
  match.is === 'not'
    ? { name: match.name, ...valueMatcher(match.of), invert_match: true, treat_missing_header_as_empty: true }
    : { name: match.name, ...valueMatcher(match) };

function parameterMatcher(match: HeaderMatch): Json {
  return { name: match.name, ...valueMatcher(match) };
}

function valueMatcher(match: ValueMatch): JsonObject {
  if (match.is === 'range') return { range_match: { start: match.from, end: match.to } };
  if (match.is === 'not') return valueMatcher(match.of);
  if (!('value' in match)) return { present_match: match.is === 'present' };
  return { string_match: match.is === 'regex' ? { safe_regex: { regex: match.value } } : { [match.is]: match.value } };
}
