import type { RouteKey } from './route-key.js';

export type ClaimValue = string | number | boolean;

export interface TokensSpec<A extends string = string> {
  /** The authorizer whose token a request carries, in `Authorization`, as each caller's app passes it on. Verified again by the service's own sidecar. */
  use: A;
  /** Claims that the token has, all of them; of a list one value is enough. A claim that is a list itself has to contain the value. @default any token of it */
  claims?: Record<string, ClaimValue | ClaimValue[]>;
  /** The requests that need a token; `GET` means HEAD too, and a path is meant in every spelling that an app may take for it. @default every request */
  requests?: RouteKey[];
}
