import type { Architecture, ModelPath } from '../model/architecture/index.js';
import type { Hop } from './hop.js';
import { loadsOf, showRate } from './load.js';
import type { CallPaths } from './paths.js';

/** What one that stands in gets when a callee is down, while a client route is used up to its throttle. Requests a second. */
export interface Diverted {
  /** Who is down. */
  readonly callee: string;
  readonly target: string;
  /** Whose calls fail over, sorted. */
  readonly callers: readonly string[];
  /** Of the first of these calls. */
  readonly path: ModelPath;
  /** What these callers ask of the callee, and then of the target, all of it. */
  readonly diverted: number;
  /** What others ask of the target at the same time. What these callers ask of it otherwise is not counted: their calls may be there for fail-over alone. */
  readonly anyway: number;
}

/**
 * The load that fail-over moves, for each callee that can be down and each that stands in: `rate × fanOut`, without retries. Of several that stand in,
 * each may have to take all, once those before it are down too.
 *
 * @param rate what the gateway lets through
 */
export function divertedLoads(architecture: Architecture, paths: CallPaths, route: Hop, rate: number): readonly Diverted[] {
  const loads = new Map(loadsOf(architecture, paths, route, rate)?.map(({ callee, nominal }) => [callee, nominal]));
  const asked = (caller: string, callee: string): number =>
    paths
      .from(caller)
      .filter(({ to }) => to === callee)
      .reduce((sum, { fanOut }) => sum + (loads.get(caller) ?? 0) * fanOut, 0);
  const moved = new Map<string, Diverted>();
  for (const { from, to, path, failover } of architecture.calls) {
    if (!loads.has(from)) continue;
    for (const target of failover) {
      const key = `${to} ${target}`;
      const known = moved.get(key) ?? { callee: to, target, callers: [], path, diverted: 0, anyway: loads.get(target) ?? 0 };
      moved.set(key, {
        ...known,
        callers: [...known.callers, from],
        diverted: known.diverted + asked(from, to),
        anyway: Math.max(0, known.anyway - asked(from, target)),
      });
    }
  }
  return [...moved.values()];
}

/** `500/s`, or with what others ask `500/s + 100/s = 600/s`. */
export const showDiverted = ({ diverted, anyway }: Diverted): string =>
  anyway === 0 ? showRate(diverted) : `${showRate(diverted)} + ${showRate(anyway)} = ${showRate(diverted + anyway)}`;
