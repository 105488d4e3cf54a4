import type { Duration } from '../duration.js';

/** What the app speaks, and where. */
export interface ListenSpec {
  /**
   * `http` is HTTP/1.1. `grpc` is HTTP/2 whose `grpc-timeout` is honoured up to the timeout of its rule. `tcp` has connections and no requests: who may
   * connect is decided by the certificate alone, before a byte is passed, and so also where the server speaks first.
   */
  protocol: 'http' | 'http2' | 'grpc' | 'tcp';
  /** Of the app, on loopback beside its sidecar: 1 to 65535. */
  port: number;
  /** How long a connection over `tcp` may be silent. @default '1h', for tcp alone */
  idleTimeout?: Duration;
  /** How long a connection over `tcp` may last: its peer proved its identity when it opened. @default '1h', for tcp alone */
  maxAge?: Duration;
}
