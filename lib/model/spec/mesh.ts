import type { RateLimitServiceSpec } from './global-rate-limit.js';
import type { MtlsSpec } from './mtls.js';

export interface MeshSpec<N extends string = string, X extends string = string> {
  /** Mutual TLS between sidecars, verified on both sides. @default 'strict' */
  mtls?: MtlsSpec<N>;
  /**
   * Whose defaults hold where nobody says anything: `'app-mesh'` for those who move from there. A timeout of 15 s, two further tries after 503, a reset or what
   * never reached the app, no retry budget, no circuit breakers, no outlier detection. What an app may have carried out is tried again only where it may be
   * repeated, and who is asked always proves its identity, though App Mesh did neither. See docs/app-mesh-compatibility.md.
   * @default the mesh's own defaults
   */
  compatibility?: 'app-mesh';
  /** Calls that are not declared are refused by the callee. @default 'declared' */
  egress?: 'declared';
  /** The SPIFFE trust domain. @default '<name>.<environment>.mesh.internal' */
  trustDomain?: string;
  /** Who counts what instances take together. @default nobody, so no service has a `globalRateLimit` */
  rateLimitService?: RateLimitServiceSpec<X>;
}
