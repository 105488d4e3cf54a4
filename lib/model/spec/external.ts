export interface ExternalLeaf {
  /** Over `tls` the app speaks TLS itself, end to end: its sidecar lets through what asks for the declared host by name (SNI), and sees nothing of it. */
  protocol: 'http' | 'https' | 'tcp' | 'tls';
  /** @default 80 for http, 443 for https and tls; tcp has none */
  port?: number;
  kind?: 'database' | 'cache' | 'queue' | 'saas' | 'aws' | 'monolith';
}
