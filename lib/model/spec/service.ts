import type { Duration } from '../duration.js';
import type { Schedule } from '../schedule.js';
import type { Acknowledge } from './acknowledge.js';
import type { CallSpec } from './call.js';
import type { GlobalRateLimitSpec } from './global-rate-limit.js';
import type { InterceptionSpec } from './interception.js';
import type { ListenSpec } from './listen.js';
import type { ObjectiveSpec } from './objective.js';
import type { names } from './phantom.js';
import type { RateLimitSpec } from './rate-limit.js';
import type { BalanceSpec, HealthSpec, PoolSpec } from './resilience.js';
import type { RouteSpec, SplitSpec } from './route.js';
import type { RouteKey } from './route-key.js';
import type { TokensSpec } from './tokens.js';
import type { VersionSpec } from './version.js';

export interface ServiceLeaf extends VersionSpec {
  /** Groups services in graphs and on the live page. @default none */
  domain?: string;
  /** The team that answers for it, shown in the review. @default nobody */
  owner?: string;
  /** Absent: a worker, which calls and is never called. */
  listen?: ListenSpec;
  /**
   * When a worker runs: one task that ends by itself. `cron(minutes hours day-of-month month day-of-week year)` in UTC, or `rate(6 hours)`.
   * @default it runs all the time
   */
  schedule?: Schedule;
  /**
   * Opts in to have the app's traffic intercepted: it asks callees by their names and ports (`http://pricing:8080`), its sidecar takes the connection, and
   * what no call is declared for is refused. What the app needs for that is in docs/interception.md.
   * @default not intercepted: the app asks its sidecar on 127.0.0.1, and may open sockets of its own
   */
  interception?: InterceptionSpec;
  /** What it promises to its callers. @default nothing */
  objective?: ObjectiveSpec;
  /**
   * What its gRPC methods take and answer, for gateways' routes with `rpc`: a FileDescriptorSet in base64. `protoc --include_imports --descriptor_set_out=quotes.pb
   * quotes.proto` makes one, `readFileSync('quotes.pb').toString('base64')` reads it, in the architecture's own file. The ingress gets what its routes need of
   * it, which has to fit into its configuration: 48 KiB for everything on AWS. At most 1 MiB. @default none
   */
  descriptors?: string;
  /** Where the app says that it can take requests: what the twin waits for, and callers ask where it is `active`. @default its port takes a connection */
  health?: HealthSpec;
  /** Circuit breaking at this service, for each instance. @default { connections: 1024, pendingRequests: 1024, requests: 1024 } */
  pool?: PoolSpec;
  /** How callers choose among its instances. @default 'round-robin' */
  balance?: BalanceSpec;
  /**
   * `'prefer-own'`: callers ask instances in their own availability zone, as far as each instance keeps its share of the load; where the zone has too few, or
   * none that is well, the others take the rest. One request in twenty is balanced over all zones, so that connections to the others are open on the day when
   * they are needed. Not with a `hash`, which decides by the request, and not over TCP. Acts where instances are known with their zones: in the twin, and not
   * on AWS as long as they are found by DNS.
   * @default whatever the zone
   */
  zones?: 'prefer-own';
  /**
   * Once fewer than so many percent of a version's instances are left, callers use all of them again, sick ones too: better than to crush the rest.
   * 0 is never. @default 50
   */
  panic?: number;
  /**
   * When callers leave an instance alone: after `errors` answers in a row that are 5xx or none (1 to 1000), looked at every `interval`, for `ejectFor`, longer
   * each time, and never more than `maxEjectedPercent` of a version at once (0 to 100).
   * @default { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 }
   */
  outlierDetection?: { errors: number; interval?: Duration; ejectFor?: Duration; maxEjectedPercent?: number };
  /** What each instance takes of all requests together. A route's own limit holds as well, not instead. @default no limit */
  rateLimit?: RateLimitSpec;
  /** What all instances take together, besides. A route's own limit holds as well, not instead. @default no limit */
  globalRateLimit?: GlobalRateLimitSpec;
}

export interface AccessSpec {
  /** What the caller may ask for. @default any request */
  allow?: RouteKey[];
  /** What it may not, whatever `allow` says; `GET` means HEAD too, and a path is denied in every spelling that an app may take for it. @default nothing */
  deny?: RouteKey[];
}

/** `N` are services and externals, `V` its own versions, `P` policies, `A` authorizers, `O` further ports of services. */
export interface ServiceSpec<
  N extends string,
  V extends string,
  P extends string,
  A extends string = string,
  O extends string = `${N}:${string}`,
> extends ServiceLeaf {
  /** A user's token that requests carry, besides the caller's own identity. @default none is asked for */
  tokens?: TokensSpec<A>;
  /**
   * Further ports of the app, beside `listen`; each is called by its own name: `calls: { 'pricing:metrics': {} }`. Who calls one may ask it for anything;
   * `routes`, `access`, `tokens`, `health` and rate limits speak of `listen` alone. One that nobody calls cannot be reached. @default none
   */
  ports?: Record<string, ListenSpec>;
  /** Callees by name: services, externals, and further ports of services as `pricing:metrics`. Any other is refused by the callee. @default none */
  calls?: { [K in N | O]?: CallSpec<P, N> };
  /** Queues that it pulls from: externals of kind `queue`. No call, so no sidecar is in between; the app asks the queue itself. @default none */
  consumes?: N[];
  /** Shares of the versions, in percent; they add up to 100. Needed where several are declared. @default all to the only one */
  traffic?: [V] extends [never] ? never : SplitSpec<V>;
  /** First match wins; what none takes is split by `traffic`. @default none */
  routes?: RouteSpec<V, N>[];
  /** Exactly who may ask for what: any request, a list, or `{ allow?, deny? }`, where `deny` wins. @default every declared caller and gateway route */
  access?: { [K in N | 'gateways']?: '*' | RouteKey[] | AccessSpec };
  acknowledge?: Acknowledge;
  readonly [names]?: { readonly callees: N | O; readonly policies: P };
}
