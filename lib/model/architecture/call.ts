import type { ModelPath } from './model-path.js';
import type { Policy } from './policy.js';
import type { Pool } from './resilience.js';
import type { Rule } from './rule.js';

/** A declared dependency, caller → callee. */
export interface Call {
  readonly from: string;
  /** The service or external. */
  readonly to: string;
  /** The further port of the service that it is for; undefined for where it listens. */
  readonly port: string | undefined;
  /** As declared, and unique among a caller's calls: `pricing`, `pricing:metrics`. */
  readonly callee: string;
  readonly kind: 'service' | 'external';
  readonly path: ModelPath;
  /** What the app speaks to its sidecar: HTTP of either version, gRPC, or bytes that pass as they are. */
  readonly speaks: 'http' | 'grpc' | 'tcp';
  /** Calls per request of the caller. */
  readonly fanOut: number;
  /** The callee's rules with this caller's policy merged in, in the callee's order; one rule for an external. Empty only for TCP. */
  readonly rules: readonly Rule[];
  /** For TCP, where there is no request: how long connecting may take, all tries together. For the rest, the policy before any rule of the callee. */
  readonly policy: Policy;
  /** What one instance of the caller may have under way to one version of the callee. */
  readonly pool: Pool;
  /** Services and externals that take the requests where the callee cannot, in this order. Each is a call of this caller too. */
  readonly failover: readonly string[];
  /** Where the caller's sidecar listens for this callee, on 127.0.0.1. Follows from the callee's name alone unless chosen. */
  readonly localPort: number;
  /** The environment variables that tell the app. */
  readonly variables: { readonly url: string; readonly host: string; readonly port: string };
}
