import * as leaf from '../leaf/index.js';
import { grammar } from '../name.js';
import { member } from '../problem.js';
import { type Callable, checkCalls } from './call.js';
import { checkSchedule } from './duty.js';
import { checkInterception } from './interception.js';
import { checkListen } from './listen.js';
import { checkPorts } from './ports.js';
import { checkZones } from './resilience.js';
import { checkRoutes } from './route.js';
import { at, type Walk } from './walk.js';

/** The names that a service may use. */
interface Names extends Callable {
  readonly services: readonly string[];
  /** Who declares a call to a service. */
  readonly callersOf: (service: string) => readonly string[];
}

export function checkService(walk: Walk, service: unknown, name: string, path: string, names: Names): void {
  walk.leaf(leaf.service, service, path, [
    'versions',
    'ports',
    'calls',
    'traffic',
    'routes',
    'access',
    'tokens',
    'consumes',
    'acknowledge',
  ]);
  walk.acknowledge(at(service, 'acknowledge'), member(path, 'acknowledge'));
  walk.map(at(service, 'versions'), member(path, 'versions'), grammar.version, 'version', (version, _, place) => {
    walk.leaf(leaf.version, version, place);
    checkScale(walk, at(version, 'scale'), member(place, 'scale'));
  });
  checkScale(walk, at(service, 'scale'), member(path, 'scale'));
  checkListen(walk, service, name, path);
  checkZones(walk, service, name, path);
  checkPorts(walk, service, name, path);
  checkInterception(walk, service, path);
  checkSchedule(walk, service, name, path);
  const { services, callersOf } = names;
  checkRoutes(walk, service, path, { service: name, protocol: at(at(service, 'listen'), 'protocol'), services, callers: callersOf(name) });
  checkCalls(walk, service, name, path, names);
}

export function checkScale(walk: Walk, scale: unknown, path: string): void {
  const [min, max] = [at(scale, 'min'), at(scale, 'max')];
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    walk.add(member(path, 'max'), `got ${max}, less than min ${min}; allowed: ${min} or more`);
}
