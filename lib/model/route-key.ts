import { methods } from './leaf.js';
import { type PathPattern, parsePath } from './path.js';
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
  if (outer.method !== undefined && outer.method !== inner.method) return false;
  const [wide, narrow] = [outer.path.segments, inner.path.segments];
  for (const [index, segment] of wide.entries()) {
    const other = narrow[index];
    if (other === undefined) return false;
    if (segment.kind === 'rest') return true;
    if (other.kind === 'rest') return false;
    if (segment.kind === 'literal' && (other.kind !== 'literal' || other.value !== segment.value)) return false;
  }
  return wide.length === narrow.length;
}
