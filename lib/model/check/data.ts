import { isInstance, member, show } from '../problem.js';
import type { Walk } from './walk.js';

/** CDK's encodings of a value that is known only at deploy. */
const token = /\$\{Token\[|#\{Token\[/;
const instead = 'leave it out here and give the value in `bind` of the construct';
/** What `bind` takes: hosts and ports of externals, images and environment variables of services. */
const bindable = /^external\.[^.]+\.(?:host|port)$|^services\..+\.(?:image|env(?:\..+)?)$/;
const writeOut = 'write its value out; `bind` of the construct takes hosts, images and environment variables, and nothing else';
/** Half of a surrogate pair, and the end of a text in C: neither Envoy nor a process can be given them. */
const broken = /\p{Surrogate}|\0/u;
const plain = 'allowed: plain data, such as JSON holds';
/** Deeper than anything that people write, and shallow enough for every walk over it. */
const deepest = 100;
const isToken = (value: unknown): boolean =>
  (typeof value === 'string' && token.test(value)) ||
  (typeof value === 'number' && value < -1e288) ||
  (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' && value[0].startsWith('#{Token['));
/** What to do about a value that only CDK knows. */
const remedy = (path: string): string => (bindable.test(path) ? instead : writeOut);

/**
 * The declaration is plain data: no tokens, functions, instances, cycles, holes in lists or `__proto__`, at any depth.
 * @returns whether the rest can be looked at
 */
export function checkData(walk: Walk, value: unknown, path: string, above: readonly unknown[] = []): boolean {
  if (isToken(value)) {
    walk.close(path, `is a CDK token, known only at deploy; ${remedy(path)}`);
    return true;
  }
  if (typeof value === 'string' && broken.test(value))
    walk.add(path, `got ${show(value)}; allowed: a text of whole characters, without the character 0`);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    walk.add(path, `got ${show(value)}; ${plain}`);
    return true;
  }
  if (typeof value !== 'object' || value === null) return true;
  if (above.includes(value)) {
    walk.add(path, `contains itself; ${plain}`);
    return false;
  }
  if (above.length > deepest) {
    walk.close(path, `is nested deeper than ${deepest}`);
    return false;
  }
  const members = read(walk, value, path);
  if (members === undefined) return false;
  if (isInstance(value)) {
    walk.close(path, `got ${show(value)}; ${plain}${bindable.test(path) ? `; ${instead}` : ''}`);
    return true;
  }
  let finite = true;
  for (const [key, each] of members) {
    const place = member(path, key);
    if (!Object.hasOwn(value, key)) walk.close(place, 'is a hole in the list; allowed: a value in each place');
    if (key === '__proto__') walk.close(place, '"__proto__" cannot be a name');
    if (typeof key === 'string' && token.test(key))
      walk.close(path, 'has a CDK token as a name, known only at deploy; write the name itself');
    else if (typeof key === 'string' && broken.test(key))
      walk.add(place, `${show(key)} cannot be a name; allowed: whole characters, without the character 0`);
    if (!checkData(walk, each, place, [...above, value])) finite = false;
  }
  return finite;
}

/** The members of an object; undefined where its own code fails: a getter, a proxy. */
function read(walk: Walk, value: object, path: string): [string | number, unknown][] | undefined {
  try {
    return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  } catch (error) {
    walk.close(path, `cannot be read: ${error instanceof Error ? error.message : show(error)}; ${plain}`);
    return undefined;
  }
}
