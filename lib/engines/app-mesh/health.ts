import type { ActiveHealth, Service } from '../../model/architecture/index.js';
import type { Listener, Protocol } from './spec.js';

/** What App Mesh takes at least and at most: milliseconds, and answers in a row. */
export const healthBounds: Readonly<Record<keyof ActiveHealth, readonly [least: number, most: number]>> = {
  interval: [5_000, 300_000],
  timeout: [2_000, 60_000],
  healthy: [2, 10],
  unhealthy: [2, 10],
};

/** What is declared, as near as App Mesh comes to it. */
export function nearestHealth(declared: ActiveHealth): ActiveHealth {
  const near = (field: keyof ActiveHealth): number => Math.min(Math.max(declared[field], healthBounds[field][0]), healthBounds[field][1]);
  return { interval: near('interval'), timeout: near('timeout'), healthy: near('healthy'), unhealthy: near('unhealthy') };
}

/** Nothing where callers are not to ask. */
export function healthCheck({ health, listen }: Service, Protocol: Protocol): Pick<Listener, 'HealthCheck'> {
  if (health?.active === undefined) return {};
  const { interval, timeout, healthy, unhealthy } = nearestHealth(health.active);
  return {
    HealthCheck: {
      Protocol,
      Port: listen!.port,
      Path: health.path,
      HealthyThreshold: healthy,
      UnhealthyThreshold: unhealthy,
      IntervalMillis: interval,
      TimeoutMillis: timeout,
    },
  };
}
