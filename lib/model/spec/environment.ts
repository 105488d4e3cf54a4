import type { ThrottleSpec } from './gateway.js';
import type { ScaleSpec } from './version.js';

/** How much of a service runs in an environment, and from which image. Each field replaces the declared one as a whole. */
export interface SizingSpec {
  /** @default as declared */
  image?: string;
  /** All of it: what it leaves out (`requestsPerSecond`), nobody said there. @default as declared */
  scale?: ScaleSpec;
  /** All of them: variables that it leaves out are not set there. @default as declared */
  env?: Record<string, string>;
}

/**
 * What is different in one environment: sizes and addresses, never who may do what, calls or routes. So one review speaks for all of them.
 * `T` are the services with their versions, `X` the externals.
 */
export interface EnvironmentSpec<T, X extends string> {
  /** Clients depend on it: what risks them on purpose is refused there. `check` and `review` speak of it unless told otherwise. @default false */
  production?: boolean;
  /** Where a service's versions declare a field themselves, it is replaced under `versions`, not for all of them at once. */
  services?: { [S in keyof T]?: SizingSpec & { versions?: { [V in Extract<keyof T[S], string>]?: SizingSpec } } };
  /** Where externals are. */
  external?: { [E in X]?: { host: string } };
  /** What gateways let through; a route's own throttle stays. */
  gateways?: Record<string, { throttle: ThrottleSpec }>;
}
