import type { Architecture, GlobalRateLimit, Service } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Aspects } from './aspects.js';
import type { Direction } from './change.js';
import { code, table } from './markdown.js';
import { showMatch } from './wording.js';

/** What in an aspect's name says that it is about the days without a rate limit service. */
export const uncounted = 'while nobody counts';
const inWords = { admit: 'requests pass', refuse: 'no request passes' } as const;

/** `1000 per minute, for each caller`. */
const show = ({ requests, unit, per }: GlobalRateLimit): string => `${requests} per ${unit}${per === 'caller' ? ', for each caller' : ''}`;

/** A service's limits with the requests that each is for; nothing for all of them. */
const limitsOf = ({ globalRateLimit, rules }: Service): { readonly of: string | undefined; readonly limit: GlobalRateLimit }[] => [
  ...(globalRateLimit === undefined ? [] : [{ of: undefined, limit: globalRateLimit }]),
  ...rules.flatMap(({ match, globalRateLimit: limit }) => (limit === undefined ? [] : [{ of: showMatch(match), limit }])),
];

/** What all instances of a service take together: aspect → value. */
export const globalRateLimitFacts = (service: Service): Aspects =>
  Object.fromEntries(
    limitsOf(service).flatMap(({ of, limit }) => {
      const where = of === undefined ? '' : ` where ${of}`;
      return [
        [`global rate limit${where}`, show(limit)],
        [`global rate limit${where}, ${uncounted}`, inWords[limit.unavailable]],
      ];
    }),
  );

/** Who counts: aspect → value. */
export const rateLimitServiceFacts = ({ rateLimitService: service }: Architecture): Aspects =>
  service === undefined ? {} : { 'rate limit service': `${service.to}, waited for ${showDuration(service.timeout)} at most` };

/** The same as blocks of a page; none where nothing is limited so. */
export function globalRateLimitSection({ services, rateLimitService }: Architecture): string[] {
  const rows = services.flatMap((service) =>
    limitsOf(service).map(({ of, limit }, index) => [
      index === 0 ? service.name : '',
      of === undefined ? 'all' : code(of),
      show(limit),
      limit.unavailable === 'admit' ? `**${inWords.admit}**` : inWords.refuse,
    ]),
  );
  if (rows.length === 0 || rateLimitService === undefined) return [];
  return [
    '## Global rate limits',
    `Of all instances together, counted by ${rateLimitService.to} in fixed windows of UTC; a sidecar waits ${showDuration(rateLimitService.timeout)} at most for its answer. What comes above is a 429; each try counts. Access holds whether somebody counts or not.`,
    table(['service', 'requests', 'all instances take', uncounted], rows),
  ];
}

/** From the shortest to the longest. */
const units = ['second', 'minute', 'hour', 'day'];

/** One for each caller and one for all are of two kinds. */
export function compareGlobalLimits(was: string, is: string): Direction {
  if (was.includes('caller') !== is.includes('caller')) return 'neutral';
  const [before, now] = [numbersOf(was), numbersOf(is)];
  if (now.requests >= before.requests && now.window <= before.window) return 'weaker';
  return now.requests <= before.requests && now.window >= before.window ? 'stronger' : 'neutral';
}

/** To let pass what nobody counts opens. */
export const compareUncounted = (_: string, is: string): Direction => (is === inWords.admit ? 'weaker' : 'stronger');

function numbersOf(limit: string): { readonly requests: number; readonly window: number } {
  const [, requests, unit = ''] = /^(\d+) per (\w+)/.exec(limit) ?? [];
  return { requests: Number(requests), window: units.indexOf(unit) };
}
