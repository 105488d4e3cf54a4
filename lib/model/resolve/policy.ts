import type { ModelPath, Policy, Retries } from '../architecture/index.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { PolicySpec, RetriesSpec } from '../spec/index.js';
import type { Defaults } from './defaults.js';
import { backOffOf } from './resilience.js';
import type { Written } from './written.js';

/**
 * Merges policies, the nearest first: whole fields, the first that says something. `route` is the callee's own, whose timeout is a bound:
 * where a caller says something too, the stricter holds.
 */
export function mergePolicy(callers: readonly Written[], route: Written | undefined, defaults: Defaults): Policy {
  const all = [...callers, ...(route === undefined ? [] : [route]), ...defaults.policies];
  const bound = route?.spec?.timeout === undefined ? undefined : route;
  let timeout = first(all, 'timeout');
  if (bound !== undefined && parseDuration(bound.spec!.timeout)! < parseDuration(timeout.spec!.timeout)!) timeout = bound;
  const [idle, retries] = [first(all, 'idle'), first(all, 'retries')];
  return {
    timeout: parseDuration(timeout.spec!.timeout)!,
    idle: parseDuration(idle.spec!.idle)!,
    retries: resolveRetries(retries.spec!.retries!, defaults.budget),
    from: { timeout: sourceOf(timeout, 'timeout'), idle: sourceOf(idle, 'idle'), retries: sourceOf(retries, 'retries') },
  };
}

/** The retry budget that the nearest retries state; undefined where they do not. */
export function statedBudget(nearest: readonly Written[], defaults: Defaults): number | undefined {
  const { retries } = first([...nearest, ...defaults.policies], 'retries').spec!;
  return typeof retries === 'object' ? retries.budget : undefined;
}

const first = (all: readonly Written[], field: keyof PolicySpec): Written => all.find(({ spec }) => spec?.[field] !== undefined)!;
const sourceOf = ({ path, whole = false }: Written, field: string): ModelPath => (whole ? path : member(path, field));

/** `unprocessed` is always among the events: it is safe for every request, and who asks for more wants it too. */
function resolveRetries(retries: RetriesSpec | false, usualBudget: number | undefined): Retries | undefined {
  if (retries === false) return undefined;
  const on = [...new Set(['unprocessed' as const, ...(retries.on ?? [])])].sort();
  const { max, perTry, budget = usualBudget, backOff } = retries;
  return { max, perTry: parseDuration(perTry), on, budget, backOff: backOffOf(backOff) };
}
