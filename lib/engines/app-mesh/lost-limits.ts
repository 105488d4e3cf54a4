import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';

/** What all instances would take together, and App Mesh has nobody who counts. */
export function* globalRateLimits({ services }: Architecture): Generator<Loss> {
  for (const { name, globalRateLimit, rules } of services)
    for (const limit of [globalRateLimit, ...rules.map((rule) => rule.globalRateLimit)])
      if (limit !== undefined)
        yield {
          feature: limit.per === 'caller' ? 'global-rate-limit-per-caller' : 'global-rate-limit',
          at: limit.path,
          is: `${name} takes any number of requests${limit.per === 'caller' ? ' from each caller' : ''}, not ${limit.requests} per ${limit.unit}`,
          severity: 'error',
        };
}
