import type { Admission } from './admission.js';
import type { ModelPath } from './model-path.js';

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
