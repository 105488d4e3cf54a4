import type { Architecture, Service } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check, Found } from './check.js';
import { type CallPaths, callPaths } from './paths.js';
import { givenBy } from './tries.js';

/**
 * What a service promises, what it depends on and who waits for it agree:
 *
 * - `availability(u) ≤ ∏ availability(v)` over the services that it calls, each once. Their promises include what they depend on themselves, so nothing is
 *   multiplied further down; retries add nothing where a service is down.
 * - `p99(u) ≥ p99(v)` for each of them: who waits for another is no faster than it. Percentiles do not add up, so no sum is asked for.
 * - `p99(u) ≤` what each of its callers waits for one try.
 *
 * A call that fails over, and one that not every request makes (`fanOut` below 1), require nothing; what a service consumes from a queue neither.
 */
export const objectivesAreReachable: Check = {
  id: 'objectives-are-reachable',
  severity: 'warning',
  why: 'the promise breaks while everything else keeps its own, and nobody can say who is to repair what',
  *find(architecture) {
    const paths = callPaths(architecture);
    for (const service of architecture.services) {
      const required = requiredBy(architecture, service);
      yield* availability(service, required);
      yield* noFasterThan(service, required);
      yield* withinWaits(service, paths);
    }
  },
};

/** The services that every request of a service needs, each once. */
export function requiredBy({ services, calls }: Architecture, { name }: Service): readonly Service[] {
  const needed = calls.filter(({ from, fanOut, failover }) => from === name && fanOut >= 1 && failover.length === 0);
  return services.filter((service) => needed.some(({ to }) => to === service.name));
}

/** What services promise together, in percent, with how that follows; undefined where none of them promises. */
export function together(services: readonly Service[]): { readonly percent: number; readonly arithmetic: string } | undefined {
  const promises = services.flatMap(({ name, objective: { availability } }) =>
    availability === undefined ? [] : [{ name, availability }],
  );
  if (promises.length === 0) return undefined;
  const percent = promises.reduce((product, { availability }) => (product * availability) / 100, 100);
  const factors = promises.map(({ name, availability }) => `${name} ${availability} %`).join(' × ');
  return { percent, arithmetic: promises.length === 1 ? factors : `${factors} = ${showPercent(percent)}` };
}

/** Rounded down to three decimals: a bound never reads higher than it is. */
export const showPercent = (percent: number): string => `${roundDown(percent)} %`;

/** Products of decimals are a little off: the ninth decimal decides nothing. */
const roundDown = (percent: number): number => Math.floor(percent * 1_000 + 1e-6) / 1_000;

function* availability({ name, path, objective }: Service, required: readonly Service[]): Generator<Found> {
  const bound = together(required);
  if (objective.availability === undefined || bound === undefined || objective.availability <= bound.percent + 1e-9) return;
  const at = `${path}.objective.availability`;
  yield {
    at,
    is: `${name} promises ${objective.availability} %, and what it calls promises less: ${bound.arithmetic}`,
    fix: { set: at, to: String(roundDown(bound.percent)) },
  };
}

function* noFasterThan({ name, path, objective: { p99 } }: Service, required: readonly Service[]): Generator<Found> {
  if (p99 === undefined) return;
  const at = `${path}.objective.latency.p99`;
  const slower = required.filter((callee) => (callee.objective.p99 ?? 0) > p99);
  const [slowest] = [...slower].sort((one, other) => other.objective.p99! - one.objective.p99!);
  if (slowest === undefined) return;
  const others = slower.length === 1 ? '' : `, and ${slower.length - 1} more of its callees are slower than that too`;
  yield {
    at,
    is: `${name} promises ${showDuration(p99)} at p99 and calls ${slowest.name}, which promises ${showDuration(slowest.objective.p99!)}${others}`,
    fix: { set: at, to: `'${showDuration(slowest.objective.p99!)}'` },
  };
}

function* withinWaits({ name, path, objective: { p99 } }: Service, paths: CallPaths): Generator<Found> {
  if (p99 === undefined) return;
  const at = `${path}.objective.latency.p99`;
  const impatient = paths.to(name).filter((hop) => givenBy(hop) < p99);
  const [most] = [...impatient].sort((one, other) => givenBy(one) - givenBy(other));
  if (most === undefined) return;
  const others = impatient.length === 1 ? '' : `, and ${impatient.length - 1} more wait less than that too`;
  yield {
    at,
    is: `${name} promises ${showDuration(p99)} at p99, and ${most.by} waits ${showDuration(givenBy(most))} for it${others}`,
    fix: `promise ${showDuration(givenBy(most))} or less here, or give ${most.by} → ${name} at least ${showDuration(p99)} a try`,
  };
}
