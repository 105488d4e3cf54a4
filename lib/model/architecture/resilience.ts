import type { HeaderMatch } from './match.js';
import type { ModelPath } from './model-path.js';

/** No limit: more than there ever is, and the number that App Mesh gave Envoy to say so. */
export const unlimited = 2_147_483_647;

/** How much may be under way at a time: towards the app of one instance, or from one instance of a caller to one version of its callee. */
export interface Pool {
  /** Connections: to an app that speaks HTTP/1.1, and over TCP. */
  readonly connections: number;
  /** Requests that wait for a connection. */
  readonly pendingRequests: number;
  /** Requests under way at a time. */
  readonly requests: number;
}

/** What callers' sidecars ask each instance. Milliseconds. */
export interface ActiveHealth {
  readonly interval: number;
  readonly timeout: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

/** How callers choose among the instances of a version. */
export type Balance =
  | { readonly kind: 'round-robin' | 'least-request' | 'random' }
  | { readonly kind: 'hash'; readonly by: HashBy; readonly table: 'ring' | 'maglev' };

/** A header's name is in lower case. `caller`: the calling service, and at a gateway the client's address. */
export type HashBy = { readonly is: 'header' | 'cookie'; readonly name: string } | { readonly is: 'caller' };

/** The longest waits between tries, in milliseconds: `min(max, (2^j − 1) × base)` before further try j. */
export interface BackOff {
  readonly base: number;
  readonly max: number;
}

/** Trouble on purpose, at the caller, before its timeout and retries begin. At least one of delay and abort. */
export interface Faults {
  /** Where it is written. */
  readonly path: ModelPath;
  /** Milliseconds, and percent of the requests. */
  readonly delay: { readonly by: number; readonly percent: number } | undefined;
  readonly abort: { readonly status: number; readonly percent: number } | undefined;
  /** All must hold; sorted by name. Empty: every request. */
  readonly when: readonly HeaderMatch[];
}

export interface OutlierDetection {
  /** Consecutive 5xx answers (or failed connections) after which an instance is ejected. */
  readonly errors: number;
  readonly interval: number;
  readonly ejectFor: number;
  readonly maxEjectedPercent: number;
}
