import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigningKey, keySetOf, type SigningKey } from '../../../../lib/twin/signing-key.js';

/** What a gateway on the emulator meets, each `http://localhost:1234`: an identity provider, and who answers in the ingress's place. */
export interface Surroundings {
  readonly key: SigningKey;
  /** Where the public keys are. */
  readonly keys: string;
  /** An OpenID provider, which says where the keys are. */
  readonly issuer: string;
  readonly ingress: string;
  /** What came to the ingress, as `GET /orders/7`. */
  readonly arrived: string[];
  stop(): Promise<void>;
}

export async function startSurroundings(): Promise<Surroundings> {
  const key = await createSigningKey();
  const arrived: string[] = [];
  const keys = createServer((_, answer) => answer.end(keySetOf(key)));
  const issuer = createServer((_, answer) => answer.end(JSON.stringify({ jwks_uri: `${at(keys)}/keys.json` })));
  const ingress = createServer(({ method, url }, answer) => {
    arrived.push(`${method} ${url}`);
    answer.end('from the ingress');
  });
  const servers = [keys, issuer, ingress];
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))));
  return {
    key,
    keys: `${at(keys)}/keys.json`,
    issuer: at(issuer),
    ingress: at(ingress),
    arrived,
    stop: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

const at = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}`;
