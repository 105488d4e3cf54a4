import { member, show } from '../problem.js';
import type { Walk } from './walk.js';

/** CDK's encodings of a value that is known only at deploy. */
const token = /\$\{Token\[|#\{Token\[/;
const instead = 'leave it out here and give the value in `bind` of the construct';
/** What `bind` takes: hosts and ports of externals, images and environment variables of services. */
const bindable = /^external\.[^.]+\.(?:host|port)$|^services\..+\.(?:image|env(?:\..+)?)$/;
const writeOut = 'write its value out; `bind` of the construct takes hosts, images and environment variables, and nothing else';
/** Deeper than anything that people write, and shallow enough for every walk over it. */
const deepest = 100;
const isToken = (value: unknown): boolean =>
  (typeof value === 'string' && token.test(value)) || (typeof value === 'number' && value < -1e288);

/**
 * The declaration is plain data: no tokens, functions, instances, cycles, holes in lists or `__proto__`, at any depth.
 * @returns whether the rest can be looked at
 */
export function checkData(walk: Walk, value: unknown, path: string, above: readonly unknown[] = []): boolean {
  if (isToken(value)) {
    walk.add(path, `is a CDK token, known only at deploy; ${bindable.test(path) ? instead : writeOut}`);
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
  if (above.length > deepest) {
    walk.close(path, `is nested deeper than ${deepest}`);
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's, a worker's) has another Object.prototype, with nothing above it either.
  if (!Array.isArray(value) && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    walk.close(path, `got an instance of ${value.constructor.name}; allowed: plain data, such as JSON holds`);
    return true;
  }
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  let finite = true;
  for (const [key, each] of members) {
    const place = member(path, key);
    if (!Object.hasOwn(value, key)) walk.close(place, 'is a hole in the list; allowed: a value in each place');
    if (key === '__proto__') walk.close(place, '"__proto__" cannot be a name');
    if (typeof key === 'string' && token.test(key)) walk.close(path, `has a CDK token as a name, known only at deploy; ${instead}`);
    if (!checkData(walk, each, place, [...above, value])) finite = false;
  }
  return finite;
}
