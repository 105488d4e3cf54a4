import type { Architecture } from '../model/architecture/index.js';
import { at, entries, isPlain, type Walk } from '../model/check/walk.js';
import { parseDuration, showDuration } from '../model/duration.js';
import { member, notAmong, show, wrong } from '../model/problem.js';
import { checkDepartures } from './check-departure.js';
import { instancesFor } from './instances.js';
import * as leaf from './leaf.js';
import { instancesMeant } from './target.js';

export interface Around {
  readonly duration: number | undefined;
  /** As written. */
  readonly instances: unknown;
}

export function checkEvents(walk: Walk, events: unknown, architecture: Architecture, around: Around): void {
  if (events === undefined) return;
  const { error } = leaf.eventList.safeParse(events);
  if (error !== undefined) return walk.add('events', wrong(events, error.issues[0]!.message));
  for (const [index, event] of (events as readonly unknown[]).entries())
    checkEvent(walk, event, member('events', index), architecture, around);
  checkDepartures(walk, events as readonly unknown[], architecture, around.instances);
}

function checkEvent(walk: Walk, event: unknown, path: string, architecture: Architecture, { duration, instances }: Around): void {
  const kinds = leaf.eventKinds.filter((kind) => at(event, kind) !== undefined);
  const [kind] = kinds;
  if (!isPlain(event) || kind === undefined || kinds.length > 1) {
    const several = kinds.length > 1 ? `got ${kinds.join(' and ')}; ` : isPlain(event) ? '' : `${wrong(event, 'an event')}; `;
    return walk.close(
      path,
      `${several}an event has a time and one of ${leaf.eventKinds.join(', ')}, such as { at: "10s", kill: "pricing-v1#2" }`,
    );
  }
  walk.leaf(leaf.events[kind], event, path);
  const time = parseDuration(at(event, 'at'));
  if (time !== undefined && duration !== undefined && time >= duration) {
    walk.add(member(path, 'at'), `${showDuration(time)} is not before the end at ${showDuration(duration)}`);
  }
  const target = at(event, kind);
  if (typeof target !== 'string' || kind === 'rotate') return;
  if (kind === 'shift') return checkShift(walk, event, path, architecture);
  if (kind === 'scale' && target.includes('#')) {
    return walk.add(member(path, kind), `${target} is one instance; name its version: ${show(target.replace(/#.*$/, ''))}`);
  }
  const meant = instancesMeant(architecture, target, instancesFor(architecture, instances));
  if (typeof meant === 'string') walk.add(member(path, kind), meant);
}

function checkShift(walk: Walk, event: unknown, path: string, { services }: Architecture): void {
  const name = String(at(event, 'shift'));
  const service = services.find((each) => each.name === name);
  if (service === undefined) {
    const names = services.map((each) => each.name);
    return walk.add(member(path, 'shift'), notAmong(name, 'a service', names));
  }
  const versions = service.versions.flatMap((version) => version.name ?? []);
  if (versions.length < 2) return walk.add(member(path, 'shift'), `${name} has one version: there is nothing to shift between`);
  if (service.listen?.protocol === 'tcp') {
    return walk.add(member(path, 'shift'), `${name} speaks tcp: its connections are split when they open, and a twin shifts requests`);
  }
  const weights = entries(at(event, 'to'));
  for (const [version] of weights) {
    if (!versions.includes(version)) walk.add(member(member(path, 'to'), version), notAmong(version, `a version of ${name}`, versions));
  }
  if (weights.every(([, weight]) => weight === 0)) walk.add(member(path, 'to'), 'one version at least needs a weight above 0');
}
