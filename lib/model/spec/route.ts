import type { Acknowledge } from './acknowledge.js';
import type { ActionLeaf, MirrorSpec } from './action.js';
import type { GlobalRateLimitSpec } from './global-rate-limit.js';
import type { MatchSpec } from './match.js';
import type { PolicySpec } from './policy.js';
import type { RateLimitSpec } from './rate-limit.js';
import type { FaultsSpec } from './resilience.js';

/** Shares of requests by version; they add up to 100. */
export type SplitSpec<V extends string> = { [K in V]?: number };

export interface RouteLeaf extends PolicySpec, ActionLeaf {
  match?: MatchSpec;
  /** Every request that this route takes may be repeated, whatever its method. @default false */
  idempotent?: boolean;
  /**
   * What each instance takes of the requests of this route; `GET` means HEAD too, unless a route is for it, and a path is meant in every spelling that an app may
   * take for it. @default no limit but the service's
   */
  rateLimit?: RateLimitSpec;
  /** What all instances together take of the requests of this route, of which the same are meant. @default no limit but the service's */
  globalRateLimit?: GlobalRateLimitSpec;
  /**
   * The answer (or the request) goes on: a feed, a subscription, a long download. It has no timeout, whoever asks, and no `perTry`: it ends after `idle` of
   * silence, or at the age of one hour, so that no connection outlives its certificate for long. @default false
   */
  stream?: true;
  /**
   * This route takes only requests that ask to become a WebSocket, which is a stream: no timeout, `idle` of silence, one hour of age. The app speaks HTTP/1.1.
   * Gateways of kind rest and http pass none on. @default requests are requests
   */
  upgrade?: 'websocket';
  /** For whoever calls; a call's own come first. @default none */
  faults?: FaultsSpec;
}

export interface RouteSpec<V extends string, N extends string = never> extends RouteLeaf {
  match?: MatchSpec<N>;
  /** @default the service's `traffic` */
  to?: [V] extends [never] ? never : V | SplitSpec<V>;
  /** A version that gets a copy of each request; its answers are dropped. Copies of a POST do everything twice. @default none */
  mirror?: [V] extends [never] ? never : V | MirrorSpec<V>;
  acknowledge?: Acknowledge;
}
