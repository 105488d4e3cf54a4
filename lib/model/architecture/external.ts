import type { ModelPath } from './model-path.js';

/** A host outside the mesh. */
export interface External {
  readonly name: string;
  readonly path: ModelPath;
  readonly protocol: 'http' | 'https' | 'tcp' | 'tls';
  /** Undefined where the CDK side must bind it (the twin runs a stub). */
  readonly host: string | undefined;
  readonly port: number;
  readonly kind: string | undefined;
}
