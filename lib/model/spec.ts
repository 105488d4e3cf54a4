import type { Duration } from './duration.js';

/** Further tries after the first, made by the caller's sidecar. */
export interface RetriesSpec {
  /** Further tries: 1 means two in all. 1 to 10. */
  max: number;
  /** The longest one try may take. @default the whole timeout */
  perTry?: Duration;
  /** What is tried again; `unprocessed` is always among them. @default ['unprocessed'] */
  on?: ('unprocessed' | 'unavailable' | 'gateway-error' | '5xx' | 'reset' | 'timeout')[];
}

/** Whole fields: call > the call's `use` > route > `mesh.defaults`. Of a call's and a route's timeout the stricter holds. */
export interface PolicySpec {
  /** The whole answer, all tries together. @default '2s' */
  timeout?: Duration;
  /** `false` for none. @default { max: 1, on: ['unprocessed'] }: what never reached the app is tried once more */
  retries?: RetriesSpec | false;
}

/** Findings accepted here and below, each with its reason: `{ 'calls-are-acyclic': 'ends at the third hop' }`. */
export type Acknowledge = Record<string, string>;

export interface MeshSpec {
  /** Mutual TLS between sidecars, verified on both sides. @default 'strict' */
  mtls?: 'strict';
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

export interface ServiceLeaf extends VersionSpec {
  /** Groups services in graphs. */
  domain?: string;
  /** The team that answers for it. */
  owner?: string;
  /** What the app speaks, and where. Absent: a worker, which calls and is never called. */
  listen?: { protocol: 'http' | 'http2'; port: number };
  /** Where the app says that it can take requests. */
  health?: { path: string };
  /** Circuit breaking at this service, for each instance. @default { connections: 1024, pendingRequests: 1024, requests: 1024 } */
  pool?: { connections?: number; pendingRequests?: number; requests?: number };
  /** When callers leave an instance alone. @default { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 } */
  outlierDetection?: { errors: number; interval?: Duration; ejectFor?: Duration; maxEjectedPercent?: number };
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
/** `GET /orders/{id}`, `ANY /legacy/{path+}`. */
export type RouteKey = `${Method | 'ANY'} /${string}`;
export type StringMatch = string | { prefix: string } | { suffix: string } | { regex: string } | { present: boolean };

/** All that is given must hold. */
export interface MatchSpec {
  /** In API Gateway's grammar, matched by whole segments. */
  path?: string;
  method?: Method | Method[];
  headers?: Record<string, StringMatch>;
}

/** Shares of requests by version; they add up to 100. */
export type SplitSpec<V extends string> = { [K in V]?: number };

export interface RouteLeaf extends PolicySpec {
  match?: MatchSpec;
  /** Every request that this route takes may be repeated, whatever its method. @default false */
  idempotent?: boolean;
}
export interface RouteSpec<V extends string> extends RouteLeaf {
  /** @default the service's `traffic` */
  to?: [V] extends [never] ? never : V | SplitSpec<V>;
  acknowledge?: Acknowledge;
}

export interface CallLeaf extends PolicySpec {
  /** Calls per request that the caller handles. @default 1 */
  fanOut?: number;
  /** Every request of this call may be repeated, whatever its method. @default false */
  idempotent?: boolean;
  /** Where the app finds the callee, on 127.0.0.1. @default from the callee's name, 20000–29999 */
  localPort?: number;
  /** The variables that tell the app. @default { url: 'ORDERS_URL', host: 'ORDERS_HOST', port: 'ORDERS_PORT' } for `orders` */
  env?: { url?: string; host?: string; port?: string };
}
export interface CallSpec<P extends string> extends CallLeaf {
  /** A policy of `policies`. */
  use?: P;
  acknowledge?: Acknowledge;
}

/** A phantom key: carries names for the compiler, offered by no editor. */
declare const names: unique symbol;

export interface ServiceSpec<N extends string, V extends string, P extends string> extends ServiceLeaf {
  calls?: { [K in N]?: CallSpec<P> };
  /** Needed where several versions are declared. */
  traffic?: [V] extends [never] ? never : SplitSpec<V>;
  /** First match wins; what none takes is split by `traffic`. */
  routes?: RouteSpec<V>[];
  /** Exactly who may ask for what. @default every declared caller and gateway route */
  access?: { [K in N | 'gateways']?: '*' | RouteKey[] };
  acknowledge?: Acknowledge;
  [names]?: N;
}

export interface ExternalLeaf {
  protocol: 'http' | 'https' | 'tcp';
  /** @default 80 for http, 443 for https; tcp has none */
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
  /** A fixed answer, without any service. */
  respond?: { status: number; json?: unknown };
}
export interface GatewayRouteSpec<N extends string, A extends string> extends GatewayRouteLeaf {
  to?: N;
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
  routes: { [K in RouteKey]?: GatewayRouteSpec<N, A> };
  acknowledge?: Acknowledge;
}

type Key<T> = Extract<keyof T, string>;
type Names<T, X> = NoInfer<Key<T> | Key<X>>;

/**
 * What a user writes. The compiler infers services with their versions (`T`), externals with or without a host (`X`), authorizers (`A`) and policies (`P`),
 * and then holds every name against them.
 */
export interface ArchitectureSpec<T, X, A, P extends string> {
  name: string;
  mesh?: MeshSpec & { defaults?: PolicySpec };
  /** Shared policies, for `use`. */
  policies?: { [K in P]: PolicySpec };
  services?: {
    [K in keyof T]: ServiceSpec<Names<T, X>, NoInfer<Key<T[K]>>, NoInfer<P>> & { versions?: { [V in keyof T[K]]: VersionSpec } };
  };
  external?: { [K in keyof X]: ExternalLeaf & { host?: X[K]; acknowledge?: Acknowledge } } & { [K in NoInfer<keyof T>]?: never };
  authorizers?: { [K in keyof A]: AuthorizerLeaf & { kind: A[K] & 'jwt' } } & { public?: never };
  gateways?: Record<string, GatewaySpec<Names<T, X>, NoInfer<Key<A>>>>;
  acknowledge?: Acknowledge;
}
