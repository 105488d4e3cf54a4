import type { Gateway, GatewayRoute } from '../model/architecture/index.js';
import { methodsOf } from '../model/method.js';
import { showRate } from './load.js';

/** What API Gateway lets through of a route. */
export interface LetThrough {
  /** Requests a second. */
  readonly rate: number;
  /** `500/s`, `6 × 500/s`. */
  readonly says: string;
}

/** A route's throttle, else its gateway's. A REST API counts each method by itself, so an ANY route gets it for each that has no route of its own. */
export function letThrough({ kind, throttle, routes }: Gateway, route: GatewayRoute): LetThrough {
  const { rate } = route.throttle ?? throttle;
  if (kind !== 'rest' || route.method !== undefined) return { rate, says: showRate(rate) };
  const times = methodsOf(route, routes).length;
  return { rate: times * rate, says: `${times} × ${showRate(rate)}` };
}
