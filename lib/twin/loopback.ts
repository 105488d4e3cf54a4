import { isIP } from 'node:net';
import { TwinError } from './twin-error.js';

/**
 * Holds a configuration to this machine: every socket address in it, wherever it stands, is in 127.0.0.0/8 or ::1.
 * A host name is refused too, even `localhost`: what it resolves to is not in the configuration.
 *
 * @throws TwinError `NOT_LOOPBACK`, naming each address and where it stands
 */
export function assertLoopback(name: string, bootstrap: unknown): void {
  const strangers = [...addressesIn(bootstrap, '')].filter(({ address }) => !isLoopback(address));
  if (strangers.length === 0) return;
  const lines = strangers.map(({ address, at }) => `  ${at}: ${String(address)}`);
  throw new TwinError('NOT_LOOPBACK', [`${name} is not started: its configuration leaves this machine`, ...lines].join('\n'));
}

interface Found {
  readonly address: unknown;
  readonly at: string;
}

function* addressesIn(value: unknown, at: string): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const path = at === '' ? key : `${at}.${key}`;
    if (['socket_address', 'socketAddress', 'daemon_endpoint'].includes(key)) yield { address: (inner as { address?: unknown } | null)?.address, at: path };
    else yield* addressesIn(inner, path);
  }
}

function isLoopback(address: unknown): boolean {
  if (typeof address !== 'string') return false;
  return (isIP(address) === 4 && address.startsWith('127.')) || address === '::1';
}
