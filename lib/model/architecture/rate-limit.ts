/** What one instance takes; the rest is a 429 of its sidecar. */
export interface RateLimit {
  /** Requests a second, steady. */
  readonly rate: number;
  /** Requests that may come at once. */
  readonly burst: number;
  /** Whether each caller has so much for itself, or all callers share it. */
  readonly per: 'instance' | 'caller';
}
