export interface ExternalLeaf {
  /** What is spoken to it. Over `https` its sidecar brings the TLS and verifies the host; the app asks in plaintext on 127.0.0.1. Over `tls` the app speaks TLS itself, end to end: its sidecar lets through what asks for the declared host by name (SNI), and sees nothing of it. */
  protocol: 'http' | 'https' | 'tcp' | 'tls';
  /** 1 to 65535. @default 80 for http, 443 for https and tls; tcp has none */
  port?: number;
  /** What it is, a word for the review; `consumes` wants `queue`. @default none */
  kind?: 'database' | 'cache' | 'queue' | 'saas' | 'aws' | 'monolith';
}
