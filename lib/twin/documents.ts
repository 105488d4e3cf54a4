import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '../engines/envoy/json.js';
import type { Supervisor } from './supervisor.js';
import { TwinError } from './twin-error.js';

/** How long an Envoy may take until it uses what was replaced, in milliseconds; 100 is usual. */
const patience = 10_000;

/** No service's name has a slash. */
const cluster = 'twin/documents';

interface Poll {
  readonly name: string;
  readonly version: number;
  /** Its Envoy's: closed when that has ended. */
  readonly socket: Socket;
  answer(): void;
}

interface Document {
  readonly version: number;
  readonly resource: JsonObject;
}

/**
 * The routes, certificates and addresses of a running twin, which Envoys ask for over a Unix socket: Envoy's xDS over HTTP, where an answer waits until there is something new.
 * Files that Envoy watches would do the same, but each costs an inotify instance, of which Linux gives a user 128: enough for about thirty Envoys.
 */
export class Documents {
  private readonly documents = new Map<string, Document>();
  private readonly polls = new Set<Poll>();
  private readonly acknowledged = new Set<(name: string, version: number) => void>();
  /** The last answer on a connection, which is one Envoy's: one that asks for less again has refused it, and waits for the next. */
  private readonly answered = new WeakMap<object, Readonly<Record<string, number>>>();

  private constructor(
    /** The Unix socket. */
    readonly socket: string,
    private readonly server: Server,
  ) {}

  static async serve(supervisor: Supervisor): Promise<Documents> {
    const server = createServer((request, response) => void documents.take(request, response));
    const documents = new Documents(join(supervisor.folder, 'documents.sock'), server);
    supervisor.closeAtEnd(() => documents.close());
    await new Promise<void>((listening) => server.listen(documents.socket, listening));
    server.unref();
    return documents;
  }

  /** Where Envoy gets a document: a `ConfigSource` that names the cluster. */
  static readonly source: JsonObject = {
    resource_api_version: 'V3',
    api_config_source: {
      api_type: 'REST',
      transport_api_version: 'V3',
      cluster_names: [cluster],
      refresh_delay: '0.01s',
      request_timeout: '86400s',
    },
  };

  /** The cluster that an Envoy needs for `source`. */
  get cluster(): JsonObject {
    const address = { pipe: { path: this.socket } };
    return {
      name: cluster,
      connect_timeout: '5s',
      type: 'STATIC',
      load_assignment: { cluster_name: cluster, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
    };
  }

  /** Whether somebody waits for the next of a document. */
  isAsked(name: string): boolean {
    return [...this.polls].some((poll) => poll.name === name);
  }

  /** Begins a document, unless it was begun: it may be another by now. */
  begin(name: string, resource: JsonObject): void {
    if (!this.documents.has(name)) void this.put(name, resource);
  }

  /**
   * Replaces a document, or begins it, and waits until every Envoy that asks for it uses the new one, or has ended. The same again is nothing.
   *
   * @throws TwinError `NOT_READY` where one has not after 10 s, or will not
   */
  async put(name: string, resource: JsonObject): Promise<void> {
    const before = this.documents.get(name);
    if (before !== undefined && JSON.stringify(before.resource) === JSON.stringify(resource)) return;
    const version = (before?.version ?? 0) + 1;
    this.documents.set(name, { version, resource });
    const asking = [...this.polls].filter((poll) => poll.name === name);
    const taken = this.whenTaken(name, version, asking);
    for (const poll of asking) poll.answer();
    await taken;
  }

  private async whenTaken(name: string, version: number, asking: readonly Poll[]): Promise<void> {
    if (asking.length === 0) return;
    let left = asking.length;
    let settled: () => void = () => {};
    const listener = (which: string, has: number) => {
      if (which === name && has >= version) settled();
    };
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((done, failed) => {
        settled = () => {
          left -= 1;
          if (left === 0) done();
        };
        this.acknowledged.add(listener);
        for (const { socket } of asking) socket.once('close', settled);
        const late = () => `${left} of ${asking.length} Envoys have not taken the new ${name} after ${patience / 1000} s`;
        timer = setTimeout(() => failed(new TwinError('NOT_READY', late())), patience);
      });
    } finally {
      clearTimeout(timer);
      this.acknowledged.delete(listener);
      for (const { socket } of asking) socket.off('close', settled);
    }
  }

  /** Envoy asks with the version that it has: so it says, too, that it uses it. */
  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as { version_info?: string; resource_names?: string[] };
    const name = asked.resource_names?.[0] ?? '';
    const version = Number(asked.version_info ?? 0);
    for (const listener of [...this.acknowledged]) listener(name, version);
    const poll: Poll = {
      name,
      version,
      socket: request.socket,
      answer: () => {
        this.polls.delete(poll);
        const document = this.documents.get(name);
        this.answered.set(request.socket, { ...this.answered.get(request.socket), [name]: document?.version ?? 0 });
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({ version_info: String(document?.version ?? 0), resources: document === undefined ? [] : [document.resource] }),
        );
      },
    };
    this.polls.add(poll);
    response.on('close', () => this.polls.delete(poll));
    const newest = this.documents.get(name)?.version ?? 0;
    if (newest > version && this.answered.get(request.socket)?.[name] !== newest) poll.answer();
  }

  private async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await Promise.race([closed, wait(patience, undefined, { ref: false })]);
  }
}
