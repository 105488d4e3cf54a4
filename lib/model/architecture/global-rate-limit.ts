import type { ModelPath } from './model-path.js';

/** Who counts what all instances of a service take. */
export interface RateLimitService {
  readonly path: ModelPath;
  /** The external, by name. */
  readonly to: string;
  /** Milliseconds that a request waits for its answer. */
  readonly timeout: number;
  /** `<name>/<environment>`: what it knows this architecture's limits by. */
  readonly domain: string;
}

/** What all instances of a service take together; the rest is a 429 of their sidecars. */
export interface GlobalRateLimit {
  readonly path: ModelPath;
  /** In each window. */
  readonly requests: number;
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
  /** Whether each caller has so much for itself, or all callers share it. */
  readonly per: 'everyone' | 'caller';
  /** Whether requests pass while nobody counts. */
  readonly unavailable: 'admit' | 'refuse';
}
