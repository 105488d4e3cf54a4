import type { ModelPath, Policy, Retries } from '../architecture.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { PolicySpec, RetriesSpec } from '../spec.js';

/** A policy as written, and where. */
export interface Written {
  readonly spec: PolicySpec | undefined;
  readonly path: ModelPath;
}

const safe: Written = { spec: { timeout: '2s', retries: { max: 1, on: ['unprocessed'] } }, path: 'default' };

/**
 * Merges policies, the nearest first: whole fields, the first that says something. `route` is the callee's own, whose timeout is a bound:
 * where a caller says something too, the stricter holds.
 */
export function mergePolicy(callers: readonly Written[], route: Written | undefined, defaults: Written): Policy {
  const all = [...callers, ...(route === undefined ? [] : [route]), defaults, safe];
  const bound = route?.spec?.timeout === undefined ? undefined : route;
  let timeout = first(all, 'timeout');
  if (bound !== undefined && parseDuration(bound.spec!.timeout)! < parseDuration(timeout.spec!.timeout)!) timeout = bound;
  const retries = first(all, 'retries');
  return {
    timeout: parseDuration(timeout.spec!.timeout)!,
    retries: resolveRetries(retries.spec!.retries!),
    from: { timeout: sourceOf(timeout, 'timeout'), retries: sourceOf(retries, 'retries') },
  };
}

const first = (all: readonly Written[], field: keyof PolicySpec): Written => all.find(({ spec }) => spec?.[field] !== undefined)!;
const sourceOf = ({ path }: Written, field: string): ModelPath => (path === 'default' ? path : member(path, field));

/** `unprocessed` is always among the events: it is safe for every request, and who asks for more wants it too. */
function resolveRetries(retries: RetriesSpec | false): Retries | undefined {
  if (retries === false) return undefined;
  const on = [...new Set(['unprocessed' as const, ...(retries.on ?? [])])].sort();
  return { max: retries.max, perTry: parseDuration(retries.perTry), on };
}
