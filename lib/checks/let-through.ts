import type { Gateway, GatewayRoute } from '../model/architecture/index.js';
import { methods } from '../model/method.js';
import { showRate } from './load.js';

/** What API Gateway lets through of a route. */
export interface LetThrough {
  /** Requests a second. */
  readonly rate: number;
  /** `500/s`, `6 × 500/s`. */
  readonly says: string;
}

/** A route's throttle, else its gateway's. A REST API counts each method by itself, so an ANY route gets it for each that has no route of its own. */
export function letThrough({ kind, throttle, routes }: Gateway, { method, path, throttle: own }: GatewayRoute): LetThrough {
  const { rate } = own ?? throttle;
  if (kind !== 'rest' || method !== undefined) return { rate, says: showRate(rate) };
  const taken = new Set(routes.filter((route) => route.path.text === path.text).map((route) => route.method));
  const times = methods.filter((each) => !taken.has(each)).length;
  return { rate: times * rate, says: `${times} × ${showRate(rate)}` };
}
