import type { Count, Rise } from './counters.js';
import type { Rehearsal } from './result.js';
import type { ScenarioEvent } from './scenario.js';
import { amount, deed } from './wording.js';

/** Something that happened, and when; `until` where it went on. */
export interface Entry {
  readonly at: number;
  readonly until: number;
  readonly text: string;
}

/** What was done, what Envoys counted (read twice a second) and what failed, in order of time. */
export function timeline(rehearsal: Rehearsal): Entry[] {
  const done = deeds(rehearsal);
  const seen = [...counts(rehearsal), ...ejections(rehearsal), ...failures(rehearsal)].sort(inTime);
  // Of what is told with the same moment, what was done comes first: a request that it fails may have been sent just before.
  return [...done, ...seen].sort((one, other) => tenth(one) - tenth(other));
}

const inTime = (one: Entry, other: Entry): number => one.at - other.at || one.until - other.until;

/** As it is told: by tenths of a second. */
const tenth = ({ at }: Entry): number => Math.round(at / 100);

function deeds({ happened, rises, scenario }: Rehearsal): Entry[] {
  return happened.flatMap(({ event, at, took }, index) => {
    const done: Entry = { at, until: lasting.has(event.kind) ? at + took : at, text: `${deed(event)}${inForce(event, took)}` };
    if (event.kind !== 'shift') return [done];
    const next = happened.slice(index + 1).find((later) => later.event.kind === 'shift' && later.event.target === event.target);
    return [done, ...seen(event, rises, at + took, next?.at ?? scenario.duration)];
  });
}

/** What goes on for a while. */
const lasting: ReadonlySet<ScenarioEvent['kind']> = new Set(['terminate', 'replace', 'scale']);

function inForce({ kind }: ScenarioEvent, took: number): string {
  if (kind === 'shift') return `, in every Envoy after ${Math.round(took)} ms`;
  return kind === 'rotate' ? `, in every Envoy after ${Math.round(took)} ms; connections that are open keep theirs` : '';
}

/** Where the requests went between two shifts. A counter is up to half a second late, so the first reading is of before. */
function seen(event: Extract<ScenarioEvent, { readonly kind: 'shift' }>, rises: readonly Rise[], from: number, until: number): Entry[] {
  const own = rises.filter(({ at, count }) => count === 'requests' && at > from + 500 && at <= until);
  const sums = event.to.map(({ version }) => ({ version, requests: sum(own.filter(({ callee }) => callee === version)) }));
  const all = sums.reduce((total, { requests }) => total + requests, 0);
  if (all === 0) return [];
  const shares = sums.map(({ version, requests }) => `${version} ${Math.round((requests / all) * 100)} %`).join(', ');
  return [{ at: from, until, text: `of ${amount(all, 'request')} to ${event.target}: ${shares}` }];
}

/** In which words Envoys' counters are told, and in which order. */
const words: readonly [Exclude<Count, 'requests' | 'retriesThatSucceeded' | 'ejections'>, (total: number, callee: string) => string][] = [
  [
    'brokenConnections',
    (total, callee) => `${amount(total, 'connection')} to ${callee} broke under way: tried again only where retries say reset`,
  ],
  ['failedConnects', (total, callee) => `${amount(total, 'connection')} to ${callee} could not be opened`],
  ['retries', (total, callee) => `${amount(total, 'retry', 'retries')} to ${callee}`],
  ['retriesHeldBack', (total, callee) => `${amount(total, 'retry', 'retries')} to ${callee} not made: the retry budget was used up`],
  ['refusedByPool', (total, callee) => `${amount(total, 'request')} to ${callee} refused: its pool was full`],
];

function counts({ rises }: Rehearsal): Entry[] {
  return words.flatMap(([count, text]) =>
    [...byCallee(rises.filter((rise) => rise.count === count))].map(([callee, own]): Entry => {
      const succeeded = sum(rises.filter((rise) => rise.count === 'retriesThatSucceeded' && rise.callee === callee));
      const more = count === 'retries' ? `, ${succeeded} of them with success` : '';
      return { at: own[0]!.at, until: own.at(-1)!.at, text: `${text(sum(own), callee === 'local/app' ? 'an app' : callee)}${more}` };
    }),
  );
}

function byCallee(rises: readonly Rise[]): ReadonlyMap<string, readonly Rise[]> {
  const groups = new Map<string, Rise[]>();
  for (const rise of rises) groups.set(rise.callee, [...(groups.get(rise.callee) ?? []), rise]);
  return groups;
}

/** One line for each instance, however many Envoys did it. */
function ejections({ ejections: all }: Rehearsal): Entry[] {
  return [...new Set(all.map(({ instance }) => instance))].map((instance) => {
    const own = all.filter((each) => each.instance === instance);
    const who = own.map(({ envoy }) => envoy).join(', ');
    return { at: own[0]!.at, until: own.at(-1)!.at, text: `outlier detection ejected ${instance.replace(/-(\d+)$/, '#$1')} (in ${who})` };
  });
}

/** How many causes of one route are told: the rest is rare. */
const mostCauses = 3;

function failures({ routes }: Rehearsal): Entry[] {
  return routes.flatMap(({ label, failures: failed, outcomes, causes }) => {
    if (failed.length === 0) return [];
    const kinds = Object.entries(outcomes).filter(([outcome]) => !/^[123]/.test(outcome));
    const how = kinds.map(([outcome, count]) => `${count} × ${outcome}`).join(', ');
    const [at, until] = [Math.min(...failed), Math.max(...failed)];
    const why = Object.entries(causes).slice(0, mostCauses);
    return [
      { at, until, text: `${amount(failed.length, 'request')} of ${label} failed: ${how}` },
      ...why.map(([cause, count]) => ({ at, until, text: `  ${count} × ${cause}` })),
    ];
  });
}

const sum = (rises: readonly Rise[]): number => rises.reduce((total, { by }) => total + by, 0);
