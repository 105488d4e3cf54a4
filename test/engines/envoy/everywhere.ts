import type { Placement } from '../../../lib/engines/envoy/index.js';

/** A placement whose every answer names what was asked, so that a test sees where it went. */
export const everywhere: Placement = {
  inbound: { address: '10.0.0.1', port: 1001 },
  app: { address: '10.0.0.2', port: 1002 },
  further: (port) => ({ inbound: { address: `mesh.${port.name}`, port: 1011 }, app: { address: `app.${port.name}`, port: 1012 } }),
  local: (call) => ({ address: `local.${call.callee}`, port: 1003 }),
  front: (gateway) => ({ address: `front.${gateway.name}`, port: 1004 }),
  ready: { address: '10.0.0.5', port: 1005 },
  metrics: { address: '10.0.0.6', port: 1008 },
  admin: { socket: '/run/admin.sock' },
  endpoints: (version, port) => ({ dns: `${version.id}.mesh`, port: port?.inbound ?? 1006 }),
  external: (external) => ({
    dns: `${external.name}.outside`,
    port: 1007,
    sni: `${external.name}.example`,
    roots: { filename: '/roots.pem' },
  }),
  credentials: (identity) => ({
    certificate: { filename: `${identity}/certificate` },
    privateKey: { filename: `${identity}/key` },
    trust: { filename: `${identity}/trust` },
  }),
  keys: ({ jwks }) => ({ uri: jwks, roots: { filename: '/roots.pem' } }),
  concurrency: 1,
  accessLog: '/dev/stdout',
};
