import type { HeaderMatch, Match, ValueMatch } from '../architecture/match.js';
import { type PathPattern, parsePath } from '../path.js';
import type { PathMatch } from '../path-match.js';
import type { HeaderMatchSpec, MatchSpec } from '../spec/match.js';

/** A pattern that was checked before. */
export const pathOf = (text: string): PathPattern => {
  const parsed = parsePath(text);
  if (typeof parsed === 'string') throw new TypeError(`unchecked path ${text}`);
  return parsed;
};

/** @param upgrade what a request asks to become, which it says by a header, in any case of letters */
export function matchOf(match: MatchSpec = {}, upgrade?: string): Match {
  const { path, method, headers, query, rpc, from } = match;
  return {
    path: rpc === undefined ? pathMatchOf(path) : pathOfRpc(rpc),
    methods: rpc === undefined ? method && [method].flat().sort() : ['POST'],
    headers: namedIn([...named(headers, (name) => name.toLowerCase()), ...(rpc === undefined ? [] : [contentType]), ...asking(upgrade)]),
    query: namedIn(named(query, (name) => name)),
    rpc,
    from: from === undefined ? undefined : [...new Set([from].flat())].sort(),
  };
}

const pathMatchOf = (path: MatchSpec['path']): PathMatch | undefined => (typeof path === 'string' ? pathOf(path) : path);

/** gRPC's own form: `/package.Service/Method`, a POST of `application/grpc`, with or without a `+proto`. */
const pathOfRpc = (rpc: string): PathPattern => pathOf(rpc.includes('/') ? `/${rpc}` : `/${rpc}/{method}`);
const contentType: HeaderMatch = { name: 'content-type', is: 'prefix', value: 'application/grpc' };

const asking = (upgrade: string | undefined): HeaderMatch[] =>
  upgrade === undefined ? [] : [{ name: 'upgrade', is: 'regex', value: `(?i)${upgrade}` }];

const named = (conditions: Record<string, HeaderMatchSpec> | undefined, nameOf: (written: string) => string): HeaderMatch[] =>
  Object.entries(conditions ?? {}).map(([name, value]) => headerOf(nameOf(name), value));

/** Sorted by name. */
export const headersOf = (headers: MatchSpec['headers']): HeaderMatch[] => namedIn(named(headers, (name) => name.toLowerCase()));

const namedIn = (conditions: readonly HeaderMatch[]): HeaderMatch[] =>
  [...conditions].sort((one, other) => (one.name === other.name ? 0 : one.name < other.name ? -1 : 1));

const headerOf = (name: string, value: HeaderMatchSpec): HeaderMatch => ({ name, ...conditionOf(value) });

function conditionOf(value: HeaderMatchSpec): ValueMatch {
  if (typeof value === 'string') return { is: 'exact', value };
  if ('present' in value) return { is: value.present ? 'present' : 'absent' };
  if ('prefix' in value) return { is: 'prefix', value: value.prefix };
  if ('suffix' in value) return { is: 'suffix', value: value.suffix };
  if ('regex' in value) return { is: 'regex', value: value.regex };
  if ('range' in value) return { is: 'range', from: value.range[0], to: value.range[1] };
  const of = conditionOf(value.not);
  if (of.is === 'present' || of.is === 'absent') return { is: of.is === 'present' ? 'absent' : 'present' };
  return { is: 'not', of };
}
