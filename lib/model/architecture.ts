import type { Action } from './action.js';
import type { Match } from './match.js';
import type { Mtls, PlaintextClient } from './mtls.js';
import type { PathPattern } from './path.js';
import type { ActiveHealth, BackOff, Balance, Faults, Pool } from './resilience.js';
import type { Tokens } from './tokens.js';

export type { Action, Answer, HeaderChanges } from './action.js';
export type { HeaderMatch, Match, ValueMatch } from './match.js';
export type { Mtls, PlaintextClient } from './mtls.js';
export type { PathMatch } from './path-match.js';
export type * from './resilience.js';
export type { Tokens } from './tokens.js';

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
  readonly services: readonly Service[];
  readonly externals: readonly External[];
  /** Every declared dependency, sorted by caller, then callee. */
  readonly calls: readonly Call[];
  readonly authorizers: readonly Authorizer[];
  readonly gateways: readonly Gateway[];
  readonly observability: Observability;
  /** Findings that people accepted, each with its reason. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** A declared environment. */
export interface Environment {
  readonly name: string;
  readonly path: ModelPath;
  readonly production: boolean;
  /** What it says instead of the declaration: whole fields. */
  readonly replaces: readonly Replacement[];
}

export interface Replacement {
  /** What is replaced: `services.catalog.scale`. */
  readonly path: ModelPath;
  /** As written. */
  readonly value: unknown;
}

/** What Envoys show of themselves, besides their access logs. */
export interface Observability {
  readonly traces:
    | {
        /** The external that collects them, by OTLP over HTTP. */
        readonly to: string;
        /** Percent of requests that a trace begins with. */
        readonly sample: number;
        readonly path: ModelPath;
      }
    | undefined;
  /** Who can reach the statistics: whatever runs in the same task, or on the network too. */
  readonly metrics: 'task' | 'network' | undefined;
}

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
  /** How callers stop using an instance that fails. */
  readonly outlierDetection: OutlierDetection;
  /** How callers choose among the instances of a version. */
  readonly balance: Balance;
  /** Percent of a version's instances below which callers use all of them, sick or not. 0: never. */
  readonly panic: number;
  /** What one instance takes of all requests; undefined is no limit. */
  readonly rateLimit: RateLimit | undefined;
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

/** One deployable variant of a service. */
export interface Version {
  /** Unique in the architecture, fit for DNS: the service's name, or `<service>-<version>` where versions are declared. */
  readonly id: string;
  readonly service: string;
  /** As declared under `versions`; undefined where the service declares none. */
  readonly name: string | undefined;
  readonly path: ModelPath;
  /** Undefined where the CDK side must bind it (the twin runs a stub). */
  readonly image: string | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly scale: Scale;
}

/** What the app speaks on `port`. Between sidecars it is always mutual TLS, and HTTP/2 in it unless the app speaks `tcp`. */
export type Listener =
  | { readonly protocol: 'http' | 'http2' | 'grpc'; readonly port: number }
  | {
      readonly protocol: 'tcp';
      readonly port: number;
      /** How long a connection may be silent, in milliseconds. */
      readonly idleTimeout: number;
      /** How long a connection may last, in milliseconds. */
      readonly maxAge: number;
    };

/** A further port of a service's app, called as `pricing:metrics`. All versions have it; requests are split by `traffic`. */
export interface FurtherPort {
  readonly name: string;
  readonly path: ModelPath;
  readonly listen: Listener;
  /** Where the service's sidecar takes calls to it. Follows from its name alone. */
  readonly inbound: number;
  /** Who may ask it. Empty: it cannot be reached. */
  readonly admits: readonly Admission[];
}

/** Undefined where nothing is promised. */
export interface Objective {
  /** Percent of requests that are answered well. */
  readonly availability: number | undefined;
  /** Milliseconds that all but one request in a hundred take at most. */
  readonly p99: number | undefined;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  /** What one instance can carry; undefined where nobody said. */
  readonly requestsPerSecond: number | undefined;
  /** Where to change it: at the version, or in the environment that replaces it. */
  readonly at: ModelPath;
}

/** A share of requests for a version; shares are relative to their sum. */
export interface Split {
  /** The version's `id`. */
  readonly version: string;
  readonly weight: number;
}

/** A rule at the callee: match → weighted versions, and the policy for requests that it takes. */
export interface Rule {
  readonly path: ModelPath;
  readonly match: Match;
  /** Empty where the rule answers by itself, and for a host outside the mesh. */
  readonly to: readonly Split[];
  readonly action: Action;
  readonly policy: Policy;
  /** The user said that every request this rule takes may be repeated, whatever its method. */
  readonly idempotent: boolean;
  /** Request or answer may go on: it ends after `idle` of silence, or at the age of one hour, which is its policy's timeout. */
  readonly stream: boolean;
  /** What the requests of this rule ask to become; its match has the header that says so. */
  readonly upgrade: 'websocket' | undefined;
  readonly faults: Faults | undefined;
  /** What an instance of the callee takes of this rule's requests, besides the service's own limit. */
  readonly rateLimit: RateLimit | undefined;
}

/** What holds for a request, with where each value comes from. Milliseconds. */
export interface Policy {
  /** The whole answer, all tries together; of a stream its age. 0 is never: no limit has another word. */
  readonly timeout: number;
  /** How long nothing may travel in either direction. */
  readonly idle: number;
  /** Undefined where `retries: false`. For TCP, further tries to connect. */
  readonly retries: Retries | undefined;
  readonly from: { readonly timeout: ModelPath; readonly idle: ModelPath; readonly retries: ModelPath };
}

export interface Retries {
  /** Further tries after the first: 1 means two tries in all. At least 1. */
  readonly max: number;
  /** The longest one try may take; undefined is `timeout`. */
  readonly perTry: number | undefined;
  /** Sorted. `unprocessed` is safe for every method; the others are for requests that may be repeated. */
  readonly on: readonly RetryEvent[];
  /** Percent of what the caller has under way to a version that further tries may be; 3 in any case. */
  readonly budget: number;
  readonly backOff: BackOff;
}

/**
 * - `unprocessed`: the request never reached the app (connection failed, stream refused, or the callee's sidecar says so).
 * - `unavailable`: the app answered 503.
 * - `gateway-error`: 502, 503 or 504.
 * - `5xx`: any 5xx answer, or none at all.
 * - `reset`: the connection broke before an answer.
 * - `timeout`: the try took longer than `perTry`.
 * - `cancelled`, `deadline-exceeded`, `grpc-unavailable`, `internal`, `resource-exhausted`: the gRPC status of an answer without a message.
 */
export type RetryEvent =
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
  | 'resource-exhausted';

export interface OutlierDetection {
  /** Consecutive 5xx answers (or failed connections) after which an instance is ejected. */
  readonly errors: number;
  readonly interval: number;
  readonly ejectFor: number;
  readonly maxEjectedPercent: number;
}

/** What one instance takes; the rest is a 429 of its sidecar. */
export interface RateLimit {
  /** Requests a second, steady. */
  readonly rate: number;
  /** Requests that may come at once. */
  readonly burst: number;
  /** Whether each caller has so much for itself, or all callers share it. */
  readonly per: 'instance' | 'caller';
}

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

export interface Authorizer {
  readonly name: string;
  readonly path: ModelPath;
  readonly kind: 'jwt';
  /** Compared with the token's `iss`, byte for byte. */
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where its public keys are. */
  readonly jwks: string;
}

/** An entry for clients. */
export interface Gateway {
  readonly name: string;
  readonly path: ModelPath;
  readonly kind: 'rest' | 'http';
  /** `spiffe://<trust domain>/ingress/<gateway>`: what callees see. */
  readonly identity: string;
  /** For each route that has none of its own: API Gateway counts every route by itself. */
  readonly throttle: Throttle;
  /** Ranges of addresses that clients may ask from; undefined is anywhere. */
  readonly allow: readonly string[] | undefined;
  /** Ranges that they may not ask from, whatever is allowed. */
  readonly deny: readonly string[];
  /** In order of their keys. */
  readonly routes: readonly GatewayRoute[];
}

export interface Throttle {
  /** Requests a second, steady. */
  readonly rate: number;
  /** Requests that may come at once. */
  readonly burst: number;
}

export interface GatewayRoute {
  /** `GET /products/{id}`, as declared. */
  readonly key: string;
  readonly at: ModelPath;
  /** Upper case; undefined for ANY. */
  readonly method: string | undefined;
  readonly path: PathPattern;
  readonly target: RouteTarget;
  readonly auth: RouteAuth;
  /** The route's own throttle; undefined where the gateway's holds. */
  readonly throttle: Throttle | undefined;
  /** How long API Gateway waits, in milliseconds. */
  readonly timeout: number;
}

export type RouteTarget =
  | {
      readonly kind: 'service';
      readonly name: string;
      /** The further port of the service; undefined for where it listens. */
      readonly port: string | undefined;
      /** What the service sees; names the same parameters as the client's path. */
      readonly path: PathPattern;
      readonly speaks: 'http' | 'grpc';
      /** The ingress makes gRPC of gRPC-Web, which is what clients speak. */
      readonly grpcWeb: boolean;
      /** The callee's rules with the route's timeout merged in; the ingress carries them out. */
      readonly rules: readonly Rule[];
    }
  | { readonly kind: 'external'; readonly name: string; readonly path: PathPattern; readonly rules: readonly Rule[] }
  | { readonly kind: 'respond'; readonly status: number; readonly json: unknown };

export type RouteAuth =
  | { readonly kind: 'public' }
  | { readonly kind: 'authorizer'; readonly name: string; readonly scopes: readonly string[] }
  /** Nobody said: a finding, and refused wherever it runs. */
  | { readonly kind: 'missing' };

export interface Acknowledgement {
  /** Findings at this path or below it. */
  readonly path: ModelPath;
  readonly check: string;
  readonly reason: string;
}

/** Where in the declaration: `services.orders.calls.pricing.timeout`, `gateways.web.routes["GET /a"].auth`; `default` for a value nobody wrote. */
export type ModelPath = string;
