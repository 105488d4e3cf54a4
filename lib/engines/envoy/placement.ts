import type { Authorizer, Call, External, FurtherPort, Gateway, PlaintextClient, Version } from '../../model/architecture/index.js';

/**
 * Where things are for one Envoy: the only difference between a sidecar on AWS and the same sidecar in the twin.
 * The compiler asks; it never invents an address, a file or a name.
 */
export interface Placement {
  /** Where this sidecar takes mutual TLS from the mesh. */
  readonly inbound: Address;
  /** Where this sidecar's app listens. */
  readonly app: Address;
  /** The same for a further port of the app. */
  further(port: FurtherPort): { readonly inbound: Address; readonly app: Address };
  /** Where this sidecar takes the app's requests for a callee. Always loopback. */
  local(call: Call): Address;
  /** Where this ingress takes the requests of a gateway. */
  front(gateway: Gateway): Address;
  /** Answers `GET /ready` and nothing else. */
  readonly ready: Address;
  /** Answers `POST /drain`, which fails this Envoy's health for good, and nothing else. Always loopback. @default nobody asks for it */
  readonly drain?: Address;
  /** Answers `GET /stats/prometheus` and nothing else, where metrics are declared. */
  readonly metrics: Address;
  /** Envoy's administration, on a Unix socket of mode 0600. */
  readonly admin: { readonly socket: string };
  /** Where the sidecars of a version are, for where the service listens or for a further port of it. */
  endpoints(version: Version, port?: FurtherPort): Endpoints;
  /** Where an external is, and which roots vouch for it. */
  external(external: External): Endpoints & { readonly sni: string; readonly roots: DataSource };
  /** Where X-Ray's daemon takes spans, by UDP. @default 127.0.0.1:2000, in the same task */
  readonly daemon?: Address;
  /** The ranges of addresses that somebody asks from who may do so in plaintext. @default the declared ones */
  sources?(client: PlaintextClient): readonly string[];
  /** Key, certificate and trust of one SPIFFE identity. */
  credentials(identity: string): Credentials;
  /** The public keys of an authorizer: themselves, or where they are and which roots vouch for that host. */
  keys(authorizer: Authorizer): { readonly jwks: string } | { readonly uri: string; readonly roots: DataSource };
  /** The availability zone that this Envoy is in, and all instances of whom it belongs to, itself among them. @default zones are not known */
  readonly near?: { readonly zone: string; readonly instances: readonly Placed[] };
  /** Where the network redirects to what an intercepted app sends elsewhere. @default it does not, and nothing is intercepted */
  readonly interception?: Interceptor;
  /** Worker threads. */
  readonly concurrency: number;
  /** Where access logs go. */
  readonly accessLog: string;
}

/** Where a sidecar takes what was meant for others. */
export interface Interceptor {
  readonly address: Address;
  /** The names by which an app knows the service that it calls, as its requests name their host: without the port. */
  hosts(call: Call): readonly string[];
}

export interface Address {
  readonly address: string;
  readonly port: number;
}

/** An address, and the availability zone that it is in, where that is known. */
export interface Placed extends Address {
  readonly zone?: string;
}

/** Fixed addresses, or a DNS name whose every answer is an instance, in whatever zone. */
export type Endpoints = { readonly addresses: readonly Placed[] } | { readonly dns: string; readonly port: number };

export interface Credentials {
  readonly certificate: DataSource;
  readonly privateKey: DataSource;
  /** The roots that are trusted for the mesh. */
  readonly trust: DataSource;
}

/** Envoy's `core.v3.DataSource`: a key never stands in a configuration itself. */
export type DataSource = { readonly filename: string } | { readonly environment_variable: string };
