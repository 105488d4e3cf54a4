import type { Duration } from '../duration.js';
import type { StringMatch } from './match.js';

/** How much may be under way at a time; what comes above is answered 503 at once. Each 1 to 1000000. */
export interface PoolSpec {
  /** Open connections. @default 1024 */
  connections?: number;
  /** Requests that wait for a connection. @default 1024 */
  pendingRequests?: number;
  /** Requests that are not answered yet. @default 1024 */
  requests?: number;
}

/** What callers' sidecars ask an instance on their own account, over mutual TLS. */
export interface ActiveHealthSpec {
  /** Between two questions to an instance. @default '5s' */
  interval?: Duration;
  /** An answer that takes longer is none. @default '2s' */
  timeout?: Duration;
  /** Good answers in a row until a sick instance gets requests again: 1 to 10. @default 2 */
  healthy?: number;
  /** Bad answers in a row until an instance gets no more requests: 1 to 10. @default 2 */
  unhealthy?: number;
}

export interface HealthSpec {
  /** A path, such as `'/healthz'`, that answers 200 where the app can take requests. */
  path: string;
  /**
   * Callers' sidecars ask for themselves, rather than learn of a sick instance from requests that fail. Every caller may then ask for the path.
   * Load on each instance: callers' instances ÷ interval. @default no
   */
  active?: true | ActiveHealthSpec;
}

/**
 * How callers choose among the instances of a version. With `hash`, requests that agree in a value meet the same instance while it is there: by a header,
 * by a cookie that the client brings, or by `caller`, which is the calling service, and the client's address at a gateway. Where weights split versions, they
 * stay with one version too while the weights stay; but for those of a calling service, which would all go to one. Not over TCP.
 */
export type BalanceSpec =
  | 'round-robin'
  | 'least-request'
  | 'random'
  | {
      hash: 'caller' | { header: string } | { cookie: string };
      /** How values are spread over instances: Envoy's two algorithms. `maglev` is evener, `ring` moves fewer values where an instance comes or goes. @default 'ring' */
      table?: 'ring' | 'maglev';
    };

/** Waits between tries: random, up to `(2^j − 1) × base` before further try j, never over `max`. */
export interface BackOffSpec {
  /** @default '25ms' */
  base?: Duration;
  /** @default ten times the base */
  max?: Duration;
}

/**
 * Trouble on purpose, made by the caller's sidecar before its timeout and retries begin: an abort is the final answer, a delay comes on top. No header of a
 * request can ask for more than is declared here. Never in an environment that is marked `production`, or called so, unless `in` names it.
 */
export interface FaultsSpec {
  /** So many percent of the requests wait. */
  delay?: { by: Duration; percent: number };
  /** So many percent of the requests are answered so, without the callee. */
  abort?: { status: number; percent: number };
  /** Only for requests with all of these headers. @default every request */
  when?: { headers: Record<string, StringMatch> };
  /** The environments where it acts: declared ones, or `local`. @default every one but production */
  in?: string[];
}
