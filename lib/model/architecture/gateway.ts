import type { PathPattern } from '../path.js';
import type { ModelPath } from './model-path.js';
import type { Pool } from './resilience.js';
import type { Rule } from './rule.js';

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
  /** What one instance of the ingress may have under way for it, to one version of a service or to an external. */
  readonly pool: Pool;
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
      /** What the ingress is asked, and the service sees unless there is an `rpc`; names the same parameters as the client's path. */
      readonly path: PathPattern;
      /** The gRPC call that the ingress makes of JSON, with the path that the service sees; undefined where requests go as they are. */
      readonly rpc: { readonly name: string; readonly path: PathPattern } | undefined;
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
