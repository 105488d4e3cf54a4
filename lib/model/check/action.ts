import { percent } from '../leaf/scalar.js';
import { parametersOf, parsePath } from '../path.js';
import { member, notAmong, show, wrong } from '../problem.js';
import { headerNameProblem } from './header-name.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** What a rule does besides sending requests on, and what it cannot do at the same time. */
export function checkAction(walk: Walk, route: unknown, path: string, versions: readonly string[]): void {
  checkMirror(walk, route, member(path, 'mirror'), versions);
  checkAnswer(walk, route, path);
  const rewrite = at(route, 'rewrite');
  if (isPlain(rewrite) && at(rewrite, 'path') === undefined && at(rewrite, 'host') === undefined)
    walk.add(member(path, 'rewrite'), 'says neither `path` nor `host`; allowed: at least one of them');
  for (const limit of ['rateLimit', 'globalRateLimit'])
    if (at(rewrite, 'path') !== undefined && at(route, limit) !== undefined)
      walk.add(
        member(path, limit),
        'means nothing beside `rewrite.path`: an instance counts what it sees; put it on a rule that matches the rewritten path',
      );
  for (const field of ['rewrite', 'redirect']) checkPath(walk, route, at(at(route, field), 'path'), `${path}.${field}.path`);
  for (const way of ['request', 'response']) checkChanges(walk, at(at(route, 'headers'), way), `${path}.headers.${way}`);
}

function checkMirror(walk: Walk, route: unknown, path: string, versions: readonly string[]): void {
  const mirror = at(route, 'mirror');
  if (mirror === undefined) return;
  if (typeof mirror !== 'string' && !isPlain(mirror)) return walk.add(path, `got ${show(mirror)}; allowed: a version, or { to, percent? }`);
  const version = isPlain(mirror) ? mirror['to'] : mirror;
  const place = isPlain(mirror) ? member(path, 'to') : path;
  if (isPlain(mirror)) {
    for (const key of Object.keys(mirror)) if (key !== 'to' && key !== 'percent') walk.unknown(key, path, ['to', 'percent']);
    const share = mirror['percent'];
    for (const { message } of share === undefined ? [] : (percent.safeParse(share).error?.issues ?? []))
      walk.add(member(path, 'percent'), `got ${show(share)}; allowed: ${message}`);
  }
  if (typeof version !== 'string') walk.add(place, wrong(version, 'a version'));
  else if (!versions.includes(version)) walk.add(place, notAmong(version, 'a version', versions));
  else if (at(route, 'to') === version) walk.add(place, `${version} takes the requests already; a copy goes to another version`);
}

/** What a rule that answers by itself has no use for. */
const needless = ['to', 'mirror', 'rewrite', 'timeout', 'idle', 'retries', 'idempotent', 'rateLimit', 'globalRateLimit', 'stream'];

function checkAnswer(walk: Walk, route: unknown, path: string): void {
  const [redirect, respond] = [at(route, 'redirect'), at(route, 'respond')];
  if (redirect === undefined && respond === undefined) return;
  if (redirect !== undefined && respond !== undefined) walk.add(path, 'has both `redirect` and `respond`; allowed: one of them');
  const field = redirect === undefined ? 'respond' : 'redirect';
  for (const other of needless)
    if (at(route, other) !== undefined)
      walk.add(member(path, other), `means nothing beside \`${field}\`, which asks no service; remove it`);
  if (at(at(route, 'headers'), 'request') !== undefined)
    walk.add(`${path}.headers.request`, `means nothing beside \`${field}\`, which asks no service; remove it`);
  if (isPlain(redirect) && at(redirect, 'host') === undefined && at(redirect, 'path') === undefined)
    walk.add(member(path, 'redirect'), 'says neither `host` nor `path`; allowed: at least one of them');
  const body = at(respond, 'body');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body).length : 0;
  if (bytes > 4_096)
    walk.add(`${path}.respond.body`, `has ${bytes} bytes; allowed: at most 4096, which every sidecar holds in its configuration`);
}

function checkPath(walk: Walk, route: unknown, written: unknown, path: string): void {
  if (typeof written !== 'string') return;
  const parsed = parsePath(written);
  if (typeof parsed === 'string') return walk.add(path, `got ${show(written)}; a path ${parsed}`);
  const matched = at(at(route, 'match'), 'path');
  const pattern = typeof matched === 'string' ? parsePath(matched) : undefined;
  if (typeof pattern === 'string') return;
  const parameters = pattern === undefined ? [] : parametersOf(pattern);
  const unknown = parametersOf(parsed).filter((name) => !parameters.includes(name));
  const most = 9; // RE2 numbers what it puts back by one digit
  if (unknown.length === 0 && parametersOf(parsed).length > most)
    walk.add(path, `got ${show(written)}; allowed: at most ${most} parameters`);
  if (unknown.length === 0) return;
  const allowed = parameters.length === 0 ? 'it has none' : `allowed: ${parameters.map((name) => `{${name}}`).join(', ')}`;
  walk.add(path, `got ${show(written)}; {${unknown.join('}, {')}} is no parameter of the match's path; ${allowed}`);
}

/** Characters of a header that a rule sets: Envoy takes four times as many. */
const mostOfHeader = 4_096;

const spoken = /^(?:x-envoy-|x-edge-|x-mesh-|x-forwarded-client-cert$)/i;
const ofConnection = /^(?:host|connection|keep-alive|proxy-connection|transfer-encoding|upgrade|te|trailer|content-length)$/i;

function checkChanges(walk: Walk, changes: unknown, path: string): void {
  const set = entries(at(changes, 'set'));
  const removed = items(at(changes, 'remove'), `${path}.remove`);
  const taken = new Map<string, string>();
  for (const [place, name] of [...set.map(([name]) => [member(`${path}.set`, name), name] as const), ...removed]) {
    if (typeof name !== 'string') continue;
    const other = taken.get(name.toLowerCase());
    const problem = headerNameProblem(name);
    if (problem !== undefined) walk.add(place, problem);
    else if (spoken.test(name))
      walk.add(place, `${name} is what the mesh speaks by, and not a rule's to change; allowed: any other header`);
    else if (ofConnection.test(name))
      walk.add(
        place,
        `${name} belongs to the connection${name.toLowerCase() === 'host' ? ' (`rewrite.host` changes it)' : ''}; allowed: any other header`,
      );
    else if (other !== undefined) walk.add(place, `${name} is changed twice, by ${other} too; keep one of them`);
    taken.set(name.toLowerCase(), place);
  }
  for (const [name, value] of set)
    if (typeof value === 'string' && (value.length > mostOfHeader || !/^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/.test(value)))
      walk.add(
        member(`${path}.set`, name),
        `got ${show(value)}; allowed: a text of ASCII characters, at most ${mostOfHeader}, without spaces around it`,
      );
}
