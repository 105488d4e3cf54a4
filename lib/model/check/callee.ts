import { parseCallee } from '../callee.js';
import { notAmong, show } from '../problem.js';
import type { Walk } from './walk.js';

/** A reference to whom a call or a gateway's route asks: a service, an external, or a further port as `pricing:metrics`. */
export function referToCallee(walk: Walk, written: unknown, path: string, names: readonly string[]): void {
  if (typeof written !== 'string' || names.includes(written)) return walk.reference(written, path, 'a service or external', names);
  const { name, port } = parseCallee(written);
  if (port === undefined || !names.includes(name)) return walk.reference(written, path, 'a service or external', names);
  const own = names.flatMap((each) => (each.startsWith(`${name}:`) ? [each.slice(name.length + 1)] : []));
  if (own.length > 0) walk.add(path, notAmong(port, `a port of ${name}`, own));
  else walk.add(path, `${name} has no further ports; allowed: ${show(name)}, where it listens`);
}
