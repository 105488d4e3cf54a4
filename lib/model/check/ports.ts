import * as leaf from '../leaf/index.js';
import { grammar } from '../name.js';
import { meshPortOf } from '../port.js';
import { member } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { sidecarPortProblem } from './sidecar-ports.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** Further ports of a service's app: each a port of its own, for the app and for the sidecar. */
export function checkPorts(walk: Walk, service: unknown, name: string, path: string): void {
  const ports = at(service, 'ports');
  if (ports === undefined) return;
  const place = member(path, 'ports');
  if (isPlain(service) && at(service, 'listen') === undefined)
    walk.add(place, `${name} has no \`listen\`, and further ports stand beside it; add \`listen\`, or remove this`);
  const taken = new Map([[at(at(service, 'listen'), 'port'), 'listen']]);
  const entrances = new Map<number, string>();
  walk.map(ports, place, grammar.version, 'port', (port, each, here) => {
    walk.leaf(leaf.listen, port, here);
    const number = at(port, 'port');
    const other = taken.get(number);
    const problem = sidecarPortProblem(number);
    if (typeof number !== 'number') return;
    if (other !== undefined) walk.add(member(here, 'port'), `got ${number}, as ${other} has; each needs a port of its own`);
    else if (problem !== undefined) walk.add(member(here, 'port'), problem);
    taken.set(number, `\`${each}\``);
    const entrance = meshPortOf(each);
    const rival = entrances.get(entrance);
    if (rival !== undefined) walk.add(here, `takes port ${entrance} of the sidecar, as \`${rival}\` does; choose another name`);
    entrances.set(entrance, each);
    if (hasRequests(at(port, 'protocol')))
      for (const field of ['idleTimeout', 'maxAge'])
        if (at(port, field) !== undefined) walk.add(member(here, field), 'is for protocol "tcp"; requests have timeouts; remove it');
  });
}

/** `pricing:metrics`, for each further port that there is. */
export const portNames = (services: unknown): string[] =>
  entries(services).flatMap(([name, service]) => entries(at(service, 'ports')).map(([port]) => `${name}:${port}`));
