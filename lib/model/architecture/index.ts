import type { Call } from './call.js';
import type { Environment } from './environment.js';
import type { External } from './external.js';
import type { Authorizer, Gateway } from './gateway.js';
import type { RateLimitService } from './global-rate-limit.js';
import type { ModelPath } from './model-path.js';
import type { Mtls } from './mtls.js';
import type { Observability } from './observability.js';
import type { Service } from './service.js';

export type { PathMatch } from '../path-match.js';
export type * from './action.js';
export type * from './admission.js';
export type * from './call.js';
export type * from './environment.js';
export type * from './external.js';
export type * from './gateway.js';
export type * from './global-rate-limit.js';
export type * from './interception.js';
export type * from './listener.js';
export type * from './match.js';
export type * from './model-path.js';
export type * from './mtls.js';
export type * from './observability.js';
export type * from './policy.js';
export type * from './rate-limit.js';
export type * from './resilience.js';
export type * from './rule.js';
export type * from './run.js';
export type * from './service.js';
export type * from './tokens.js';
export type * from './version.js';

/**
 * An architecture with every default explicit, every name resolved and every policy merged: what checks, engines, reviews and the twin take.
 * None of them derives a default again. Frozen; lists are sorted by name, and the same declaration always gives the same bytes.
 */
export interface Architecture {
  readonly name: string;
  /** Where it runs: `local` in the twin, else a name such as `prod`. */
  readonly environment: string;
  /** Whether that environment is marked so: what risks clients on purpose is refused there. */
  readonly production: boolean;
  /** Every environment that is declared, sorted by name. */
  readonly environments: readonly Environment[];
  /** The SPIFFE trust domain: `<name>.<environment>.mesh.internal` unless declared. */
  readonly trustDomain: string;
  readonly mtls: Mtls;
  /** Whose defaults hold where nobody said anything: App Mesh's, or undefined for the mesh's own. They are in every value already. */
  readonly compatibility: 'app-mesh' | undefined;
  readonly services: readonly Service[];
  readonly externals: readonly External[];
  /** Every declared dependency, sorted by caller, then callee. */
  readonly calls: readonly Call[];
  readonly authorizers: readonly Authorizer[];
  readonly gateways: readonly Gateway[];
  readonly observability: Observability;
  /** Who counts for global rate limits; undefined where there are none. */
  readonly rateLimitService: RateLimitService | undefined;
  /** Findings that people accepted, each with its reason. */
  readonly acknowledgements: readonly Acknowledgement[];
}

export interface Acknowledgement {
  /** Findings at this path or below it. */
  readonly path: ModelPath;
  readonly check: string;
  readonly reason: string;
}
