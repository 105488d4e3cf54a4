import { isIP } from 'node:net';
import type { Reached } from './through.js';
import { TwinError } from './twin-error.js';

/**
 * Holds a configuration to this machine: every socket address in it, wherever it stands, is in 127.0.0.0/8 or ::1.
 * A host name is refused too, even `localhost`: what it resolves to is not in the configuration.
 *
 * @param reached externals that the user lets through by name: in the clusters of each, its host and port and no other
 * @throws TwinError `NOT_LOOPBACK`, naming each address and where it stands
 */
export function assertLoopback(name: string, bootstrap: unknown, reached: ReadonlyMap<string, Reached> = new Map()): void {
  const admits = ({ address, port, cluster }: Found): boolean =>
    [...reached.values()].some((each) => each.clusters.some((own) => own === cluster) && each.host === address && each.port === port);
  const strangers = [...addressesIn(bootstrap, '', undefined)].filter((found) => !isLoopback(found.address) && !admits(found));
  if (strangers.length === 0) return;
  const lines = strangers.map(({ address, at }) => `  ${at}: ${String(address)}`);
  throw new TwinError('NOT_LOOPBACK', [`${name} is not started: its configuration leaves this machine`, ...lines].join('\n'));
}

interface Found {
  readonly address: unknown;
  readonly port: unknown;
  /** The cluster that it is in. */
  readonly cluster: unknown;
  readonly at: string;
}

function* addressesIn(value: unknown, at: string, within: unknown): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  const cluster = 'load_assignment' in value && 'name' in value ? value.name : within;
  for (const [key, inner] of Object.entries(value)) {
    const path = at === '' ? key : `${at}.${key}`;
    if (['socket_address', 'socketAddress', 'daemon_endpoint'].includes(key)) yield { ...socketOf(inner), cluster, at: path };
    else yield* addressesIn(inner, path, cluster);
  }
}

function socketOf(value: unknown): Pick<Found, 'address' | 'port'> {
  const socket = (value ?? {}) as { readonly address?: unknown; readonly port_value?: unknown };
  return { address: socket.address, port: socket.port_value };
}

function isLoopback(address: unknown): boolean {
  if (typeof address !== 'string') return false;
  return (isIP(address) === 4 && address.startsWith('127.')) || address === '::1';
}
