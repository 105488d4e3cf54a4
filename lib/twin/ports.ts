import { createServer, type Server } from 'node:net';
import { TwinError } from './twin-error.js';

/** How often something is started whose port another process took between its reservation and its use. */
export const attempts = 3;
export const portWasTaken = (error: unknown): boolean => error instanceof TwinError && error.message.includes('Address already in use');

/**
 * Ports of 127.0.0.1 that the system chose and that are held until `release`, just before who they are for listens.
 * Between the two another process may take one: then what was to listen says "Address already in use", and a new reservation is the way on.
 */
export class Ports {
  private constructor(
    private readonly free: number[],
    private readonly held: readonly Server[],
  ) {}

  static async reserve(count: number): Promise<Ports> {
    const held = await Promise.all(Array.from({ length: count }, listen));
    return new Ports(held.map(portOf), held);
  }

  /** The next port; each is given once. */
  take(): number {
    const port = this.free.pop();
    if (port === undefined) throw new Error('more ports taken than reserved');
    return port;
  }

  async release(): Promise<void> {
    await Promise.all(this.held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(server));
    server.unref(); // a reservation keeps no process alive
  });
}

/** The port a server of this process listens on. */
export function portOf(server: { address(): ReturnType<Server['address']> }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
