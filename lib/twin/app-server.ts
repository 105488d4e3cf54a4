import { createServer, type Server as HttpServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createSecureServer } from 'node:tls';
import { grpcServer } from './grpc.js';
import { portOf } from './ports.js';

/** A request as an app sees it, whichever protocol brought it. */
export interface AppRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface AppAnswer {
  readonly status: number;
  /** Undefined is an empty body, over gRPC a message without fields. */
  readonly body: unknown;
}

export type AppHandler = (request: AppRequest) => Promise<AppAnswer>;

/** Takes over the connection of a request that asks to become something else. @default such a request is one like others */
export type AppUpgrade = (request: AppRequest, socket: Duplex, head: Buffer) => void;

export type AppProtocol =
  | { readonly kind: 'http' | 'http2' | 'grpc'; readonly handle: AppHandler; readonly upgrade?: AppUpgrade }
  | { readonly kind: 'https'; readonly handle: AppHandler; readonly key: Buffer; readonly cert: Buffer }
  | { readonly kind: 'tcp'; readonly accept: (socket: Socket) => void }
  | { readonly kind: 'tls'; readonly accept: (socket: Socket) => void; readonly key: Buffer; readonly cert: Buffer };

/** How long a server may take to say that it is closed, in milliseconds. It has no port by then, and no connection. */
const patience = 2_000;

/** A server of this process on 127.0.0.1 that can die and come back on the same port. */
export class AppServer {
  /** 0 until it was started once. */
  port = 0;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly protocol: AppProtocol) {}

  /** Listens, on the same port as before where there was one. */
  async start(): Promise<void> {
    if (this.server !== undefined) return;
    const server = serverOf(this.protocol);
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: this.port }, resolve);
    });
    this.server = server;
    this.port = portOf(server);
  }

  /** Dies: stops listening and breaks every connection, answered or not. */
  async stop(): Promise<void> {
    const server = this.server;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await Promise.race([closed, wait(patience, undefined, { ref: false })]);
  }
}

function serverOf(protocol: AppProtocol): Server {
  switch (protocol.kind) {
    case 'http':
      return withUpgrades(createServer(listener(protocol.handle)), protocol.upgrade);
    case 'https':
      return createTlsServer({ key: protocol.key, cert: protocol.cert }, listener(protocol.handle));
    case 'http2':
      return createHttp2Server((request, response) => {
        request.resume();
        void answer(protocol.handle, request).then(({ status, text }) => {
          if (response.stream.destroyed) return;
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(text);
        });
      });
    case 'grpc':
      return grpcServer((request) => answer(protocol.handle, request));
    case 'tcp':
      return createTcpServer(protocol.accept);
    case 'tls':
      return createSecureServer({ key: protocol.key, cert: protocol.cert }, protocol.accept);
  }
}

function withUpgrades(server: HttpServer, upgrade: AppUpgrade | undefined): HttpServer {
  if (upgrade === undefined) return server;
  return server.on('upgrade', ({ method = 'GET', url = '/', headers }, socket, head) => {
    socket.on('error', () => socket.destroy());
    upgrade({ method, path: url, headers }, socket, head);
  });
}

function listener(handle: AppHandler): RequestListener {
  return (request, response) => {
    request.resume();
    void answer(handle, request).then(({ status, text }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(text);
    });
  };
}

interface RawRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

async function answer(handle: AppHandler, { method = 'GET', url = '/', headers }: RawRequest): Promise<{ status: number; text: string }> {
  const { status, body } = await handle({ method, path: url, headers }).catch((error: unknown) => ({
    status: 500,
    body: { error: String(error) },
  }));
  return { status, text: body === undefined ? '' : `${JSON.stringify(body, null, 2)}\n` };
}
