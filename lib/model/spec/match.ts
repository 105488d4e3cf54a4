import type { Method } from './route-key.js';

export type StringMatch = string | { prefix: string } | { suffix: string } | { regex: string } | { present: boolean };

/** A header's value as a whole number: `[200, 300]` takes 200 to 299. */
export interface RangeMatch {
  range: [number, number];
}

/** A header's value. For `not` a header that is missing counts as an empty one. */
export type HeaderMatchSpec = StringMatch | RangeMatch | { not: StringMatch | RangeMatch };

/** All that is given must hold. */
export interface MatchSpec<N extends string = string> {
  /**
   * In API Gateway's grammar, matched by whole segments; `{ bytes: '/x' }` also takes `/xyz`, and `{ regex }` (RE2) must take all of the path.
   * Never the query.
   */
  path?: string | { bytes: string } | { regex: string };
  method?: Method | Method[];
  /** Of a header that comes several times one value is enough. */
  headers?: Record<string, HeaderMatchSpec>;
  /** The first parameter of each name, compared as it is sent: `a%20b` is not `a b`. */
  query?: Record<string, StringMatch>;
  /** A gRPC service or method, instead of path and method: `'shop.Orders'`, `'shop.Orders/Place'`. Metadata are headers. */
  rpc?: string;
  /** Only these services' requests, known by whose sidecar sends them; never a gateway's. @default everyone's */
  from?: N | N[];
}
