import type { Architecture, Service } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import { code, table } from './markdown.js';
import { showMatch, showRateLimit } from './wording.js';

/** What one instance takes: aspect → value. */
export function rateLimitFacts({ rateLimit, rules }: Service): Aspects {
  const own = rules.flatMap(({ match, rateLimit }) =>
    rateLimit === undefined ? [] : [[`rate limit where ${showMatch(match)}`, showRateLimit(rateLimit)]],
  );
  return { ...(rateLimit === undefined ? {} : { 'rate limit': showRateLimit(rateLimit) }), ...Object.fromEntries(own) };
}

/** The same as blocks of a page; none where nothing is limited. */
export function rateLimitSection({ services }: Architecture): string[] {
  const rows = services.flatMap(rateLimitRows);
  if (rows.length === 0) return [];
  return [
    '## Rate limits',
    'Of each instance; its sidecar answers 429 to what comes above. A limit of some requests holds beside that of all.',
    table(['service', 'requests', 'an instance takes'], rows),
  ];
}

function rateLimitRows({ name, rateLimit, rules }: Service): string[][] {
  const own = rules.flatMap(({ match, rateLimit }) =>
    rateLimit === undefined ? [] : [[code(showMatch(match)), showRateLimit(rateLimit)]],
  );
  const rows = [...(rateLimit === undefined ? [] : [['all', showRateLimit(rateLimit)]]), ...own];
  return rows.map((row, index) => [index === 0 ? name : '', ...row]);
}
