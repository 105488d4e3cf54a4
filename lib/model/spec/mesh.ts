import type { RateLimitServiceSpec } from './global-rate-limit.js';
import type { MtlsSpec } from './mtls.js';

export interface MeshSpec<N extends string = string, X extends string = string> {
  /** Mutual TLS between sidecars, verified on both sides. @default 'strict' */
  mtls?: MtlsSpec<N>;
  /** Calls that are not declared are refused by the callee. @default 'declared' */
  egress?: 'declared';
  /** The SPIFFE trust domain. @default '<name>.<environment>.mesh.internal' */
  trustDomain?: string;
  /** Who counts what instances take together. @default nobody, so no service has a `globalRateLimit` */
  rateLimitService?: RateLimitServiceSpec<X>;
}
