import type { Acknowledge } from './acknowledge.js';
import type { EnvironmentSpec } from './environment.js';
import type { ExternalLeaf } from './external.js';
import type { AuthorizerLeaf, GatewaySpec } from './gateway.js';
import type { ListenSpec } from './listen.js';
import type { MeshSpec } from './mesh.js';
import type { ObservabilitySpec } from './observability.js';
import type { PolicySpec } from './policy.js';
import type { ServiceSpec } from './service.js';
import type { VersionSpec } from './version.js';

export type * from './acknowledge.js';
export type * from './action.js';
export type * from './call.js';
export type * from './environment.js';
export type * from './external.js';
export type * from './gateway.js';
export type * from './global-rate-limit.js';
export type * from './interception.js';
export type * from './listen.js';
export type * from './match.js';
export type * from './mesh.js';
export type * from './mtls.js';
export type * from './objective.js';
export type * from './observability.js';
export type * from './policy.js';
export type * from './rate-limit.js';
export type * from './resilience.js';
export type * from './route.js';
export type * from './route-key.js';
export type * from './run.js';
export type * from './service.js';
export type * from './tokens.js';
export type * from './version.js';

type Key<T> = Extract<keyof T, string>;

type Names<T, X> = NoInfer<Key<T> | Key<X>>;

/** Further ports, as `pricing:metrics`. */
type Ports<O> = NoInfer<{ [K in Key<O>]: `${K}:${Key<O[K]>}` }[Key<O>]>;

/**
 * What a user writes. The compiler infers services with their versions (`T`), externals with or without a host (`X`), authorizers (`A`), policies (`P`)
 * and further ports by service (`O`), and then holds every name against them.
 */
export interface ArchitectureSpec<T, X, A, P extends string, O = unknown> {
  /** Lower-case letters, digits and single hyphens, a letter first, at most 30. Begins the trust domain, and names the review's folder. */
  name: string;
  /** What holds between all services; `defaults` is the policy of calls and routes that say nothing. @default each field's own */
  mesh?: MeshSpec<NoInfer<Key<T>>, NoInfer<Key<X>>> & { defaults?: PolicySpec };
  /** Shared policies by name, for `use`. @default none */
  policies?: { [K in P]: PolicySpec };
  /** By name: letters, digits and single hyphens, a lower-case letter first, at most 30. @default none */
  services?: {
    [K in keyof T]: ServiceSpec<Names<T, X>, NoInfer<Key<T[K]>>, NoInfer<P>, NoInfer<Key<A>>, Ports<O>> & {
      versions?: { [V in keyof T[K]]: VersionSpec };
    };
  } & { [K in keyof O]: { ports?: { [Q in keyof O[K]]: ListenSpec } } };
  /** Hosts outside the mesh, by name: databases, APIs, queues. Without a `host` the CDK side has to bind one. @default none */
  external?: { [K in keyof X]: ExternalLeaf & { host?: X[K]; acknowledge?: Acknowledge } } & { [K in NoInfer<keyof T>]?: never };
  /** Who issues clients' tokens, by name. @default none */
  authorizers?: { [K in keyof A]: AuthorizerLeaf & { kind: A[K] & 'jwt' } } & { public?: never };
  /** Entries for clients, by name. @default none: a mesh alone */
  gateways?: Record<string, GatewaySpec<Names<T, X>, NoInfer<Key<A>>, Ports<O>>>;
  /** @default JSON access logs alone */
  observability?: ObservabilitySpec<NoInfer<Key<X>>>;
  /** Once some are declared, an environment is one of them, or `local`. @default any name, and everything as declared */
  environments?: Record<string, EnvironmentSpec<NoInfer<T>, NoInfer<Key<X>>>>;
  acknowledge?: Acknowledge;
}
