import type { Admission } from './admission.js';
import type { GlobalRateLimit, RateLimitService } from './global-rate-limit.js';
import type { Interception } from './interception.js';
import type { FurtherPort, Listener } from './listener.js';
import type { ModelPath } from './model-path.js';
import type { PlaintextClient } from './mtls.js';
import type { RateLimit } from './rate-limit.js';
import type { ActiveHealth, Balance, OutlierDetection, Pool } from './resilience.js';
import type { Rule, Split } from './rule.js';
import type { Tokens } from './tokens.js';
import type { Version } from './version.js';

/** A named workload: one identity, one task role, one or more versions. */
export interface Service {
  readonly name: string;
  readonly path: ModelPath;
  /** `spiffe://<trust domain>/svc/<service>`. */
  readonly identity: string;
  readonly domain: string | undefined;
  readonly owner: string | undefined;
  /** Absent for a worker, which calls but is never called. */
  readonly listen: Listener | undefined;
  /** Further ports of the app, sorted by name. */
  readonly ports: readonly FurtherPort[];
  /** When a worker runs, as AWS EventBridge writes it, in UTC; undefined for what runs all the time. */
  readonly schedule: string | undefined;
  /** Queues that it pulls from, by the names of their externals. Sorted. */
  readonly consumes: readonly string[];
  /** Whether its app's traffic goes to its sidecar whatever address it is for; undefined where the app asks its sidecar itself. */
  readonly interception: Interception | undefined;
  /** What its gRPC methods take and answer: a FileDescriptorSet in base64, readable. */
  readonly descriptors: string | undefined;
  /** What it promises to its callers, all that it depends on included. */
  readonly objective: Objective;
  /** Where the app says that it can take requests; `active` where its callers' sidecars ask. */
  readonly health: { readonly path: string; readonly active: ActiveHealth | undefined } | undefined;
  readonly versions: readonly Version[];
  /** The declared split of requests that no rule sends elsewhere, in declaration order of the versions. Weights as declared. */
  readonly traffic: readonly Split[];
  /** What this service does with a request, first match wins; the last rule matches everything and splits by `traffic`. Empty for TCP, whose connections `traffic` splits. */
  readonly rules: readonly Rule[];
  /** Circuit breaking at this service: what one instance takes from its sidecar at a time. */
  readonly pool: Pool;
  /** How callers stop using an instance that fails; undefined where they do not. */
  readonly outlierDetection: OutlierDetection | undefined;
  /** How callers choose among the instances of a version. */
  readonly balance: Balance;
  /** `prefer-own`: callers ask in their own availability zone first. Never with a hash, nor over TCP. */
  readonly zones: 'prefer-own' | undefined;
  /** Percent of a version's instances below which callers use all of them, sick or not. 0: never. */
  readonly panic: number;
  /** What one instance takes of all requests; undefined is no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** What all instances take of all requests; undefined is no limit. */
  readonly globalRateLimit: GlobalRateLimit | undefined;
  /** Who counts for its global limit and those of its rules; undefined where there are none. */
  readonly countedBy: RateLimitService | undefined;
  /** Whether it proves who it is and asks others to, as the mesh says. */
  readonly mtls: 'on' | 'off';
  /** Who may ask it in plaintext as well, for anything; nobody unless the mesh is permissive. Sorted by name. */
  readonly plaintext: readonly PlaintextClient[];
  /** A user's token that requests carry, besides the caller's own identity. */
  readonly tokens: Tokens | undefined;
  /** Who may ask for what; whoever is not listed is refused. Sorted by caller. */
  readonly admits: readonly Admission[];
  /** Whether `access` was declared, or `admits` follows from the declared calls and gateway routes alone. */
  readonly accessDeclared: boolean;
}

/** Undefined where nothing is promised. */
export interface Objective {
  /** Percent of requests that are answered well. */
  readonly availability: number | undefined;
  /** Milliseconds that all but one request in a hundred take at most. */
  readonly p99: number | undefined;
}
