import type { PathPattern } from '../path.js';

/** One caller's permission at a service. */
export interface Admission {
  readonly caller: { readonly kind: 'service' | 'gateway'; readonly name: string };
  /** The caller's SPIFFE identity. */
  readonly identity: string;
  /** Undefined: any request. Never empty. */
  readonly requests: readonly AdmittedRequest[] | undefined;
  /** Refused, whatever `requests` says. */
  readonly denied: readonly AdmittedRequest[];
}

export interface AdmittedRequest {
  /** Undefined for any. */
  readonly method: string | undefined;
  readonly path: PathPattern;
}
