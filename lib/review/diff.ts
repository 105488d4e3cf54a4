import type { Aspects } from './aspects.js';
import { type Change, inTellingOrder, type Topic } from './change.js';
import { directionOf, directionOfGone, directionOfNew } from './direction.js';
import { type Facts, type Kind, kinds } from './facts.js';
import { reordered } from './rules.js';

/** What changes of a kind are about. */
const topics: Record<Kind, Topic> = {
  routes: 'security',
  access: 'security',
  authorizers: 'security',
  gateways: 'security',
  acknowledged: 'security',
  calls: 'reliability',
  services: 'reliability',
  externals: 'security',
  environments: 'reliability',
  mesh: 'security',
};
/** Aspects that are about something else than their kind. */
const ownTopics: Readonly<Record<string, Topic>> = {
  target: 'shape',
  'longest wait': 'reliability',
  tries: 'reliability',
  'further tries': 'reliability',
  silence: 'reliability',
  'faults on purpose': 'reliability',
  address: 'security',
  'used by': 'security',
  answer: 'shape',
  'asked at': 'shape',
  'told by': 'shape',
  domain: 'shape',
  owner: 'shape',
  listens: 'shape',
  kind: 'shape',
  'token of': 'security',
  'token claims': 'security',
  'token for': 'security',
  production: 'security',
  defaults: 'reliability',
};

/** What changed between two states: security first, in it what got weaker first. Empty where nothing did. */
export function changesBetween(before: Facts, after: Facts): Change[] {
  const single = onlyGateway(before, after);
  const found = kinds.flatMap((kind) => {
    const [was, is] = [before[kind] ?? {}, after[kind] ?? {}];
    const [old, now] = kind === 'routes' ? [throttled(was, is, before), throttled(is, was, after)] : [was, is];
    return changesOf(kind, old, now, (subject) => nameOf(kind, subject, single));
  });
  return inTellingOrder(found);
}

/** Where a route has a throttle of its own in the other state alone, what its gateway's was is what it is compared with. */
function throttled(routes: Facts['routes'], other: Facts['routes'], { gateways }: Facts): Facts['routes'] {
  return Object.fromEntries(
    Object.entries(routes).map(([route, aspects]) => {
      const throttle = gateways?.[route.split(' ')[0]!]?.['throttle'];
      const told = 'throttle' in aspects || other[route]?.['throttle'] === undefined || throttle === undefined;
      return [route, told ? aspects : { ...aspects, throttle: `the gateway's ${throttle}` }];
    }),
  );
}

function changesOf(
  kind: Kind,
  before: Readonly<Record<string, Aspects>>,
  after: Readonly<Record<string, Aspects>>,
  name: (subject: string) => string,
): Change[] {
  const subjects = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return subjects.flatMap((subject): Change[] => {
    const [was, is] = [before[subject], after[subject]];
    if (was === undefined && is !== undefined)
      return [{ topic: topics[kind], direction: directionOfNew(kind, is), is: `new: ${name(subject)}: ${summary(is)}` }];
    if (is === undefined && was !== undefined)
      return [{ topic: topics[kind], direction: directionOfGone(kind, was), is: `gone: ${name(subject)}: ${summary(was)}` }];
    return changedAspects(kind, was ?? {}, is ?? {}).map(({ aspect, old, now }) => ({
      topic: topicOf(kind, aspect),
      direction: directionOf(kind, aspect, old, now),
      is: `${name(subject)}: ${aspect === 'requests' ? '' : `${aspect} `}${old ?? 'none'} → ${now ?? 'none'}`,
    }));
  });
}

/** `tries where GET /a` are of the topic of `tries`. */
const topicOf = (kind: Kind, aspect: string): Topic => ownTopics[aspect] ?? ownTopics[aspect.split(' where ')[0]!] ?? topics[kind];

interface ChangedAspect {
  readonly aspect: string;
  readonly old: string | undefined;
  readonly now: string | undefined;
}

/** The aspects that differ, in the order of the newer state, and another order of the rules that stayed. */
function changedAspects(kind: Kind, was: Aspects, is: Aspects): readonly ChangedAspect[] {
  const changed = [...new Set([...Object.keys(is), ...Object.keys(was)])]
    .map((aspect) => ({ aspect, old: effective(kind, was, aspect), now: effective(kind, is, aspect) }))
    .filter(({ old, now }) => old !== now);
  const order = kind === 'services' ? reordered(was, is) : undefined;
  return order === undefined ? changed : [...changed, { aspect: 'rules in the order', old: order.was, now: order.is }];
}

/** What has no timeout or tries of its own (`timeout where GET /a`) has those of any other request. */
function effective(kind: Kind, aspects: Aspects, aspect: string): string | undefined {
  const [general] = kind === 'calls' || kind === 'routes' ? (/^(timeout|tries)(?= where )/.exec(aspect) ?? []) : [];
  return aspects[aspect] ?? (general === undefined ? undefined : aspects[general]);
}

/** The first two aspects say what a thing is; the rest stands in the pages. */
const summary = (aspects: Aspects): string =>
  Object.entries(aspects)
    .slice(0, 2)
    .map(([aspect, value]) => (aspect === 'requests' ? value : `${aspect} ${value}`))
    .join(', ');

function onlyGateway(before: Facts, after: Facts): string | undefined {
  const names = new Set([...Object.keys(before.gateways ?? {}), ...Object.keys(after.gateways ?? {})]);
  return names.size === 1 ? [...names][0] : undefined;
}

/** Routes without their gateway's name where there is only one; the rest with what they are, where the name alone does not say it. */
function nameOf(kind: Kind, subject: string, single: string | undefined): string {
  if (kind === 'routes') return single !== undefined && subject.startsWith(`${single} `) ? subject.slice(single.length + 1) : subject;
  if (kind === 'access' || kind === 'calls') return subject;
  return (
    {
      authorizers: 'authorizer ',
      gateways: 'gateway ',
      acknowledged: 'acknowledged ',
      services: 'service ',
      externals: 'external ',
      environments: 'environment ',
      mesh: '',
    }[kind] + subject
  );
}
