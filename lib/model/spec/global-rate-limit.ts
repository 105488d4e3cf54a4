import type { Duration } from '../duration.js';

/** What becomes of a request while the rate limit service gives no answer. Who may ask for what is decided before, and holds either way. */
export type Unavailable =
  /** It passes, uncounted: a day without the rate limit service is a day without the limit. */
  | 'admit'
  /** It is answered 503: nobody passes while the rate limit service is away. */
  | 'refuse';

/** What all instances of a service take together. Counted in fixed windows, without a burst: around the turn of one, twice as many may come. */
export interface GlobalRateLimitSpec {
  /** Requests in each window; the others are answered 429, and no sidecar tries one again. 1 to 1000000000. */
  requests: number;
  /** The window: the second, the minute, the hour or the day in UTC. */
  unit: 'second' | 'minute' | 'hour' | 'day';
  /** Each caller has so much for itself, known by its certificate; a gateway is one caller. @default all callers share it */
  per?: 'caller';
  /** @default what `mesh.rateLimitService.unavailable` says */
  unavailable?: Unavailable;
}

export interface RateLimitServiceLeaf {
  /** How long a request waits for its answer, which is the most that a limit adds to one. @default '100ms' */
  timeout?: Duration;
  /** What becomes of requests while it gives no answer, where a limit does not say. No default: either costs something on a bad day. */
  unavailable: Unavailable;
}

/**
 * Who counts for global rate limits: Envoy's rate limit service, or another that speaks `envoy.service.ratelimit.v3`. `edge-mesh compile` writes its
 * configuration; what that does not have yet, it does not limit.
 *
 * @see https://github.com/envoyproxy/ratelimit, and docs/global-rate-limits.md
 */
export interface RateLimitServiceSpec<X extends string = string> extends RateLimitServiceLeaf {
  /** A declared external, asked by gRPC. Protocol `https` is TLS, with its name verified; over `http`, whoever is on the way can read and answer. */
  to: X;
}
