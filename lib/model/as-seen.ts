import type { RouteTarget, Rule } from './architecture/index.js';
import type { PathPattern, Segment } from './path.js';
import { rulesMet } from './rules-met.js';

export interface Seen {
  readonly method: string | undefined;
  readonly path: PathPattern;
}

/** What a service is asked by a gateway's route, before its rules: for a route whose clients speak JSON, the gRPC that the ingress makes of it. */
export const askedBy = (method: string | undefined, target: Exclude<RouteTarget, { readonly kind: 'respond' }>): Seen =>
  target.kind === 'service' && target.rpc !== undefined ? { method: 'POST', path: target.rpc.path } : { method, path: target.path };

/** What a service sees of requests with this method and path, once its rules have rewritten some and answered others. Each once. */
export function asSeen(rules: readonly Pick<Rule, 'match' | 'action'>[], { method, path }: Seen): Seen[] {
  const paths = rulesMet(rules, method, path).flatMap(({ match, action }) => {
    if (action.answer !== undefined) return [];
    const rewritten = action.rewrite?.path;
    if (rewritten === undefined) return [path];
    return [match.path !== undefined && 'segments' in match.path ? filled(rewritten, match.path, path) : rewritten];
  });
  return paths
    .filter(({ text }, index) => paths.findIndex((other) => other.text === text) === index)
    .map((each) => ({ method, path: each }));
}

/** The rewritten path, with what is known of each parameter: `/v2/{id}` for a match of `/v1/{id}` is `/v2/7` where `/v1/7` is asked for. */
function filled(rewritten: PathPattern, matched: PathPattern, asked: PathPattern): PathPattern {
  const open = asked.segments.findIndex(({ kind }) => kind === 'rest');
  const segments = rewritten.segments.flatMap((segment): readonly Segment[] => {
    if (segment.kind === 'literal') return [segment];
    const index = matched.segments.findIndex((other) => other.kind !== 'literal' && other.name === segment.name);
    if (index === -1 || (open !== -1 && index >= open)) return [segment];
    if (segment.kind === 'rest') return asked.segments.slice(index);
    const known = asked.segments[index];
    return known?.kind === 'literal' ? [known] : [segment];
  });
  return { text: `/${segments.map(textOf).join('/')}`, segments };
}

const textOf = (segment: Segment): string =>
  segment.kind === 'literal' ? segment.value : `{${segment.name}${segment.kind === 'rest' ? '+' : ''}}`;
