import { join } from 'node:path';
import type { Address, Placed, Placement } from '../engines/envoy/placement.js';
import type { External, FurtherPort, Gateway, PlaintextClient, Version } from '../model/architecture/index.js';
import { longestSocketPath } from './envoy-process.js';
import { hostOf } from './external-stub.js';
import { type GatewayPlacement, gatewayNode } from './gateway.js';
import { type Seat, zones } from './seat.js';
import type { Site } from './site.js';
import { TwinError } from './twin-error.js';

const at = (port: number): Address => ({ address: '127.0.0.1', port });
const placed = ({ inbound, zone }: Seat): Placed => ({ ...at(inbound), zone });

/** @throws TwinError `SOCKET_PATH_TOO_LONG` */
export function socketOf(folder: string, name: string): string {
  const path = join(folder, `${name}.sock`);
  if (Buffer.byteLength(path) < longestSocketPath) return path;
  throw new TwinError(
    'SOCKET_PATH_TOO_LONG',
    `a Unix socket's path has fewer than ${longestSocketPath} bytes, got ${path}; set TMPDIR to a shorter folder`,
  );
}

export function sidecarPlacement(site: Site, seat: Seat): Placement {
  return {
    ...common(site, seat.name),
    near: { zone: seat.zone, instances: site.seats.filter(({ version }) => version.service === seat.version.service).map(placed) },
    inbound: at(seat.inbound),
    app: at(seat.app.port),
    ready: at(seat.ready),
    metrics: at(seat.metrics ?? 0),
    further: ({ name }) => ({ inbound: at(found(seat.further, name)), app: at(seat.app.portOf(name) ?? missing(name)) }),
    local: ({ callee }) => at(found(seat.local, callee)),
  };
}

export function ingressPlacement(site: Site): Placement {
  const [zone] = zones;
  const ready = at(site.ingressReady);
  return { ...common(site, 'ingress'), ready, metrics: at(site.ingressMetrics ?? 0), near: { zone, instances: [{ ...ready, zone }] } };
}

export function gatewayPlacement(site: Site, gateway: Gateway): GatewayPlacement {
  return {
    ...common(site, gatewayNode(gateway)),
    ready: at(found(site.gatewayReady, gateway.name)),
    listen: at(found(site.clients, gateway.name)),
  };
}

function common(site: Site, name: string): Placement {
  return {
    inbound: none,
    app: none,
    ready: none,
    metrics: none,
    further: () => ({ inbound: none, app: none }),
    local: () => none,
    front: (gateway: Gateway) => at(found(site.fronts, gateway.name)),
    admin: { socket: socketOf(site.folder, name) },
    endpoints: (version: Version, port?: FurtherPort) => ({
      addresses: site.seats
        .filter((seat) => seat.version.id === version.id && site.known.has(seat))
        .map(({ inbound, further, zone }) => ({ ...at(port === undefined ? inbound : found(further, port.name)), zone })),
    }),
    external: (external: External) => {
      const reached = site.reached.get(external.name);
      if (reached !== undefined) return { dns: reached.host, port: reached.port, sni: reached.host, roots: { filename: site.publicRoots } };
      return { addresses: [at(found(site.externals, external.name))], sni: hostOf(external), roots: { filename: site.roots } };
    },
    // The discard port, where nobody is: a daemon of this machine would send a twin's traces to AWS.
    daemon: at(9),
    sources: ({ name }: PlaintextClient) => [`${found(site.plaintext, name)}/32`],
    credentials: (identity: string) => found(site.credentials, identity),
    keys: () => ({ jwks: site.keySet }),
    concurrency: 1,
    accessLog: join(site.folder, `${name}.access.log`),
  };
}

/** What an Envoy does not have: no engine asks for it. */
const none: Address = at(0);

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  return value ?? missing(key);
}

function missing(key: string): never {
  throw new Error(`the twin has no place for ${key}`);
}
