import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { External } from '../model/architecture/index.js';
import { type AppHandler, type AppProtocol, AppServer } from './app-server.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { shownHeaders } from './request-context.js';

/** The name in an external's certificate: its host, or one that exists nowhere where the CDK side binds it. */
export const hostOf = (external: External): string => external.host ?? `${external.name}.external.invalid`;

/** Stands in for a host outside the mesh; over https with a certificate of the twin's CA for the real host name. */
export async function externalStub(external: External, authority: CertificateAuthority): Promise<AppServer> {
  return new AppServer(await protocolOf(external, authority));
}

async function protocolOf(external: External, authority: CertificateAuthority): Promise<AppProtocol> {
  const handle: AppHandler = async ({ method, path, headers }) => ({
    status: 200,
    body: { external: external.name, method, path, headers: shownHeaders(headers) },
  });
  if (external.protocol === 'http') return { kind: 'http', handle };
  if (external.protocol === 'tcp') return { kind: 'tcp', accept: (socket) => greet(external.name, socket) };
  const files = await authority.issueHost(hostOf(external));
  const credentials = { key: readFileSync(files.privateKey), cert: readFileSync(files.certificate) };
  return external.protocol === 'tls'
    ? { kind: 'tls', accept: (socket) => greet(external.name, socket), ...credentials }
    : { kind: 'https', handle, ...credentials };
}

/** Answers the first line with its name, whoever speaks first in the real protocol. */
function greet(name: string, socket: Socket): void {
  socket.once('data', (line) => socket.write(`${name} heard: ${line.toString('utf8').trim()}\n`));
}
