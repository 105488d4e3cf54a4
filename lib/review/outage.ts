import type { Hop } from '../checks/hop.js';
import type { CallPaths } from '../checks/paths.js';
import type { Architecture } from '../model/architecture/index.js';
import { and, code, crowd, table } from './markdown.js';

/** More routes than this are counted. */
const mostRoutes = 5;
/** People look for a name here, so many are listed. */
const mostNames = 60;

/** Which client routes lead to a service or an external: what clients can lose with it. Those that the same routes lead to share a row. */
export function outage({ calls }: Architecture, paths: CallPaths, routes: readonly Hop[]): string {
  const leading = new Map<string, string[]>();
  for (const route of routes) for (const name of reachedBy(route, paths)) leading.set(name, [...(leading.get(name) ?? []), route.by]);
  const rows = new Map<string, string[]>();
  for (const [name, by] of [...leading].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const row = namesOf(by, routes.length);
    rows.set(row, [...(rows.get(row) ?? []), name]);
  }
  const standIns = calls.flatMap(({ from, to, failover }) =>
    failover.length === 0 ? [] : [`${failover.join(', then ')} for ${to} where ${from} asks`],
  );
  return [
    '## When one is down',
    `These client routes lead to it. Whether an app can answer without it, only the app knows.${standIns.length === 0 ? '' : ` Standing in: ${crowd(standIns)}.`}`,
    table(
      ['down', 'client routes'],
      [...rows].map(([row, names]) => [names.length > mostNames ? crowd(names) : and(names), row]),
      45,
      '[mesh.md](mesh.md) has the calls',
    ),
  ].join('\n\n');
}

/** The target and all that its calls lead to. A set hands out what is added while it is walked. */
function reachedBy(route: Hop, paths: CallPaths): ReadonlySet<string> {
  const reached = new Set([route.to]);
  for (const service of reached) for (const { to } of paths.from(service)) reached.add(to);
  return reached;
}

function namesOf(routes: readonly string[], all: number): string {
  if (routes.length === all && all > 1) return `all ${all}`;
  const names = routes.map(code);
  return names.length <= mostRoutes ? and(names) : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more of ${all}`;
}
