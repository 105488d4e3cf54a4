import type { Architecture } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * A service that promises availability passes requests while nobody counts them: with `unavailable: 'refuse'` its availability is at most that of the rate
 * limit service, of which nothing is known.
 */
export const globalLimitsKeepObjectives: Check = {
  id: 'global-limits-keep-objectives',
  severity: 'warning',
  why: 'an hour without the rate limit service is an hour without this service, whatever it promises',
  *find({ services, rateLimitService }: Architecture) {
    for (const { name, globalRateLimit, rules, objective } of services) {
      if (objective.availability === undefined) continue;
      for (const limit of [globalRateLimit, ...rules.map((rule) => rule.globalRateLimit)])
        if (limit?.unavailable === 'refuse')
          yield {
            at: limit.path,
            is: `${name} promises ${objective.availability} %, and refuses requests while ${rateLimitService?.to} does not answer, which promises nothing`,
            fix: { set: `${limit.path}.unavailable`, to: "'admit'" },
          };
    }
  },
};
