import type { ModelPath } from '../model/architecture/index.js';

/** What an architecture may ask of an engine: one list for all engines, so that their tables can be laid side by side. */
export const features = [
  'in-service',
  'limits',
  'mutual-tls',
  'certificate-rotation',
  'access-by-caller',
  'access-by-request',
  'gateway-identity',
  'weighted-versions',
  'routes-swap',
  'match-path',
  'match-methods',
  'match-headers',
  'match-path-bytes',
  'match-path-regex',
  'match-header-range',
  'match-header-not',
  'match-query',
  'match-caller',
  'match-rpc',
  'traffic-mirroring',
  'path-rewrite',
  'host-rewrite',
  'redirects',
  'direct-responses',
  'header-changes',
  'timeouts',
  'retries',
  'retry-unprocessed',
  'policy-per-caller',
  'pool',
  'outlier-detection',
  'externals',
  'declared-egress',
  'local-ports',
  'interception',
  'further-ports',
  'safe-defaults',
  'app-mesh-defaults',
  'grpc',
  'grpc-timeout',
  'grpc-status',
  'tcp-services',
  'tls-passthrough',
  'websocket',
  'grpc-web',
  'grpc-json',
  'tls-origination',
  'access-deny',
  'address-lists',
  'tokens-inside',
  'mtls-permissive',
  'mtls-off',
  'rate-limit',
  'rate-limit-per-caller',
  'global-rate-limit',
  'global-rate-limit-per-caller',
  'idle-timeout',
  'streams',
  'caller-pool',
  'retry-budget',
  'retry-back-off',
  'retry-grpc',
  'retry-tcp',
  'active-health',
  'failover',
  'balancing',
  'zone-aware-balancing',
  'panic',
  'draining',
  'fault-injection',
  'traces',
  'traces-x-ray',
  'traces-datadog',
  'metrics',
  'access-log',
] as const;

export type Feature = (typeof features)[number];

/** How far something is carried. */
export interface Support {
  readonly support: 'full' | 'partial' | 'absent';
  /** How it is carried, or what is missing. One sentence, lower case, no full stop. */
  readonly reason: string;
}

export const full = (reason: string): Support => ({ support: 'full', reason });
export const partial = (reason: string): Support => ({ support: 'partial', reason });
export const absent = (reason: string): Support => ({ support: 'absent', reason });

/** How far an engine carries a feature. */
export interface Capability extends Support {
  readonly feature: Feature;
}

/** An engine's table, in the order of all features; the compiler sees one that is left out. */
export const capabilitiesOf = (table: Readonly<Record<Feature, Support>>): readonly Capability[] =>
  features.map((feature) => ({ feature, ...table[feature] }));

/** A place where an engine cannot carry what the architecture says. */
export interface Loss {
  readonly feature: Feature;
  readonly at: ModelPath;
  /** What will be instead; names the values and both parties. Lower case, no full stop. */
  readonly is: string;
  /** `error` where something declared is not enforced, `warning` where it is carried otherwise than declared. */
  readonly severity: 'error' | 'warning';
}
