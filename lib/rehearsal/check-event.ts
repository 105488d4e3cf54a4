import type { Architecture } from '../model/architecture/index.js';
import { at, entries, isPlain, type Walk } from '../model/check/walk.js';
import { parseDuration, showDuration } from '../model/duration.js';
import { member, notAmong, wrong } from '../model/problem.js';
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
  checkDeaths(walk, events as readonly unknown[], architecture, around);
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

/** What was killed stays dead: nothing can be done to it later. */
function checkDeaths(walk: Walk, events: readonly unknown[], architecture: Architecture, { instances }: Around): void {
  const instancesOf = instancesFor(architecture, instances);
  const meant = (target: unknown): string[] => {
    const found = typeof target === 'string' ? instancesMeant(architecture, target, instancesOf) : '';
    return typeof found === 'string' ? [] : found.map(({ version, number }) => `${version}#${number}`);
  };
  const deaths = new Map<string, number>();
  for (const event of events) {
    for (const instance of meant(at(event, 'kill')))
      deaths.set(instance, Math.min(deaths.get(instance) ?? Number.POSITIVE_INFINITY, timeOf(event)));
  }
  for (const [index, event] of events.entries()) {
    for (const kind of ['stop', 'slow', 'fail', 'restore'] as const) {
      const dead = meant(at(event, kind));
      if (dead.length === 0 || !dead.every((instance) => (deaths.get(instance) ?? Number.POSITIVE_INFINITY) < timeOf(event))) continue;
      const path = member(member('events', index), kind);
      walk.add(path, `${dead.join(', ')} was killed before and does not come back; use stop where it is to be restored`);
    }
  }
}

const timeOf = (event: unknown): number => parseDuration(at(event, 'at')) ?? Number.POSITIVE_INFINITY;
