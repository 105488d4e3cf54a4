import type { Listener as Spoken } from '../../model/architecture/index.js';

/** The parts that several App Mesh resources share, in CloudFormation's own spelling. Only what the compiler states. */

export interface Duration {
  readonly Unit: 's' | 'ms';
  readonly Value: number;
}

export const milliseconds = (Value: number): Duration => ({ Unit: 'ms', Value });

export type Protocol = 'http' | 'http2' | 'tcp';

/** As App Mesh calls it. gRPC is its HTTP/2: its own `grpc` matches services and methods only, and no path. */
export const protocolOf = ({ protocol }: Spoken): Protocol => (protocol === 'grpc' ? 'http2' : protocol);

/** Keyed by the listener's protocol, in CloudFormation's spelling. */
export interface ByProtocol<Http, Http2 = Http, Tcp = never> {
  readonly HTTP?: Http;
  readonly HTTP2?: Http2;
  readonly TCP?: Tcp;
}

export interface Listener {
  readonly PortMapping: { readonly Port: number; readonly Protocol: Protocol };
  readonly HealthCheck?: HealthCheck;
  readonly OutlierDetection?: OutlierDetection;
  readonly ConnectionPool?: ByProtocol<
    { readonly MaxConnections: number; readonly MaxPendingRequests: number },
    { readonly MaxRequests: number },
    { readonly MaxConnections: number }
  >;
  readonly Timeout?: ByProtocol<RequestLimits, RequestLimits, { readonly Idle: Duration }>;
  readonly TLS?: Tls;
}

/** Absent: 15 s for a request, 5 min of silence. */
export interface RequestLimits {
  readonly PerRequest?: Duration;
  readonly Idle?: Duration;
}

export interface HealthCheck {
  readonly Protocol: Protocol;
  readonly Port: number;
  readonly Path: string;
  readonly HealthyThreshold: number;
  readonly UnhealthyThreshold: number;
  readonly IntervalMillis: number;
  readonly TimeoutMillis: number;
}

export interface OutlierDetection {
  readonly MaxServerErrors: number;
  readonly MaxEjectionPercent: number;
  readonly Interval: Duration;
  readonly BaseEjectionDuration: Duration;
}

export interface CertificateFiles {
  readonly File: { readonly CertificateChain: string; readonly PrivateKey: string };
}

export interface Validation {
  readonly Trust: { readonly File: { readonly CertificateChain: string } };
  readonly SubjectAlternativeNames: { readonly Match: { readonly Exact: readonly string[] } };
}

/** A listener's side. */
export interface Tls {
  readonly Mode: 'STRICT';
  readonly Certificate: CertificateFiles;
  readonly Validation: Validation;
}

/** A caller's side; without a certificate towards a host outside the mesh. */
export interface TlsClient {
  readonly Enforce: true;
  /** Where it holds; absent is everywhere. */
  readonly Ports?: readonly number[];
  readonly Certificate?: CertificateFiles;
  readonly Validation: Validation;
}

export interface HttpRoute {
  readonly Match: HttpMatch;
  readonly Action: Action;
  readonly Timeout?: RequestLimits;
  /** Absent is two further tries, by App Mesh's hidden default. */
  readonly RetryPolicy?: RetryPolicy;
}

export interface TcpRoute {
  readonly Action: Action;
  readonly Timeout?: { readonly Idle: Duration };
}

export interface Action {
  readonly WeightedTargets: readonly { readonly VirtualNode: string; readonly Weight: number; readonly Port: number }[];
}

/** Either a prefix or a path. */
export interface HttpMatch {
  readonly Prefix?: string;
  readonly Path?: PathMatch;
  readonly Method?: string;
  readonly Headers?: readonly HeaderMatch[];
  readonly QueryParameters?: readonly QueryParameter[];
}

/** Without `Match`: the parameter is there. */
export interface QueryParameter {
  readonly Name: string;
  readonly Match?: { readonly Exact: string };
}

export interface PathMatch {
  readonly Exact?: string;
  /** RE2, the whole path. */
  readonly Regex?: string;
}

/** Without `Match`: the header is there; with `Invert`: it is not. */
export interface HeaderMatch {
  readonly Name: string;
  readonly Invert?: boolean;
  readonly Match?: {
    readonly Exact?: string;
    readonly Prefix?: string;
    readonly Suffix?: string;
    readonly Regex?: string;
    /** `End` is excluded. */
    readonly Range?: { readonly Start: number; readonly End: number };
  };
}

export type GatewayRouteMatch = HttpMatch;

export interface RetryPolicy {
  readonly MaxRetries: number;
  readonly PerRetryTimeout: Duration;
  readonly HttpRetryEvents?: readonly HttpRetryEvent[];
  readonly TcpRetryEvents?: readonly 'connection-error'[];
}

export type HttpRetryEvent = 'server-error' | 'gateway-error' | 'client-error' | 'stream-error';

export interface LogFile {
  readonly AccessLog: {
    readonly File: {
      readonly Path: string;
      readonly Format: { readonly Json: readonly { readonly Key: string; readonly Value: string }[] };
    };
  };
}
