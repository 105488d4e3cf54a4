import { triesEach } from './judge.js';
import { type Rehearsal, verdictOf } from './result.js';
import { timeline } from './timeline.js';

/** The report for machines. Times in milliseconds, from the first request; `version` grows when a field changes its meaning. */
export function rehearsalAsJson(rehearsal: Rehearsal): object {
  const { scenario, architecture, routes, rises, deaths, latest } = rehearsal;
  const { met, all } = verdictOf(rehearsal);
  return {
    version: 1,
    architecture,
    scenario: scenario.name,
    duration: scenario.duration,
    routes: routes.map(({ failures, ...route }) => ({
      route: route.label,
      rate: route.rate,
      sent: route.sent,
      ok: route.ok,
      failed: failures.length,
      outcomes: route.outcomes,
      causes: route.causes,
      p50: rounded(route.p50),
      p99: rounded(route.p99),
      slowest: rounded(route.slowest),
      calls: route.calls,
      tries: route.tries,
      triesEach: triesEach(route),
      expectations: route.judged,
    })),
    retries: rises.filter(({ count }) => count === 'retries').reduce((sum, { by }) => sum + by, 0),
    happened: timeline(rehearsal).map(({ at, until, text }) => ({ at: Math.round(at), until: Math.round(until), text: text.trimStart() })),
    endedByThemselves: deaths,
    latest: Math.round(latest),
    expectations: { met, notMet: all - met },
  };
}

const rounded = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Number(milliseconds.toFixed(1));
