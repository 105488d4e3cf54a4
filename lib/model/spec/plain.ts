import type {
  Acknowledge,
  AuthorizerLeaf,
  EnvironmentSpec,
  ExternalLeaf,
  GatewaySpec,
  MeshSpec,
  ObservabilitySpec,
  PolicySpec,
  ServiceSpec,
  VersionSpec,
} from './index.js';

/** A checked declaration without the compiler's names: what the resolver reads. */
export interface PlainSpec {
  readonly name: string;
  readonly mesh?: MeshSpec & { defaults?: PolicySpec };
  readonly policies?: Record<string, PolicySpec>;
  readonly services?: Record<string, PlainService>;
  readonly external?: Record<string, PlainExternal>;
  readonly authorizers?: Record<string, AuthorizerLeaf & { kind: 'jwt' }>;
  readonly gateways?: Record<string, GatewaySpec<string, string>>;
  readonly environments?: Record<string, PlainEnvironment>;
  readonly observability?: ObservabilitySpec<string>;
  readonly acknowledge?: Acknowledge;
}

export type PlainService = ServiceSpec<string, string, string> & { versions?: Record<string, VersionSpec> };
export type PlainExternal = ExternalLeaf & { host?: string; acknowledge?: Acknowledge };
export type PlainEnvironment = EnvironmentSpec<Record<string, Record<string, unknown>>, string>;
