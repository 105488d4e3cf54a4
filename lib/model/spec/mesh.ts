import type { MtlsSpec } from './mtls.js';

export interface MeshSpec<N extends string = string> {
  /** Mutual TLS between sidecars, verified on both sides. @default 'strict' */
  mtls?: MtlsSpec<N>;
  /** Calls that are not declared are refused by the callee. @default 'declared' */
  egress?: 'declared';
  /** The SPIFFE trust domain. @default '<name>.<environment>.mesh.internal' */
  trustDomain?: string;
}
