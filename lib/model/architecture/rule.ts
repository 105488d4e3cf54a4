import type { Action } from './action.js';
import type { GlobalRateLimit } from './global-rate-limit.js';
import type { Match } from './match.js';
import type { ModelPath } from './model-path.js';
import type { Policy } from './policy.js';
import type { RateLimit } from './rate-limit.js';
import type { Faults } from './resilience.js';

/** A share of requests for a version; shares are relative to their sum. */
export interface Split {
  /** The version's `id`. */
  readonly version: string;
  readonly weight: number;
}

/** A rule at the callee: match → weighted versions, and the policy for requests that it takes. */
export interface Rule {
  readonly path: ModelPath;
  readonly match: Match;
  /** Empty where the rule answers by itself, and for a host outside the mesh. */
  readonly to: readonly Split[];
  /** Whether `to` is the service's `traffic` because the rule does not say otherwise: it shifts along with it. One that says the same split keeps it. */
  readonly followsTraffic: boolean;
  readonly action: Action;
  readonly policy: Policy;
  /** The user said that every request this rule takes may be repeated, whatever its method. */
  readonly idempotent: boolean;
  /** Request or answer may go on: it ends after `idle` of silence, or at the age of one hour, which is its policy's timeout. */
  readonly stream: boolean;
  /** What the requests of this rule ask to become; its match has the header that says so. */
  readonly upgrade: 'websocket' | undefined;
  readonly faults: Faults | undefined;
  /** What an instance of the callee takes of this rule's requests, besides the service's own limit. */
  readonly rateLimit: RateLimit | undefined;
  /** What all instances of the callee take of this rule's requests, besides. */
  readonly globalRateLimit: GlobalRateLimit | undefined;
}
