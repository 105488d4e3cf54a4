import type { Admission, Match, Rule, Service } from '../model/architecture/index.js';
import type { PathPattern } from '../model/path.js';
import { pathsMayMeet } from '../model/path-match.js';
import type { Check } from './check.js';

/**
 * Where `access` lists what a caller may ask for, it lists the paths that the service sees, after its rules have rewritten them.
 *
 * The caller's sidecar rewrites, and the callee's, which refuses, knows nothing of the path before.
 */
export const rewrittenPathsAreAdmitted: Check = {
  id: 'rewritten-paths-are-admitted',
  severity: 'error',
  why: 'the callee sees the rewritten path alone and refuses it: 403 for a request that the access list seems to allow',
  *find({ services, calls }) {
    for (const { from, to, rules } of calls) {
      const callee = services.find(({ name }) => name === to);
      const requests = callee?.admits.find(({ caller }) => caller.kind === 'service' && caller.name === from)?.requests;
      if (callee === undefined || requests === undefined) continue;
      for (const rule of rules) yield* refused(from, callee, rule, requests);
    }
  },
};

function* refused(caller: string, callee: Service, { path, match, action }: Rule, requests: NonNullable<Admission['requests']>) {
  const rewritten = action.rewrite?.path;
  if (rewritten === undefined) return;
  const before = requests.filter((request) => meets(match, request));
  if (before.length === 0 || requests.some((request) => meets({ path: rewritten, methods: match.methods }, request))) return;
  const asked = before.map(({ method, path }) => `${method ?? 'ANY'} ${path.text}`).join(', ');
  yield {
    at: `${callee.path}.access.${caller}`,
    is: `${caller} may ask ${callee.name} for ${asked}, which ${path.slice(callee.path.length + 1)} turns into ${rewritten.text} before ${callee.name} sees it`,
    fix: `list ${rewritten.text}, with its methods`,
  };
}

const meets = (
  { path, methods }: Pick<Match, 'path' | 'methods'>,
  request: { readonly method: string | undefined; readonly path: PathPattern },
): boolean =>
  pathsMayMeet(path, request.path) && (methods === undefined || request.method === undefined || methods.includes(request.method));
