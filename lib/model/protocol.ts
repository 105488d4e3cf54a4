import type { External, Listener } from './architecture/index.js';

type Spoken = Listener['protocol'] | External['protocol'];

/** What an app speaks to its sidecar for a callee of each protocol: the sidecar adds TLS, unless the app brings its own. */
const spoken: Readonly<Record<Spoken, 'http' | 'grpc' | 'tcp'>> = {
  http: 'http',
  http2: 'http',
  https: 'http',
  grpc: 'grpc',
  tcp: 'tcp',
  tls: 'tcp',
};

/** What an app speaks to its sidecar; `tcp` is connections without requests, so without rules, retries and access by request. */
export const speaks = (protocol: Spoken): 'http' | 'grpc' | 'tcp' => spoken[protocol];

/** Of what a user wrote, which may be anything. */
export const hasRequests = (protocol: unknown): boolean => !Object.hasOwn(spoken, String(protocol)) || spoken[protocol as Spoken] !== 'tcp';
