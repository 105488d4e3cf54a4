import type { GlobalRateLimit, ModelPath, RateLimitService } from '../architecture/index.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { GlobalRateLimitSpec } from '../spec/index.js';
import type { PlainSpec } from '../spec/plain.js';

/** Milliseconds that a request waits where nothing is said: some round trips in a VPC, and the opening of a connection. */
const patience = 100;

export function rateLimitServiceOf({ name, mesh }: PlainSpec, environment: string): RateLimitService | undefined {
  const service = mesh?.rateLimitService;
  if (service === undefined) return undefined;
  const { to, timeout } = service;
  return { path: 'mesh.rateLimitService', to, timeout: parseDuration(timeout) ?? patience, domain: `${name}/${environment}` };
}

/** @param at the service or the route that says so */
export function globalRateLimitOf(limit: GlobalRateLimitSpec | undefined, at: ModelPath, { mesh }: PlainSpec): GlobalRateLimit | undefined {
  const service = mesh?.rateLimitService;
  if (limit === undefined || service === undefined) return undefined;
  const { requests, unit, per = 'everyone', unavailable = service.unavailable } = limit;
  return { path: member(at, 'globalRateLimit'), requests, unit, per, unavailable };
}
