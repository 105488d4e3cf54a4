import { member, show } from '../problem.js';
import type { Walk } from './walk.js';

/** CDK's encodings of a value that is known only at deploy. */
const token = /\$\{Token\[|#\{Token\[/;
const isToken = (value: unknown): boolean =>
  (typeof value === 'string' && token.test(value)) || (typeof value === 'number' && value < -1e288);

/**
 * The declaration is plain data: no tokens, functions, instances, cycles or `__proto__`, at any depth.
 * @returns whether the rest can be looked at
 */
export function checkData(walk: Walk, value: unknown, path: string, above: readonly unknown[] = []): boolean {
  if (isToken(value)) {
    walk.add(path, 'is a CDK token, known only at deploy; leave the field out here and give the value in `bind` of the construct');
    return true;
  }
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    walk.add(path, `got ${show(value)}; allowed: plain data, such as JSON holds`);
    return true;
  }
  if (typeof value !== 'object' || value === null) return true;
  if (above.includes(value)) {
    walk.add(path, 'contains itself; allowed: plain data, such as JSON holds');
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    walk.add(path, `got an instance of ${value.constructor.name}; allowed: plain data, such as JSON holds`);
    return true;
  }
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  let finite = true;
  for (const [key, each] of members) {
    const place = member(path, key);
    if (key === '__proto__') walk.add(place, '"__proto__" cannot be a name');
    if (!checkData(walk, each, place, [...above, value])) finite = false;
  }
  return finite;
}
