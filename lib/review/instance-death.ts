import type { CallPaths } from '../checks/paths.js';
import type { Architecture } from '../model/architecture/index.js';
import { and, table } from './markdown.js';

/** Versions that are named in a row; of more, only how many. */
const mostNames = 8;

/** Versions of the same size whose requests are tried again within the same budget. */
interface Group {
  readonly instances: number;
  readonly budget: number;
  readonly versions: string[];
}

/**
 * Where a death is noticed: one of so few instances is a larger share of the requests than the budget lets be tried again. A note and no finding: it passes in
 * seconds, and holds for everyone who runs two instances.
 */
export function instanceDeath({ services }: Architecture, paths: CallPaths): string | undefined {
  const groups = new Map<string, Group>();
  for (const { id, service, scale } of services.flatMap(({ versions }) => versions)) {
    const budget = budgetFor(paths, service, id);
    if (budget === undefined || scale.min < 2 || 100 / scale.min <= budget) continue;
    const key = `${scale.min} ${budget}`;
    const group = groups.get(key) ?? { instances: scale.min, budget, versions: [] };
    group.versions.push(id);
    groups.set(key, group);
  }
  if (groups.size === 0) return undefined;
  const rows = [...groups.values()]
    .sort((one, other) => one.instances - other.instances || one.budget - other.budget)
    .map(({ instances, budget, versions }) => [
      String(instances),
      named(versions),
      `1 / ${instances} = ${percent(100 / instances)}`,
      percent(budget),
    ]);
  return [
    '## When an instance dies',
    'Its share of the requests is tried again until each caller has met enough errors in a row to leave it alone (5 unless declared otherwise). Beyond the retry budget, and beyond 3 at a time, callers get 503 meanwhile. More instances or `retries.budget` make room.',
    table(['instances', 'of', 'tried again', 'the budget lets through'], rows),
  ].join('\n\n');
}

/** The least share that a caller's further tries may be, of those that try again what never reached the app; undefined where none does. */
function budgetFor(paths: CallPaths, service: string, version: string): number | undefined {
  const rules = paths
    .to(service)
    .flatMap((hop) => hop.rules)
    .filter(({ to }) => to.some((split) => split.version === version && split.weight > 0));
  const budgets = rules.flatMap(({ policy: { retries } }) => (retries?.on.includes('unprocessed') ? (retries.budget ?? []) : []));
  return budgets.length === 0 ? undefined : Math.min(...budgets);
}

const named = (versions: readonly string[]): string =>
  versions.length <= mostNames
    ? and(versions)
    : `${versions.slice(0, mostNames - 1).join(', ')} and ${versions.length - mostNames + 1} more`;

const percent = (amount: number): string => `${Math.round(amount * 10) / 10} %`;
