import type { Architecture } from '../model/architecture/index.js';
import { byPath } from '../model/by-path.js';
import { covers } from './acknowledgements-are-used.js';
import { catalogue } from './catalogue.js';
import type { Check, Finding, Severity } from './check.js';

/** What all checks found in an architecture. */
export interface Report {
  readonly architecture: string;
  /** How much was looked at. */
  readonly services: number;
  readonly routes: number;
  /** Worst first, acknowledged last, then by path. */
  readonly findings: readonly Finding[];
}

/**
 * Runs every check. Never throws: a check that fails itself is a finding, never a pass.
 *
 * @param checks @default all of the catalogue
 * @param today as `2027-03-31`, for what was accepted until a day. @default unknown: nothing has expired
 */
export function check(architecture: Architecture, checks: readonly Check[] = catalogue, today?: string): Report {
  const findings: Finding[] = [];
  for (const each of checks) findings.push(...findingsOf(each, architecture, findings, today));
  return {
    architecture: architecture.name,
    services: architecture.services.length,
    routes: architecture.gateways.reduce((sum, { routes }) => sum + routes.length, 0),
    findings: findings.sort(worstFirst),
  };
}

/** Findings that nobody accepted: the ones that fail a build. */
export const openFindings = ({ findings }: Report): readonly Finding[] => findings.filter(({ acknowledged }) => acknowledged === undefined);

function findingsOf(
  { id, severity, why, find }: Check,
  architecture: Architecture,
  earlier: readonly Finding[],
  today: string | undefined,
): Finding[] {
  try {
    return [...find(architecture, earlier, today)].map((found) => {
      const accepted = architecture.acknowledgements.find(({ check, path }) => check === id && covers(path, found.at));
      return { check: id, severity, ...found, why, acknowledged: accepted?.reason };
    });
  } catch (error) {
    const is = `the check failed itself: ${error instanceof Error ? error.message : String(error)}`;
    return [
      {
        check: id,
        severity: 'error',
        at: '',
        is,
        why: 'what it would have found is unknown',
        fix: 'report it, with the architecture',
        acknowledged: undefined,
      },
    ];
  }
}

const rank: Record<Severity, number> = { error: 0, warning: 1 };

function worstFirst(one: Finding, other: Finding): number {
  const accepted = Number(one.acknowledged !== undefined) - Number(other.acknowledged !== undefined);
  return (
    accepted ||
    rank[one.severity] - rank[other.severity] ||
    byPath(one.at, other.at) ||
    compare(one.check, other.check) ||
    compare(one.is, other.is)
  );
}

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
