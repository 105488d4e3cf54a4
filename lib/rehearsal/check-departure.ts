import type { Architecture } from '../model/architecture/index.js';
import { at, type Walk } from '../model/check/walk.js';
import { parseDuration } from '../model/duration.js';
import { member } from '../model/problem.js';
import { instancesFor } from './instances.js';
import type { EventKind } from './leaf.js';
import { instancesMeant } from './target.js';

/** An instance that is no longer there from some moment on, or may not be. */
interface Departure {
  /** `pricing-v1#2`. */
  readonly instance: string;
  readonly time: number;
  readonly kind: 'kill' | 'terminate' | 'replace' | 'scale';
}

const says: Record<Departure['kind'], (gone: string) => string> = {
  kill: (gone) => `${gone} was killed before and does not come back; use stop where it is to be restored`,
  terminate: (gone) => `${gone} was terminated before and does not come back; use replace where another one takes its place`,
  replace: (gone) => `${gone} was replaced before, by an instance with a number of its own; name the version instead`,
  scale: (gone) => `${gone} ended when its version was scaled before; name the version instead`,
};

/** What nothing can be done to. A killed one can be replaced, as ECS does. */
const touching: readonly (readonly [EventKind, readonly Departure['kind'][]])[] = [
  ...(['stop', 'slow', 'fail', 'restore'] as const).map((kind) => [kind, ['kill', 'terminate', 'replace', 'scale']] as const),
  ...(['kill', 'terminate', 'replace'] as const).map((kind) => [kind, ['terminate', 'replace', 'scale']] as const),
];

/** Whoever is gone when something is to be done to it. A service or a version means whichever of its instances are there, so only where none is left. */
export function checkDepartures(walk: Walk, events: readonly unknown[], architecture: Architecture, instances: unknown): void {
  const instancesOf = instancesFor(architecture, instances);
  const meant = (target: unknown): { readonly version: string; readonly number: number }[] => {
    const found = typeof target === 'string' ? instancesMeant(architecture, target, instancesOf) : '';
    return typeof found === 'string' ? [] : [...found];
  };
  const departures = events.flatMap((event): Departure[] => {
    const time = timeOf(event);
    const gone = (kind: 'kill' | 'terminate' | 'replace') => meant(at(event, kind)).map((each) => ({ instance: named(each), time, kind }));
    const to = Number(at(event, 'to'));
    const scaled = meant(at(event, 'scale')).filter(({ number }) => number > to);
    return [
      ...gone('kill'),
      ...gone('terminate'),
      ...gone('replace'),
      ...scaled.map((each) => ({ instance: named(each), time, kind: 'scale' as const })),
    ];
  });
  for (const [index, event] of events.entries()) {
    for (const [kind, by] of touching) {
      const target = at(event, kind);
      const one = typeof target === 'string' && target.includes('#');
      const ways = one ? by : by.filter((way) => way === 'kill' || way === 'terminate');
      const all = meant(target).map(named);
      const gone = all.map((instance) => firstOf(departures, instance, timeOf(event), ways));
      if (gone.length === 0 || gone.some((departure) => departure === undefined)) continue;
      if (!one && refilled(events, target, timeOf(event))) continue;
      walk.add(member(member('events', index), kind), says[gone[0]!.kind](all.join(', ')));
    }
  }
}

const firstOf = (
  departures: readonly Departure[],
  instance: string,
  before: number,
  ways: readonly Departure['kind'][],
): Departure | undefined => departures.find((each) => each.instance === instance && each.time < before && ways.includes(each.kind));

/** Whether instances came by then that no number says. */
const refilled = (events: readonly unknown[], target: unknown, before: number): boolean =>
  events.some((event) => timeOf(event) < before && [at(event, 'scale'), at(event, 'replace')].includes(target));

const named = ({ version, number }: { readonly version: string; readonly number: number }): string => `${version}#${number}`;

const timeOf = (event: unknown): number => parseDuration(at(event, 'at')) ?? Number.POSITIVE_INFINITY;
