import type { RetryEvent } from '../spec/policy.js';
import type { ModelPath } from './model-path.js';
import type { BackOff } from './resilience.js';

/** Where a value comes from that nobody wrote, and that App Mesh had: the profile chooses it. What nobody chose at all is from `default`. */
export const profilePath: ModelPath = 'mesh.compatibility';

/** What holds for a request, with where each value comes from. Milliseconds. */
export interface Policy {
  /** The whole answer, all tries together; of a stream its age. 0 is never: no limit has another word. */
  readonly timeout: number;
  /** How long nothing may travel in either direction. */
  readonly idle: number;
  /** Undefined where `retries: false`. For TCP, further tries to connect. */
  readonly retries: Retries | undefined;
  readonly from: { readonly timeout: ModelPath; readonly idle: ModelPath; readonly retries: ModelPath };
}

export interface Retries {
  /** Further tries after the first: 1 means two tries in all. At least 1. */
  readonly max: number;
  /** The longest one try may take; undefined is `timeout`. */
  readonly perTry: number | undefined;
  /** Sorted. `unprocessed` is safe for every method; the others are for requests that may be repeated. */
  readonly on: readonly RetryEvent[];
  /** Percent of what the caller has under way to a version that further tries may be; 3 in any case. Undefined: nothing holds them back. */
  readonly budget: number | undefined;
  readonly backOff: BackOff;
}
