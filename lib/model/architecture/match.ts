import type { PathMatch } from '../path-match.js';

/** All that is given must hold; an empty match takes every request. */
export interface Match {
  readonly path: PathMatch | undefined;
  /** Upper-case methods; undefined is any. */
  readonly methods: readonly string[] | undefined;
  /** Sorted by name; names in lower case. Of a header that comes several times one value is enough. */
  readonly headers: readonly HeaderMatch[];
  /** Parameters of the query, sorted by name: the first of each name, compared as it is sent, with nothing decoded. */
  readonly query: readonly HeaderMatch[];
  /** The gRPC service or method, as written, that path, method and content type above stand for. */
  readonly rpc: string | undefined;
  /** The callers that the rule is for, sorted; undefined is everyone. Always undefined in a caller's own rules, which have no rule of others. */
  readonly from: readonly string[] | undefined;
}

export type HeaderMatch = { readonly name: string } & ValueMatch;

export type ValueMatch =
  | { readonly is: 'exact' | 'prefix' | 'suffix' | 'regex'; readonly value: string }
  | { readonly is: 'present' | 'absent' }
  /** A whole number, `to` excluded. */
  | { readonly is: 'range'; readonly from: number; readonly to: number }
  /** A header that is missing counts as an empty one. Never of `present`, `absent` or another `not`. */
  | { readonly is: 'not'; readonly of: ValueMatch };

/** Takes every request. */
export const everything: Match = { path: undefined, methods: undefined, headers: [], query: [], rpc: undefined, from: undefined };

export const isEverything = ({ path, methods, headers, query, from }: Match): boolean =>
  path === undefined && methods === undefined && headers.length === 0 && query.length === 0 && from === undefined;
