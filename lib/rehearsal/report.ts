import { grouped } from '../count.js';
import { bucketed, charts, columnOf, type Series } from './chart.js';
import { triesEach } from './judge.js';
import { type Rehearsal, type RouteResult, verdictOf } from './result.js';
import { timeline } from './timeline.js';
import { amount, deed, headline, moment } from './wording.js';

/** A request that was sent so late, in milliseconds, says more of this machine than of the mesh. */
const tooLate = 100;

/** What a person reads: what each client route saw, when, and what was counted; the verdict is the last line. */
export function renderRehearsal(rehearsal: Rehearsal): string {
  const { scenario, latest, deaths } = rehearsal;
  const blocks = [
    [headline(scenario), ...(scenario.about === undefined ? [] : [scenario.about])],
    table(
      ['client route', 'sent', 'ok', 'failed', 'p50', 'p99', 'retries', 'tries each', 'expected', 'result'],
      rehearsal.routes.flatMap(rowsOf),
    ),
    charts(seriesOf(rehearsal), scenario.duration),
    happened(rehearsal),
    deaths.map((message) => `ended by itself: ${message}`),
    tooMuch(rehearsal),
    tooShort(rehearsal),
    latest > tooLate ? [`this machine was busy: a request was sent ${Math.round(latest)} ms after its time, so times say little`] : [],
    [`${rehearsal.architecture}: ${scenario.name}: ${verdict(rehearsal)}`],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function verdict(rehearsal: Rehearsal): string {
  const { met, all } = verdictOf(rehearsal);
  if (met < all) return `${all - met} of ${amount(all, 'expectation')} not met`;
  return all === 1 ? 'the expectation is met' : `all ${all} expectations met`;
}

/** A row for the route, with its first expectation, and one for each further expectation. */
function rowsOf(route: RouteResult): string[][] {
  const { label, sent, ok, failures, p50, p99, judged, calls, tries } = route;
  const each = triesEach(route);
  const own = [
    label,
    grouped(sent),
    grouped(ok),
    grouped(failures.length),
    time(p50),
    time(p99),
    grouped(Math.max(0, tries - calls)),
    each === undefined ? '-' : each.toFixed(2),
  ];
  const rest = own.map(() => '');
  const verdicts = judged.map(({ expected, got, met }) => [expected, met ? 'met' : `NOT met: ${got}`]);
  return (verdicts.length === 0 ? [['-', '-']] : verdicts).map((cells, index) => [...(index === 0 ? own : rest), ...cells]);
}

const time = (milliseconds: number | undefined): string => (milliseconds === undefined ? '-' : `${grouped(Math.round(milliseconds))} ms`);

/** Numbers to the right, words to the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const numbers = (column: number) => column >= 1 && column <= 7;
  return all.map((row) =>
    row
      .map((cell, column) => (numbers(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** What failed and what was tried again, by time; and where the requests of a service went that was shifted. */
function seriesOf({ scenario, routes, rises }: Rehearsal): Series[] {
  const { duration } = scenario;
  const per = columnOf(duration) === 1_000 ? '/s' : ` in ${columnOf(duration) / 1_000} s`;
  const failed = routes.flatMap(({ failures }) => failures.map((at) => ({ at, by: 1 })));
  const retried = rises.filter(({ count }) => count === 'retries');
  const versions = new Set(scenario.events.flatMap((event) => (event.kind === 'shift' ? event.to.map(({ version }) => version) : [])));
  const all: Series[] = [
    { name: `failed${per}`, amounts: bucketed(failed, duration) },
    { name: `retries${per}`, amounts: bucketed(retried, duration) },
    ...[...versions].map((version) => ({
      name: `${version}${per}`,
      amounts: bucketed(
        rises.filter(({ count, callee }) => count === 'requests' && callee === version),
        duration,
      ),
    })),
  ];
  return all.filter(({ amounts }) => amounts.some((each) => each > 0));
}

function happened(rehearsal: Rehearsal): string[] {
  const entries = timeline(rehearsal).map(({ at, until, text }) => ({
    when: moment(until) === moment(at) ? moment(at) : `${moment(at).replace(' s', '')} – ${moment(until)}`,
    text,
  }));
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(({ when }) => when.length));
  return ['what happened', ...entries.map(({ when, text }) => `  ${when.padStart(width)}  ${text}`), retriesInAll(rehearsal)];
}

/** What fails before anything is done to it fails for another reason. A second is for requests that were under way. */
function tooMuch({ routes, happened: done, scenario }: Rehearsal): string[] {
  const first = (done[0]?.at ?? scenario.duration + 1_000) - 1_000;
  const failed = routes.filter(({ failures }) => failures.some((at) => at < first));
  const early = failed.flatMap(({ failures }) => failures.filter((at) => at < first)).length;
  if (early === 0) return [];
  // What is refused is refused at any rate; 429 alone is of load.
  const refused = failed.every(({ outcomes }) => Object.keys(outcomes).every((outcome) => /^[1-4]/.test(outcome) && outcome !== '429'));
  const why = refused ? 'they are refused whatever the load' : 'this load may be too much here; try a lower rate';
  return [`${amount(early, 'request')} failed before anything was done: ${why}`];
}

/** What goes on after the last request says nothing. */
function tooShort({ happened: done, scenario }: Rehearsal): string[] {
  const late = done.filter(({ at, took }) => at + took > scenario.duration);
  return late.map(
    ({ event, at, took }) =>
      `${deed(event)}: that took until ${moment(at + took)}, after the last request; a longer duration would show all of it`,
  );
}

/** Said even where there were none: retries are how a mesh hides trouble. */
function retriesInAll({ rises }: Rehearsal): string {
  const retries = rises.filter(({ count }) => count === 'retries').reduce((sum, { by }) => sum + by, 0);
  return `  retries in all, by Envoy's counters: ${grouped(retries)}`;
}
