import type { Architecture, Pool } from '../../model/architecture/index.js';
import { unlimited } from '../../model/architecture/resilience.js';
import type { Loss } from '../capability.js';
import { error, warning } from './loss.js';
import { type Protocol, protocolOf } from './spec.js';

/** Said once, because every service has a pool, if only that of nobody's choice. */
export function* pools({ services }: Architecture): Generator<Loss> {
  const limiting = (protocol: Protocol, ...limits: readonly (keyof Pool)[]): string =>
    services
      .filter(
        ({ listen, pool }) => listen !== undefined && protocolOf(listen) === protocol && limits.some((limit) => pool[limit] !== unlimited),
      )
      .map(({ name }) => name)
      .join(', ');
  const [http, http2] = [limiting('http', 'requests'), limiting('http2', 'connections', 'pendingRequests')];
  if (http !== '') yield warning('pool', '', `over HTTP/1.1 only connections and pendingRequests are limited, requests are not: ${http}`);
  if (http2 !== '') yield warning('pool', '', `over HTTP/2 only requests are limited, connections and pendingRequests are not: ${http2}`);
}

/** What an instance would take. */
export function* rateLimits({ services }: Architecture): Generator<Loss> {
  for (const { name, path, rateLimit, rules } of services) {
    const limits = [{ path, rateLimit }, ...rules].flatMap((each) =>
      each.rateLimit === undefined ? [] : [{ at: each.path, ...each.rateLimit }],
    );
    for (const { at, rate, burst, per } of limits)
      yield error(
        per === 'caller' ? 'rate-limit-per-caller' : 'rate-limit',
        `${at}.rateLimit`,
        `an instance of ${name} takes any number of requests${per === 'caller' ? ' from each caller' : ''}, not ${rate}/s with bursts of ${burst}`,
      );
  }
}

/** What all instances would take together, and App Mesh has nobody who counts. */
export function* globalRateLimits({ services }: Architecture): Generator<Loss> {
  for (const { name, globalRateLimit, rules } of services)
    for (const limit of [globalRateLimit, ...rules.map((rule) => rule.globalRateLimit)])
      if (limit !== undefined)
        yield error(
          limit.per === 'caller' ? 'global-rate-limit-per-caller' : 'global-rate-limit',
          limit.path,
          `${name} takes any number of requests${limit.per === 'caller' ? ' from each caller' : ''}, not ${limit.requests} per ${limit.unit}`,
        );
}
