import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { edgeRouteHeader } from '../engines/envoy/header.js';
import type { Listener, Service, Version } from '../model/architecture/index.js';
import { type AppAnswer, type AppRequest, AppServer } from './app-server.js';
import { callerOf, contextOf, type Headers, principalOf, shownHeaders } from './request-context.js';
import { type CallReport, makeCall, type StubCall } from './stub-call.js';
import { repeatMessages } from './web-socket.js';

/** What a stub answers to a request: what it saw, and what became of its own calls. */
export interface StubAnswer {
  readonly service: string;
  /** As declared; absent where the service declares no versions. */
  readonly version: string | undefined;
  /** 1 for the first instance of its version. */
  readonly instance: number;
  readonly method: string;
  readonly path: string;
  /** The caller's SPIFFE identity, as this service's sidecar verified it. */
  readonly calledBy: string | undefined;
  /** The further port that was asked; absent where the service listens. */
  readonly port?: string;
  /** Who the gateway says the client is, and the route it came by. */
  readonly principal: string | undefined;
  readonly route: string | undefined;
  readonly headers: Headers;
  readonly calls: readonly CallReport[];
}

export interface StubOptions {
  readonly service: Service;
  readonly version: Version;
  readonly instance: number;
  readonly calls: readonly StubCall[];
  /** Header names that a callee routes on: passed on with each call. */
  readonly routedHeaders: readonly string[];
}

/**
 * Stands in for one instance of a service's app: makes the declared calls through its sidecar for every request, one after the other,
 * and answers with what it saw. 502 where a call did not succeed, so that a failure below shows at the top.
 */
export class StubService {
  readonly kind = 'stub';
  readonly server: AppServer;
  /** The same at the further ports of its service, by name: it answers by itself there, and makes no calls. */
  readonly ports: ReadonlyMap<string, AppServer>;
  private failing: number | undefined;
  private delay = 0;

  constructor(private readonly options: StubOptions) {
    const { listen, ports } = options.service;
    this.server = this.speaking(listen?.protocol ?? 'http');
    this.ports = new Map(ports.map((port) => [port.name, this.speaking(port.listen.protocol, port.name)]));
  }

  /** 0 for a worker, which never listens. */
  get port(): number {
    return this.server.port;
  }

  portOf(name: string): number | undefined {
    return this.ports.get(name)?.port;
  }

  /** Listens wherever its service does, on the same ports as before where there were some. */
  async start(): Promise<void> {
    await Promise.all([this.server, ...this.ports.values()].map((server) => server.start()));
  }

  /** Dies: listens nowhere, and breaks every connection. */
  async stop(): Promise<void> {
    await Promise.all([this.server, ...this.ports.values()].map((server) => server.stop()));
  }

  /** From now on answers with this status and makes no call; undefined is health again. */
  fail(status: number | undefined): void {
    this.failing = status;
  }

  /** From now on waits so many milliseconds before it does anything. */
  slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** Makes its declared calls once, as it does for a request with these headers. */
  async work(headers: IncomingHttpHeaders = {}, start = performance.now()): Promise<CallReport[]> {
    const reports: CallReport[] = [];
    for (const call of this.options.calls) {
      for (let time = 0; time < call.times; time += 1) {
        const context = contextOf(headers, this.options.routedHeaders, performance.now() - start);
        const token: Headers = call.token && headers.authorization !== undefined ? { authorization: headers.authorization } : {};
        reports.push(await makeCall(call, this.options.version.id, { ...context, ...token }));
      }
    }
    return reports;
  }

  private speaking(kind: Listener['protocol'], port?: string): AppServer {
    if (kind === 'tcp') return new AppServer({ kind, accept: (socket) => this.greet(socket, port) });
    const sockets = port === undefined && this.options.service.rules.some(({ upgrade }) => upgrade !== undefined);
    return new AppServer({
      kind,
      handle: (request) => this.handle(request, port),
      ...(sockets ? { upgrade: (...asked) => void this.converse(...asked) } : {}),
    });
  }

  /** Over TCP a connection's first line stands for a request: it makes the declared calls, and answers with its name. */
  private greet(socket: Socket, port: string | undefined): void {
    const { version, instance } = this.options;
    socket.once('data', async (line) => {
      if (this.delay > 0) await wait(this.delay, undefined, { ref: false });
      if (this.failing === undefined && port === undefined) await this.work();
      if (this.failing !== undefined) socket.destroy();
      else socket.end(`${version.id}-${instance}${port === undefined ? '' : `:${port}`} heard: ${line.toString('utf8').trim()}\n`);
    });
  }

  /** A WebSocket: its first message is the stub's, and says who called; then it repeats what it hears. */
  private async converse(request: AppRequest, socket: Duplex, head: Buffer): Promise<void> {
    if (this.delay > 0) await wait(this.delay, undefined, { ref: false });
    if (this.failing !== undefined) {
      return void socket.end(`HTTP/1.1 ${this.failing} failing\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    }
    const { service, version, instance } = this.options;
    const greeting = { service: service.name, version: version.name, instance, path: request.path, calledBy: callerOf(request.headers) };
    repeatMessages(request, socket, head, JSON.stringify(greeting));
  }

  private async handle(request: AppRequest, port: string | undefined): Promise<AppAnswer> {
    const { service, version, instance } = this.options;
    if (request.path === service.health?.path && this.failing === undefined) return { status: 200, body: { healthy: true } };
    const start = performance.now();
    if (this.delay > 0) await wait(this.delay, undefined, { ref: false });
    const calls = this.failing === undefined && port === undefined ? await this.work(request.headers, start) : [];
    const failed = calls.some(({ status }) => status !== 'connected' && (status === 'failed' || status >= 400));
    const body: StubAnswer = {
      service: service.name,
      version: version.name,
      instance,
      ...(port === undefined ? {} : { port }),
      method: request.method,
      path: request.path,
      calledBy: callerOf(request.headers),
      principal: principalOf(request.headers),
      route: request.headers[edgeRouteHeader]?.toString(),
      headers: shownHeaders(request.headers),
      calls,
    };
    // Where the ingress makes JSON of it, an answer has to be protobuf: a message without fields is one, whatever its type.
    const wanted = service.descriptors === undefined || body.route === undefined ? body : undefined;
    return { status: this.failing ?? (failed ? 502 : 200), body: wanted };
  }
}
