import { requiredBy, showPercent, together } from '../checks/objectives-are-reachable.js';
import { callPaths } from '../checks/paths.js';
import type { Architecture, Service } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { table } from './markdown.js';

/** What services promise to their callers, beside what follows from what they call; undefined where nobody promises. */
export function promisesSection(architecture: Architecture): string | undefined {
  const promising = architecture.services.filter(({ objective: { availability, p99 } }) => availability !== undefined || p99 !== undefined);
  if (promising.length === 0) return undefined;
  const paths = callPaths(architecture);
  const rows = promising.map((service) => {
    const { name, objective } = service;
    const calls = paths.from(name).filter(({ rules }) => rules.length > 0);
    return [
      name,
      objective.availability === undefined ? '' : `${objective.availability} %`,
      together(requiredBy(architecture, service))?.arithmetic ?? 'nobody said',
      objective.p99 === undefined ? '' : showDuration(objective.p99),
      calls.length === 0 ? 'no calls' : `${showDuration(Math.ceil(paths.waitForAll(calls)))}, one after another`,
    ];
  });
  return [
    '## Promises',
    'To their callers, all that they depend on included. Nothing enforces them. A product of availabilities is what the callees allow at best; percentiles do not add up, so the last column is a bound of its own: what timeouts let the calls take.',
    table(['service', 'availability', 'what it calls, together', 'p99', 'its calls at most'], rows),
  ].join('\n\n');
}

/** `99.9 % answered well, p99 1.5s`; undefined where nothing is promised. */
export function showPromise({ objective: { availability, p99 } }: Service): string | undefined {
  const parts = [
    ...(availability === undefined ? [] : [`${showPercent(availability)} answered well`]),
    ...(p99 === undefined ? [] : [`p99 ${showDuration(p99)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
