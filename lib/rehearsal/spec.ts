import type { Duration } from '../model/duration.js';

/** A rehearsal as written: load, faults at their times, and what clients must see all the same. Plain data. */
export interface ScenarioSpec {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** What it shows, in a sentence. @default none */
  readonly about?: string;
  /** How long requests are sent: at most 10 minutes. */
  readonly duration: Duration;
  /** By client route: `GET /products/{id}`, or `web GET /products/{id}` where several gateways have it. At most 1,000 requests a second, all together. */
  readonly load: Readonly<Record<string, LoadSpec>>;
  /** Instances, of every version or by service or version. At most 10. @default 1 */
  readonly instances?: number | Readonly<Record<string, number>>;
  /** In any order. @default nothing happens */
  readonly events?: readonly EventSpec[];
  /** By client route; at least one. A route without an expectation is shown and not judged. */
  readonly expect: Readonly<Record<string, ExpectationSpec>>;
}

export interface LoadSpec {
  /** Requests a second, sent at their times whether or not earlier ones were answered. */
  readonly rate: number;
  /** Values of the path's parameters. @default 42 for each */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Headers of each request. A token for the route's authorizer is sent without being asked for. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of each request that can have one. @default {} */
  readonly json?: unknown;
}

/**
 * What happens, and when: `at` counts from the first request. Targets are a service (`pricing`: all its instances), a version (`pricing-v1`) or one instance
 * (`pricing-v1#2`).
 */
export type EventSpec = { readonly at: Duration } & (
  | {
      /** App and sidecar die at once (SIGKILL), and do not come back. */
      readonly kill: string;
    }
  | {
      /** The app dies behind a living sidecar. */
      readonly stop: string;
    }
  | {
      /** The app waits before it does anything. */
      readonly slow: string;
      readonly by: Duration;
    }
  | {
      /** The app answers with `status` and makes no call. */
      readonly fail: string;
      /** @default 503 */
      readonly status?: number;
    }
  | {
      /** The app is well again, whatever was done to it but `kill`. */
      readonly restore: string;
    }
  | {
      /**
       * SIGTERM of whole tasks, which do not come back: a sidecar says that it is leaving, callers learn that it has left, what is under way ends, the app stops,
       * then the sidecar.
       */
      readonly terminate: string;
      /** `app-first`: the app stops while callers still ask it, as ECS does where nothing in the task prevents it. @default 'drained' */
      readonly order?: 'drained' | 'app-first';
    }
  | {
      /** A rolling deployment, one task after the other: its successor starts, then it is terminated. */
      readonly replace: string;
    }
  | {
      /** So many instances of a service's every version, or of one version: further ones start, or the newest are terminated. */
      readonly scale: string;
      /** At least 1, at most 10. */
      readonly to: number;
    }
  | {
      /** A service's traffic splits by these weights, wherever no rule says otherwise. */
      readonly shift: string;
      /** Weights by version, as declared under `versions`. */
      readonly to: Readonly<Record<string, number>>;
    }
  | {
      /** Every identity gets a new key and certificate. */
      readonly rotate: 'certificates';
    }
);

/** What the clients of one route must see; all that is given holds. */
export interface ExpectationSpec {
  /** Requests that may fail, at most: no answer, or a status of 400 or above. */
  readonly failed?: number;
  /** No request fails that is sent so long after the first one, or later. */
  readonly recoveredAfter?: Duration;
  /** Half of the requests are answered within. */
  readonly p50?: Duration;
  /** 99 of 100 requests are answered within. */
  readonly p99?: Duration;
  /** Every request is answered within, however it is answered. */
  readonly slowest?: Duration;
  /** Tries of the calls that its requests cause in the mesh, by call, at most: 1 is no retry, 1.1 one further try in ten calls. */
  readonly triesEach?: number;
}
