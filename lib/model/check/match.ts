import { parsePath } from '../path.js';
import { member, show } from '../problem.js';
import { headerNameProblem } from './header-name.js';
import { isRegex, regexWords } from './regex.js';
import { at, entries, type Walk } from './walk.js';

/** Who a rule's match is for. */
export interface Matched {
  /** The service whose rule it is. */
  readonly service: string;
  /** What its app speaks. */
  readonly protocol: unknown;
  readonly services: readonly string[];
  /** Those that declare a call to it. */
  readonly callers: readonly string[];
}

export function checkMatch(walk: Walk, match: unknown, path: string, matched: Matched): void {
  checkPath(walk, at(match, 'path'), member(path, 'path'));
  for (const [header, value] of entries(at(match, 'headers'))) {
    const place = member(member(path, 'headers'), header);
    const problem = headerNameProblem(header);
    if (problem !== undefined) walk.add(place, problem);
    checkValue(walk, value, place);
    checkValue(walk, at(value, 'not'), member(place, 'not'));
  }
  for (const [parameter, value] of entries(at(match, 'query'))) {
    const place = member(member(path, 'query'), parameter);
    if (!/^[A-Za-z0-9._~[\]%-]+$/.test(parameter))
      walk.add(place, `${show(parameter)} cannot name a parameter of a query as it is sent; allowed: letters, digits and ._~[]%-`);
    checkValue(walk, value, place);
  }
  checkRpc(walk, match, path, matched);
  checkFrom(walk, at(match, 'from'), member(path, 'from'), matched);
}

function checkPath(walk: Walk, written: unknown, path: string): void {
  if (typeof written === 'string') {
    const parsed = parsePath(written);
    if (typeof parsed === 'string') walk.add(path, `got ${show(written)}; a path ${parsed}`);
  }
  const [bytes, regex] = [at(written, 'bytes'), at(written, 'regex')];
  if (typeof bytes === 'string' && !/^\/[!-~]*$/.test(bytes))
    walk.add(member(path, 'bytes'), `got ${show(bytes)}; allowed: the first bytes of a path, such as "/orders"`);
  else if (typeof bytes === 'string' && /[?#{}\\]|\/\/|\/\.{1,2}(?:\/|$)/.test(bytes))
    walk.add(
      member(path, 'bytes'),
      `got ${show(bytes)}; no path has that by the time it is matched; allowed: bytes without ? # { } \\, doubled slashes and dot segments`,
    );
  if (typeof regex === 'string' && !isRegex(regex)) walk.add(member(path, 'regex'), `got ${show(regex)}; allowed: ${regexWords}`);
}

function checkValue(walk: Walk, value: unknown, path: string): void {
  const [regex, range] = [at(value, 'regex'), at(value, 'range')];
  if (typeof regex === 'string' && !isRegex(regex)) walk.add(member(path, 'regex'), `got ${show(regex)}; allowed: ${regexWords}`);
  const [from, to] = Array.isArray(range) ? (range as unknown[]) : [];
  if (typeof from === 'number' && typeof to === 'number' && from >= to)
    walk.add(member(path, 'range'), `got ${show(range)}, which no number is in; the second is excluded, such as [${from}, ${from + 1}]`);
}

function checkRpc(walk: Walk, match: unknown, path: string, { service, protocol }: Matched): void {
  const rpc = at(match, 'rpc');
  if (typeof rpc !== 'string') return;
  const place = member(path, 'rpc');
  for (const field of ['path', 'method'])
    if (at(match, field) !== undefined) walk.add(member(path, field), 'means nothing beside `rpc`, which is both; remove one of them');
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\/[A-Za-z_]\w*)?$/.test(rpc))
    walk.add(place, `got ${show(rpc)}; allowed: a gRPC service or method, such as "shop.Orders" or "shop.Orders/Place"`);
  else if (protocol === 'http')
    walk.add(place, `${service} listens for HTTP/1.1, and gRPC needs HTTP/2; say \`listen: { protocol: 'grpc', … }\`, or match a path`);
}

function checkFrom(walk: Walk, from: unknown, path: string, { service, services, callers }: Matched): void {
  for (const [index, caller] of [from].flat().entries()) {
    if (typeof caller !== 'string') continue;
    const place = Array.isArray(from) ? member(path, index) : path;
    if (services.includes(caller) && !callers.includes(caller))
      walk.add(place, `${caller} declares no call to ${service}; remove this, or add the call`);
    else walk.reference(caller, place, 'a service', services);
  }
}
