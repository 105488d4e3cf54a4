import type { Duration } from '../duration.js';
import type { Acknowledge } from './acknowledge.js';
import type { RouteKey } from './route-key.js';

export interface AuthorizerLeaf {
  /** An https URL, compared with the token's `iss`, byte for byte. */
  issuer: string;
  /** Compared with the token's `aud`: one of them is enough. At least one. */
  audience: string[];
  /** Where its public keys are. @default '<issuer>/.well-known/jwks.json' */
  jwks?: string;
}

export interface ThrottleSpec {
  /** Requests a second, steady: 0.001 to 10000. */
  rate: number;
  /** Requests that may come at once. 1 to 5000. */
  burst: number;
}

/** Who may use a route: an authorizer (with scopes, one of which the token must carry), or everyone, said aloud. */
export type AuthSpec<A extends string> = A | 'public' | { use: A; scopes?: string[] };

export interface GatewayRouteLeaf {
  /** The path that the target sees, with the same parameters. @default the client's */
  path?: string;
  /** What API Gateway lets through of this route; of an ANY route of a REST API, of each method. @default the gateway's */
  throttle?: ThrottleSpec;
  /** How long API Gateway waits; the mesh's own timeout is the rule's at the service. @default API Gateway's limit: 29s for rest, 30s for http */
  timeout?: Duration;
  /** Browsers call a gRPC service by gRPC-Web: the ingress makes gRPC of it, for POST requests of this route. @default false */
  grpcWeb?: true;
  /**
   * `acme.Quotes/Get`: clients speak JSON, and the ingress makes this gRPC call of it. The route's parameters become fields of the same name, the rest is the
   * query for GET and DELETE, or the body; a query that says a parameter's field again is a 400. A status of gRPC becomes one of HTTP (5 is 404, 14 is 503) with
   * `{ code, message }`. A method that answers with a stream answers with a list, at the end of it, and with a shorter one under 200 if it fails on the way. The
   * service needs `descriptors`. Messages of 1 MiB at most. @default requests go as they are
   */
  rpc?: string;
  /** A fixed answer, without any service: a status from 200 to 599. Instead of `to`. */
  respond?: { status: number; json?: unknown };
}

export interface GatewayRouteSpec<N extends string, A extends string, O extends string = `${N}:${string}`> extends GatewayRouteLeaf {
  /** A service, an external, or a further port of a service as `pricing:metrics`. */
  to?: N | O;
  /** Who may use it. The service reads who that is in `x-edge-principal`: the token's `sub`, `-` for nobody. @default the gateway's; a route without either is an error */
  auth?: AuthSpec<A>;
  acknowledge?: Acknowledge;
}

export interface GatewaySpec<N extends string, A extends string, O extends string = `${N}:${string}`> {
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
  /** By method and path, such as `'GET /orders/{id}'` or `'ANY /legacy/{path+}'`: `ANY` is GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS, as in API Gateway. */
  routes: { [K in RouteKey]?: GatewayRouteSpec<N, A, O> };
  acknowledge?: Acknowledge;
}
