import { methods } from './method.js';
import { type PathPattern, parsePath } from './path.js';
import { patternTakes } from './path-match.js';
import { notAmong } from './problem.js';

/** @returns method (undefined for ANY) and path of `GET /orders/{id}`, or in words what is wrong with it. */
export function parseRouteKey(key: string): { readonly method: string | undefined; readonly path: PathPattern } | string {
  const [, method, text] = /^(\S+) (\S+)$/.exec(key) ?? [];
  if (method === undefined || text === undefined) return 'a route is "METHOD /path", such as "GET /orders/{id}"';
  if (method !== 'ANY' && !methods.includes(method as never)) return notAmong(method, 'a method', [...methods, 'ANY']);
  const path = parsePath(text);
  return typeof path === 'string' ? `a path ${path}` : { method: method === 'ANY' ? undefined : method, path };
}

/** Whether every request of `inner` is one of `outer` too. */
export function covers(
  outer: { method: string | undefined; path: PathPattern },
  inner: { method: string | undefined; path: PathPattern },
): boolean {
  return (outer.method === undefined || outer.method === inner.method) && patternTakes(outer.path, inner.path);
}
