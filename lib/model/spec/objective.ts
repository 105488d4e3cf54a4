import type { Duration } from '../duration.js';

/** What a service promises to those who call it, all that it depends on included. Nothing enforces it; `objectives-are-reachable` holds it against the rest. */
export interface ObjectiveSpec {
  /** Percent of requests that are answered well. Above 0, below 100. */
  availability?: number;
  /** How long all but one request in a hundred take at most. */
  latency?: { p99: Duration };
}
