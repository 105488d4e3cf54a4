import type { Rule } from './architecture/index.js';
import type { PathPattern } from './path.js';
import { pathsMayMeet, pathTakes } from './path-match.js';

/** The rules that requests with this method (undefined: any) and path can meet: first match wins, so none below one that surely takes them. */
export function rulesMet<R extends Pick<Rule, 'match'>>(rules: readonly R[], method: string | undefined, path: PathPattern): R[] {
  const open = rules.filter(({ match }) => {
    const methodFits = method === undefined || match.methods === undefined || match.methods.includes(method);
    return methodFits && pathsMayMeet(match.path, path);
  });
  const sure = open.findIndex(
    ({ match: { path: taken, methods, headers, query, from } }) =>
      headers.length === 0 &&
      query.length === 0 &&
      from === undefined &&
      (methods === undefined || method !== undefined) &&
      pathTakes(taken, path),
  );
  return sure === -1 ? open : open.slice(0, sure + 1);
}
