import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from 'node:http';
import { connect } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bootstrap, Credentials, Placement } from '../../../lib/engines/envoy/index.js';
import type { Architecture } from '../../../lib/index.js';
import { CertificateAuthority } from '../../../lib/twin/certificate-authority.js';
import { findEnvoy } from '../../../lib/twin/envoy-binary.js';
import { Ports, portOf } from '../../../lib/twin/ports.js';
import { Process } from '../../../lib/twin/process.js';
import { ask, readStatistics, type Statistics } from '../../../lib/twin/statistics.js';

const at = (port: number) => ({ address: '127.0.0.1', port });
const none = at(0);

export interface Asked {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server of the test itself. */
export interface App {
  readonly port: number;
  readonly close: () => void;
}

/** Apps and Envoys on 127.0.0.1 with certificates of their own; nothing is left of them after `stop`. */
export class Trial {
  private readonly processes: Process[] = [];
  private readonly apps: App[] = [];

  private constructor(
    readonly folder: string,
    private readonly ports: Ports,
    private readonly credentials: ReadonlyMap<string, Credentials>,
    readonly authority: CertificateAuthority,
  ) {}

  static async of({ services, gateways }: Architecture): Promise<Trial> {
    const folder = mkdtempSync(join(tmpdir(), 'trial-'));
    const authority = await CertificateAuthority.create(folder);
    const issue = async ({ identity }: { readonly identity: string }) => {
      const { certificate, privateKey } = await authority.issueIdentity(identity);
      const files = { certificate: { filename: certificate }, privateKey: { filename: privateKey }, trust: { filename: authority.roots } };
      return [identity, files] as const;
    };
    const credentials = new Map(await Promise.all([...services, ...gateways].map(issue)));
    return new Trial(folder, await Ports.reserve(24), credentials, authority);
  }

  port = (): number => this.ports.take();

  /** What one Envoy has of its own; the rest is nowhere. */
  placement(name: string, own: Partial<Placement>): Placement {
    return {
      inbound: none,
      app: none,
      ready: at(this.port()),
      metrics: none,
      further: () => ({ inbound: none, app: none }),
      local: () => none,
      front: () => none,
      admin: { socket: this.socketOf(name) },
      endpoints: () => ({ addresses: [none] }),
      external: ({ name: sni }) => ({ addresses: [none], sni, roots: { filename: this.authority.roots } }),
      credentials: (identity) => this.credentials.get(identity)!,
      keys: () => ({ jwks: '{"keys":[]}' }),
      concurrency: 1,
      accessLog: join(this.folder, `${name}.log`),
      ...own,
    };
  }

  /** An app on a port of the system's choice. */
  app = (listener: RequestListener): Promise<App> => this.listen(createServer(listener));

  /** A server on a port of the system's choice; `close` ends its connections too. */
  async listen(server: Server): Promise<App> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    this.apps.push({ port: portOf(server), close });
    return this.apps.at(-1)!;
  }

  /**
   * Starts them all, and waits until each is ready.
   * @param within how the command of each is run, where it is not to be as it is
   */
  async start(
    bootstraps: Readonly<Record<string, Bootstrap>>,
    within = (_name: string, command: readonly string[]) => command,
  ): Promise<void> {
    await this.ports.release();
    for (const [name, bootstrap] of Object.entries(bootstraps)) {
      const file = join(this.folder, `${name}.json`);
      writeFileSync(file, JSON.stringify(bootstrap));
      const args = [
        '--config-path',
        file,
        '--concurrency',
        '1',
        '--disable-hot-restart',
        '--log-level',
        'warning',
        '--file-flush-interval-msec',
        '20',
      ];
      const [command = '', ...rest] = within(name, [findEnvoy(), ...args]);
      this.processes.push(new Process({ name, command, args: rest }));
    }
    await Promise.all(this.processes.map((process) => this.whenReady(process)));
  }

  private async whenReady(process: Process): Promise<void> {
    while (process.running) {
      if ((await ask(this.socketOf(process.name), '/ready')).status === 200) return;
      await wait(20);
    }
    await process.ended;
    throw process.failure();
  }

  /** The counters of an Envoy whose name contains the regular expression. */
  statistics = (name: string, filter: string): Promise<Statistics> => readStatistics(this.socketOf(name), filter);

  /** What one of these Envoys logged of the request with this id; waits until it is written. */
  logged = (names: readonly string[], id: string) => this.loggedWhere(names, { request: id });

  /** The first line of these Envoys' logs with these values; waits until it is written. */
  async loggedWhere(names: readonly string[], values: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    for (;;) {
      const lines = names.flatMap((name) =>
        readFileSync(join(this.folder, `${name}.log`), 'utf8')
          .split('\n')
          .filter(Boolean),
      );
      const found = lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .find((each) => Object.entries(values).every(([key, value]) => each[key] === value));
      if (found !== undefined) return found;
      await wait(20);
    }
  }

  /** Asks an Envoy's administration. */
  admin = (name: string, path: string) => ask(this.socketOf(name), path, 'POST');

  /** A request as it is written, byte for byte, over a connection of its own. */
  send({ port, method = 'GET', path, headers = {}, body }: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** The certificate and the key of an identity. */
  filesOf(identity: string): { readonly cert: Buffer; readonly key: Buffer } {
    const { certificate, privateKey } = this.credentials.get(identity)!;
    const read = (source: object) => readFileSync((source as { filename: string }).filename);
    return { cert: read(certificate), key: read(privateKey) };
  }

  /** A request over mutual TLS as this identity, past any sidecar of its own. */
  sendAs(identity: string, { port, method = 'GET', path, headers = {} }: Asked): Promise<Answer> {
    const session = connect(`https://127.0.0.1:${port}`, {
      ...this.filesOf(identity),
      ca: readFileSync(this.authority.roots),
      checkServerIdentity: () => undefined, // the server's name is a SPIFFE identity, which Node does not look at
    });
    return new Promise<Answer>((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({ ':method': method, ':path': path, ...headers });
      let text = '';
      let answered: IncomingHttpHeaders & { ':status'?: number } = {};
      stream.on('response', (found) => (answered = found as typeof answered));
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('error', reject);
      stream.on('end', () => resolve({ status: answered[':status'] ?? 0, headers: answered, body: text }));
      stream.end();
    }).finally(() => session.destroy());
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    for (const app of this.apps) app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private socketOf = (name: string): string => join(this.folder, `${name}.sock`);
}
