import type { Architecture, GlobalRateLimit, RateLimit, Service } from '../model/architecture/index.js';
import type { Check, Found } from './check.js';

/** Seconds in a window. */
const seconds = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;

/**
 * A global limit is less than what all instances take by their own limits, `instances × (rate × window + burst)`. Limits that count for each caller are
 * compared with such that do so too, or with what everyone shares.
 */
export const globalLimitsCanBeReached: Check = {
  id: 'global-limits-can-be-reached',
  severity: 'warning',
  why: 'every request asks the rate limit service for an answer that is always yes',
  *find({ services }: Architecture) {
    for (const service of services) {
      yield* unreachable(service, service.globalRateLimit, service.rateLimit);
      for (const { globalRateLimit, rateLimit } of service.rules) yield* unreachable(service, globalRateLimit, rateLimit);
    }
  },
};

function* unreachable({ name, versions }: Service, shared: GlobalRateLimit | undefined, own: RateLimit | undefined): Iterable<Found> {
  if (shared === undefined || own === undefined || (own.per === 'caller' && shared.per !== 'caller')) return;
  const instances = versions.reduce((sum, { scale }) => sum + scale.max, 0);
  const most = Math.floor(instances * (own.rate * seconds[shared.unit] + own.burst));
  if (shared.requests < most) return;
  yield {
    at: shared.path,
    is: `${name} takes ${shared.requests} per ${shared.unit} in all, and its instances no more by themselves: ${instances} × (${own.rate}/s × ${seconds[shared.unit]}s + ${own.burst}) = ${most}`,
    fix: `give it fewer than ${most}, or remove it: \`rateLimit\` holds already`,
  };
}
