import type { Architecture, RateLimit, Service } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import { code, table } from './markdown.js';
import { showMatch, showRateLimit } from './wording.js';

/** A service's limits with the requests that each is for; nothing for all of them. */
const limitsOf = ({ rateLimit, rules }: Service): { readonly of: string | undefined; readonly limit: RateLimit }[] => [
  ...(rateLimit === undefined ? [] : [{ of: undefined, limit: rateLimit }]),
  ...rules.flatMap(({ match, rateLimit: limit }) => (limit === undefined ? [] : [{ of: showMatch(match), limit }])),
];

/** What one instance takes: aspect → value. */
export const rateLimitFacts = (service: Service): Aspects =>
  Object.fromEntries(
    limitsOf(service).map(({ of, limit }) => [of === undefined ? 'rate limit' : `rate limit where ${of}`, showRateLimit(limit)]),
  );

/** The same as blocks of a page; none where nothing is limited. */
export function rateLimitSection({ services }: Architecture): string[] {
  const rows = services.flatMap((service) =>
    limitsOf(service).map(({ of, limit }, index) => [
      index === 0 ? service.name : '',
      of === undefined ? 'all' : code(of),
      showRateLimit(limit),
    ]),
  );
  if (rows.length === 0) return [];
  return [
    '## Rate limits',
    'Of each instance; its sidecar answers 429 to what comes above. A limit of some requests holds beside that of all.',
    table(['service', 'requests', 'an instance takes'], rows),
  ];
}
