import { type Action, type Answer, type HeaderChanges, noAction } from '../architecture/action.js';
import type { Match } from '../architecture/match.js';
import { type PathPattern, sameParameters } from '../path.js';
import type { HeaderChangesSpec, RedirectSpec, RespondSpec } from '../spec/action.js';
import type { RouteSpec } from '../spec/index.js';
import { pathOf } from './match.js';

/** @param versionOf the id of a version */
export function actionOf(route: RouteSpec<string, string>, match: Match, versionOf: (version: string) => string): Action {
  const { mirror, rewrite, redirect, respond, headers } = route;
  const written = (path: string | undefined): PathPattern | undefined =>
    path === undefined ? undefined : withParameters(pathOf(path), match);
  const copied = typeof mirror === 'string' ? { to: mirror } : mirror;
  return {
    mirror: copied && { version: versionOf(copied.to), percent: copied.percent ?? 100 },
    rewrite: rewrite && { path: written(rewrite.path), host: rewrite.host },
    answer: redirect === undefined ? respond && answering(respond) : redirecting(redirect, written(redirect.path)),
    headers: headers === undefined ? noAction.headers : { request: changesOf(headers.request), response: changesOf(headers.response) },
  };
}

const redirecting = ({ status, host }: RedirectSpec, path: PathPattern | undefined): Answer => ({
  is: 'redirect',
  status: status ?? 307,
  host,
  path,
});

const answering = ({ status, body }: RespondSpec): Answer => ({ is: 'respond', status, body });

const withParameters = (path: PathPattern, match: Match): PathPattern =>
  match.path !== undefined && 'segments' in match.path ? sameParameters(path, match.path) : path;

const changesOf = ({ set = {}, remove = [] }: HeaderChangesSpec = {}): HeaderChanges => ({
  set: Object.entries(set)
    .map(([name, value]) => ({ name: name.toLowerCase(), value }))
    .sort((one, other) => (one.name < other.name ? -1 : 1)),
  remove: remove.map((name) => name.toLowerCase()).sort(),
});
