import { readFileSync } from 'node:fs';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import type { CertificateFiles } from './certificate-authority.js';

export interface DirectRequest {
  /** Where a sidecar takes mutual TLS. */
  readonly port: number;
  readonly path: string;
  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default none, which a sidecar refuses */
  readonly certificate?: CertificateFiles | undefined;
}

export interface DirectAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * HTTP/2 over TLS straight to a sidecar, past the caller's own: what an intruder would try, with whatever certificate it got hold of.
 *
 * @throws Error where the sidecar refuses the handshake
 */
export function requestDirectly({ port, path, method = 'GET', headers = {}, certificate }: DirectRequest): Promise<DirectAnswer> {
  const pair = certificate && { cert: readFileSync(certificate.certificate), key: readFileSync(certificate.privateKey) };
  return new Promise((resolve, reject) => {
    // Who the server is does not matter: here the client is on trial, and it never leaves this machine.
    const session = connect(`https://127.0.0.1:${port}`, { ...pair, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    const fail = (error: Error): void => {
      session.destroy();
      reject(error);
    };
    session.on('error', fail);
    session.on('close', () => reject(new Error('the connection was closed')));
    const stream = session.request({ ':path': path, ':method': method, ...headers });
    const chunks: Buffer[] = [];
    let answered: IncomingHttpHeaders = {};
    stream.on('response', (found) => {
      answered = found;
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', fail);
    stream.on('end', () => {
      resolve({ status: Number(answered[':status'] ?? 0), headers: answered, text: Buffer.concat(chunks).toString('utf8') });
      session.close();
    });
    stream.end();
  });
}
