import type { ActionLeaf, MirrorSpec } from './action-spec.js';
import type { Duration } from './duration.js';
import type { EnvironmentSpec } from './environment-spec.js';
import type { MatchSpec } from './match-spec.js';
import type { MtlsSpec } from './mtls-spec.js';
import type { ObjectiveSpec } from './objective-spec.js';
import type { names } from './phantom.js';
import type { BackOffSpec, BalanceSpec, FaultsSpec, HealthSpec, PoolSpec } from './resilience-spec.js';

export type * from './resilience-spec.js';

import type { Schedule } from './schedule.js';
import type { TokensSpec } from './tokens-spec.js';

export type * from './action-spec.js';
export type * from './environment-spec.js';
export type * from './match-spec.js';
export type * from './mtls-spec.js';
export type * from './objective-spec.js';
export type * from './tokens-spec.js';

/** Further tries after the first, made by the caller's sidecar. */
export interface RetriesSpec {
  /** Further tries: 1 means two in all. 1 to 10. */
  max: number;
  /** The longest one try may take. @default the whole timeout */
  perTry?: Duration;
  /** What is tried again; `unprocessed` is always among them. @default ['unprocessed'] */
  on?: (
    | 'unprocessed'
    | 'unavailable'
    | 'gateway-error'
    | '5xx'
    | 'reset'
    | 'timeout'
    | 'cancelled'
    | 'deadline-exceeded'
    | 'grpc-unavailable'
    | 'internal'
    | 'resource-exhausted'
  )[];
  /** Further tries, as a percentage of what one instance of the caller has under way to a version; 3 in any case. Where rules differ, the least holds. @default 20 */
  budget?: number;
  backOff?: BackOffSpec;
}

/** Whole fields: call > the call's `use` > route > `mesh.defaults`. Of a call's and a route's timeout the stricter holds. */
export interface PolicySpec {
  /** The whole answer, all tries together. @default '2s' */
  timeout?: Duration;
  /** How long nothing may travel in either direction, before the answer or in the middle of it. @default '5m' */
  idle?: Duration;
  /**
   * `false` for none. Over TCP connecting is tried again, and the timeout is divided among the tries.
   * @default { max: 1, on: ['unprocessed'] }: what never reached the app is tried once more
   */
  retries?: RetriesSpec | false;
}

/** Findings accepted here and below, each with its reason: `{ 'calls-are-acyclic': 'ends at the third hop' }`. */
export type Acknowledge = Record<string, string>;

export interface RateLimitSpec {
  /** Requests a second, steady, that one instance takes; its sidecar answers the others 429. Above 0, at most 100000. */
  rate: number;
  /** Requests that may come at once. 1 to 100000. */
  burst: number;
  /** Each caller has so much for itself, known by its certificate; a gateway is one caller. @default all callers share it */
  per?: 'caller';
}

export interface MeshSpec<N extends string = string> {
  /** Mutual TLS between sidecars, verified on both sides. @default 'strict' */
  mtls?: MtlsSpec<N>;
  /** Calls that are not declared are refused by the callee. @default 'declared' */
  egress?: 'declared';
  /** The SPIFFE trust domain. @default '<name>.<environment>.mesh.internal' */
  trustDomain?: string;
}

export interface ScaleSpec {
  /** Instances at least. @default 2, and 1 for a worker */
  min: number;
  max: number;
  /** What one instance can carry. */
  requestsPerSecond?: number;
}

export interface VersionSpec {
  /** @default bound by the CDK side; a stub in the twin */
  image?: string;
  /** Replaces the image's command. */
  command?: string[];
  /** Environment variables. A secret is no environment variable. */
  env?: Record<string, string>;
  scale?: ScaleSpec;
}

/** What the app speaks, and where. */
export interface ListenSpec {
  /**
   * `http` is HTTP/1.1. `grpc` is HTTP/2 whose `grpc-timeout` is honoured up to the timeout of its rule. `tcp` has connections and no requests: who may
   * connect is decided by the certificate alone, before a byte is passed, and so also where the server speaks first.
   */
  protocol: 'http' | 'http2' | 'grpc' | 'tcp';
  port: number;
  /** How long a connection over `tcp` may be silent. @default '1h', for tcp alone */
  idleTimeout?: Duration;
  /** How long a connection over `tcp` may last: its peer proved its identity when it opened. @default '1h', for tcp alone */
  maxAge?: Duration;
}

export interface ServiceLeaf extends VersionSpec {
  /** Groups services in graphs. */
  domain?: string;
  /** The team that answers for it. */
  owner?: string;
  /** Absent: a worker, which calls and is never called. */
  listen?: ListenSpec;
  /**
   * When a worker runs: one task that ends by itself. `cron(minutes hours day-of-month month day-of-week year)` in UTC, or `rate(6 hours)`.
   * @default it runs all the time
   */
  schedule?: Schedule;
  /** What it promises to its callers. @default nothing */
  objective?: ObjectiveSpec;
  /** Where the app says that it can take requests. */
  health?: HealthSpec;
  /** Circuit breaking at this service, for each instance. @default { connections: 1024, pendingRequests: 1024, requests: 1024 } */
  pool?: PoolSpec;
  /** How callers choose among its instances. @default 'round-robin' */
  balance?: BalanceSpec;
  /**
   * Once fewer than so many percent of a version's instances are left, callers use all of them again, sick ones too: better than to crush the rest.
   * 0 is never. @default 50
   */
  panic?: number;
  /** When callers leave an instance alone. @default { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 } */
  outlierDetection?: { errors: number; interval?: Duration; ejectFor?: Duration; maxEjectedPercent?: number };
  /** What each instance takes of all requests together. A route's own limit holds as well, not instead. @default no limit */
  rateLimit?: RateLimitSpec;
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
/** `GET /orders/{id}`, `ANY /legacy/{path+}`. */
export type RouteKey = `${Method | 'ANY'} /${string}`;
export type StringMatch = string | { prefix: string } | { suffix: string } | { regex: string } | { present: boolean };

/** Shares of requests by version; they add up to 100. */
export type SplitSpec<V extends string> = { [K in V]?: number };

export interface RouteLeaf extends PolicySpec, ActionLeaf {
  match?: MatchSpec;
  /** Every request that this route takes may be repeated, whatever its method. @default false */
  idempotent?: boolean;
  /** What each instance takes of the requests of this route. @default no limit but the service's */
  rateLimit?: RateLimitSpec;
  /**
   * The answer (or the request) goes on: a feed, a subscription, a long download. It has no timeout, whoever asks, and no `perTry`: it ends after `idle` of
   * silence, or at the age of one hour, so that no connection outlives its certificate for long. @default false
   */
  stream?: true;
  /**
   * This route takes only requests that ask to become a WebSocket, which is a stream: no timeout, `idle` of silence, one hour of age. The app speaks HTTP/1.1.
   * Gateways of kind rest and http pass none on. @default requests are requests
   */
  upgrade?: 'websocket';
  /** For whoever calls; a call's own come first. @default none */
  faults?: FaultsSpec;
}
export interface RouteSpec<V extends string, N extends string = never> extends RouteLeaf {
  match?: MatchSpec<N>;
  /** @default the service's `traffic` */
  to?: [V] extends [never] ? never : V | SplitSpec<V>;
  /** A version that gets a copy of each request; its answers are dropped. Copies of a POST do everything twice. @default none */
  mirror?: [V] extends [never] ? never : V | MirrorSpec<V>;
  acknowledge?: Acknowledge;
}

export interface CallLeaf extends PolicySpec {
  /** Calls per request that the caller handles. @default 1 */
  fanOut?: number;
  /** Every request of this call may be repeated, whatever its method. @default false */
  idempotent?: boolean;
  /**
   * What each instance of the caller may have under way to one version of the callee; the rest is answered 503 at once. Over HTTP/2, as always inside the
   * mesh, a connection carries 100 requests. @default { connections: 1024, pendingRequests: 1024, requests: 1024 }
   */
  pool?: PoolSpec;
  /** @default none */
  faults?: FaultsSpec;
  /** Where the app finds the callee, on 127.0.0.1. @default from the callee's name, 20000–29999 */
  localPort?: number;
  /** The variables that tell the app. @default { url: 'ORDERS_URL', host: 'ORDERS_HOST', port: 'ORDERS_PORT' } for `orders` */
  env?: { url?: string; host?: string; port?: string };
}
export interface CallSpec<P extends string, N extends string = string> extends CallLeaf {
  /** A policy of `policies`. */
  use?: P;
  /**
   * Who takes the requests where the callee cannot, in this order: a further try goes to the next at once, first tries as instances are ejected (all of them
   * may be, since there is somewhere to go). Each needs a call of its own, and is asked as by that call: its identity, routes, policy; this call's timeout holds
   * for all of it.
   * @default nobody
   */
  failover?: N | N[];
  acknowledge?: Acknowledge;
}

export interface AccessSpec {
  /** What the caller may ask for. @default any request */
  allow?: RouteKey[];
  /** What it may not, whatever `allow` says; `GET` means HEAD too, and a path is denied in every spelling that an app may take for it. @default nothing */
  deny?: RouteKey[];
}

export interface ServiceSpec<N extends string, V extends string, P extends string, A extends string = string> extends ServiceLeaf {
  /** A user's token that requests carry, besides the caller's own identity. @default none is asked for */
  tokens?: TokensSpec<A>;
  /**
   * Further ports of the app, beside `listen`; each is called by its own name: `calls: { 'pricing:metrics': {} }`. Who calls one may ask it for anything;
   * `routes`, `access`, `tokens`, `health` and `rateLimit` speak of `listen` alone. One that nobody calls cannot be reached. @default none
   */
  ports?: Record<string, ListenSpec>;
  /** Callees by name: services, externals, and further ports of services as `pricing:metrics`. */
  calls?: { [K in N | `${N}:${string}`]?: CallSpec<P, N> };
  /** Queues that it pulls from: externals of kind `queue`. No call, so no sidecar is in between; the app asks the queue itself. @default none */
  consumes?: N[];
  /** Needed where several versions are declared. */
  traffic?: [V] extends [never] ? never : SplitSpec<V>;
  /** First match wins; what none takes is split by `traffic`. */
  routes?: RouteSpec<V, N>[];
  /** Exactly who may ask for what: any request, a list, or `{ allow?, deny? }`, where `deny` wins. @default every declared caller and gateway route */
  access?: { [K in N | 'gateways']?: '*' | RouteKey[] | AccessSpec };
  acknowledge?: Acknowledge;
  readonly [names]?: { readonly callees: N; readonly policies: P };
}

export interface ExternalLeaf {
  /** Over `tls` the app speaks TLS itself, end to end: its sidecar lets through what asks for the declared host by name (SNI), and sees nothing of it. */
  protocol: 'http' | 'https' | 'tcp' | 'tls';
  /** @default 80 for http, 443 for https and tls; tcp has none */
  port?: number;
  kind?: 'database' | 'cache' | 'queue' | 'saas' | 'aws' | 'monolith';
}

export interface AuthorizerLeaf {
  /** Compared with the token's `iss`, byte for byte. */
  issuer: string;
  audience: string[];
  /** Where its public keys are. @default '<issuer>/.well-known/jwks.json' */
  jwks?: string;
}

export interface ThrottleSpec {
  /** Requests a second, steady. */
  rate: number;
  /** Requests that may come at once. */
  burst: number;
}

/** Who may use a route: an authorizer (with scopes, one of which the token must carry), or everyone, said aloud. */
export type AuthSpec<A extends string> = A | 'public' | { use: A; scopes?: string[] };

export interface GatewayRouteLeaf {
  /** The path that the target sees, with the same parameters. @default the client's */
  path?: string;
  /** @default the gateway's */
  throttle?: ThrottleSpec;
  /** @default API Gateway's limit: 29s for rest, 30s for http */
  timeout?: Duration;
  /** Browsers call a gRPC service by gRPC-Web: the ingress makes gRPC of it, for POST requests of this route. @default false */
  grpcWeb?: true;
  /** A fixed answer, without any service. */
  respond?: { status: number; json?: unknown };
}
export interface GatewayRouteSpec<N extends string, A extends string> extends GatewayRouteLeaf {
  /** A service, an external, or a further port of a service as `pricing:metrics`. */
  to?: N | `${N}:${string}`;
  /** @default the gateway's; a route without either is an error */
  auth?: AuthSpec<A>;
  acknowledge?: Acknowledge;
}

export interface GatewaySpec<N extends string, A extends string> {
  /** API Gateway's REST or HTTP API. */
  kind: 'rest' | 'http';
  /** For routes that say nothing. No default: who opens, says `'public'`. */
  auth?: AuthSpec<A>;
  /** For each route that has none of its own: API Gateway counts every route by itself. @default { rate: 100, burst: 200 } */
  throttle?: ThrottleSpec;
  /** Ranges of addresses that clients may ask from, such as `'203.0.113.0/24'`, as API Gateway saw them; `X-Forwarded-For` is never asked. @default anywhere */
  allow?: string[];
  /** Ranges that they may not ask from, whatever `allow` says. @default none */
  deny?: string[];
  routes: { [K in RouteKey]?: GatewayRouteSpec<N, A> };
  acknowledge?: Acknowledge;
}

export interface TracesLeaf {
  /** Percent of requests that a trace begins with at the mesh's way in, or where a worker calls; further hops follow. 0 to 100. @default 5 */
  sample?: number;
}

/** What the Envoys of the mesh show of themselves, besides their access logs. */
export interface ObservabilityLeaf {
  /**
   * Statistics in the format of Prometheus, read-only, on port 15090 of every task: for a scraper in the `task`, or on the `network`, where everyone whom a
   * security group lets in reads names and rates of services. @default nowhere
   */
  metrics?: 'task' | 'network';
}
export interface ObservabilitySpec<X extends string> extends ObservabilityLeaf {
  /**
   * Traces by OpenTelemetry, OTLP over HTTP, to `/v1/traces` of a declared external: a collector, or the agent of a vendor. AWS's and Datadog's take OTLP and
   * hand it on. A trace goes on past an app only if the app passes on `traceparent`. @default none
   */
  traces?: TracesLeaf & { to: X };
}

type Key<T> = Extract<keyof T, string>;
type Names<T, X> = NoInfer<Key<T> | Key<X>>;

/**
 * What a user writes. The compiler infers services with their versions (`T`), externals with or without a host (`X`), authorizers (`A`) and policies (`P`),
 * and then holds every name against them.
 */
export interface ArchitectureSpec<T, X, A, P extends string> {
  name: string;
  mesh?: MeshSpec<NoInfer<Key<T>>> & { defaults?: PolicySpec };
  /** Shared policies, for `use`. */
  policies?: { [K in P]: PolicySpec };
  services?: {
    [K in keyof T]: ServiceSpec<Names<T, X>, NoInfer<Key<T[K]>>, NoInfer<P>, NoInfer<Key<A>>> & {
      versions?: { [V in keyof T[K]]: VersionSpec };
    };
  };
  external?: { [K in keyof X]: ExternalLeaf & { host?: X[K]; acknowledge?: Acknowledge } } & { [K in NoInfer<keyof T>]?: never };
  authorizers?: { [K in keyof A]: AuthorizerLeaf & { kind: A[K] & 'jwt' } } & { public?: never };
  gateways?: Record<string, GatewaySpec<Names<T, X>, NoInfer<Key<A>>>>;
  observability?: ObservabilitySpec<NoInfer<Key<X>>>;
  /** Once some are declared, an environment is one of them, or `local`. @default any name, and everything as declared */
  environments?: Record<string, EnvironmentSpec<NoInfer<T>, NoInfer<Key<X>>>>;
  acknowledge?: Acknowledge;
}
