import type { Happened } from './act.js';
import type { Rise } from './counters.js';
import type { Judged } from './judge.js';
import type { Ejection } from './observer.js';
import type { Scenario } from './scenario.js';

/** What a rehearsal showed. Milliseconds from the first request. */
export interface Rehearsal {
  readonly scenario: Scenario;
  /** The architecture's name. */
  readonly architecture: string;
  /** In order of the scenario's load. */
  readonly routes: readonly RouteResult[];
  readonly happened: readonly Happened[];
  readonly rises: readonly Rise[];
  readonly ejections: readonly Ejection[];
  /** What is to be said of each Envoy that ended by itself. */
  readonly deaths: readonly string[];
  /** The most that a request was sent after its time. */
  readonly latest: number;
}

/** What the clients of one route saw. */
export interface RouteResult {
  readonly label: string;
  /** Requests a second. */
  readonly rate: number;
  readonly sent: number;
  readonly ok: number;
  /** When each request was sent that failed. */
  readonly failures: readonly number[];
  /** How often each outcome came: `200`, `no answer`, `not sent`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Undefined where no answer came. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly slowest: number | undefined;
  /** Calls inside the mesh that its requests caused, and tries that they took. */
  readonly calls: number;
  readonly tries: number;
  /** Why its requests failed, where the mesh knows, the most frequent first: how often each cause came. */
  readonly causes: Readonly<Record<string, number>>;
  /** Empty where nothing was expected. */
  readonly judged: readonly Judged[];
}

export interface Verdict {
  readonly met: number;
  readonly all: number;
}

/** An Envoy that ended by itself is an expectation that nobody has to write. */
export function verdictOf({ routes, deaths }: Rehearsal): Verdict {
  const judged = routes.flatMap((route) => route.judged);
  return { met: judged.filter(({ met }) => met).length, all: judged.length + deaths.length };
}
