export interface RateLimitSpec {
  /** Requests a second, steady, that one instance takes; its sidecar answers the others 429. 0.001 to 100000. */
  rate: number;
  /** Requests that may come at once. 1 to 100000. */
  burst: number;
  /** Each caller has so much for itself, known by its certificate; a gateway is one caller. @default all callers share it */
  per?: 'caller';
}
