import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bootstrap, JsonObject } from '../engines/envoy/json.js';
import { liveConfiguration, replaceFile } from './live-configuration.js';
import { assertLoopback } from './loopback.js';
import type { Process } from './process.js';
import { ask, readStatistics, type Statistics } from './statistics.js';
import type { Supervisor } from './supervisor.js';
import { TwinError } from './twin-error.js';

export interface EnvoyOptions {
  /** What messages, logs and files call it. */
  readonly name: string;
  readonly bootstrap: Bootstrap;
  /** The Unix socket of its administration. */
  readonly socket: string;
  readonly binary: string;
  readonly onLine: (name: string, line: string) => void;
}

/** How long an Envoy may take to read what was replaced, in milliseconds; 100 is usual. */
const patienceForDocuments = 10_000;
/** How long an Envoy may take until it listens, in milliseconds; 200 is usual, a busy machine takes longer. */
const patience = 30_000;
/** Linux allows 107 bytes; the margin is for what a shell or a library adds. */
export const longestSocketPath = 100;

/** One Envoy of the twin. */
export class EnvoyProcess {
  readonly name: string;
  readonly socket: string;

  private constructor(
    { name, socket }: EnvoyOptions,
    private readonly process: Process,
    /** Where its routes documents are. */
    private readonly folder: string,
    private routes: ReadonlyMap<string, string>,
    /** How many certificates it uses. */
    private readonly secrets: number,
  ) {
    this.name = name;
    this.socket = socket;
  }

  /**
   * Starts it, without waiting for it.
   *
   * @throws TwinError `NOT_LOOPBACK` before anything is started
   */
  static start(supervisor: Supervisor, options: EnvoyOptions): EnvoyProcess {
    assertLoopback(options.name, options.bootstrap);
    const folder = join(supervisor.folder, options.name);
    const { bootstrap, routes, secrets } = liveConfiguration(options.bootstrap, folder);
    for (const [path, text] of [...routes, ...secrets]) replaceFile(path, text);
    const file = join(supervisor.folder, `${options.name}.json`);
    writeFileSync(file, JSON.stringify(ownProcess(bootstrap), null, 2), { mode: 0o600 });
    const args = [
      '--config-path',
      file,
      '--concurrency',
      '1',
      '--disable-hot-restart',
      '--log-level',
      'warning',
      '--log-format',
      '%l %n: %v',
    ];
    const process = supervisor.start({ name: options.name, command: options.binary, args, onLine: options.onLine });
    return new EnvoyProcess(options, process, folder, routes, secrets.size);
  }

  /**
   * Takes the routes of this configuration from now on, while requests are under way; all else of it has to be what it was started with.
   *
   * @throws TwinError `NOT_READY` where it has not taken them after 10 s
   */
  async reroute(bootstrap: Bootstrap): Promise<void> {
    const { routes } = liveConfiguration(bootstrap, this.folder);
    const changed = [...routes].filter(([file, text]) => this.routes.get(file) !== text);
    if (changed.length === 0 || !this.running) return;
    const taken = await this.expect('rds', changed.length);
    for (const [file, text] of changed) replaceFile(file, text);
    await taken();
    this.routes = routes;
  }

  /** To be called before the secrets are replaced that it was started with; what it returns waits until it has taken them all. */
  expectSecrets(): Promise<() => Promise<void>> {
    return this.expect('sds', this.secrets);
  }

  /** @throws TwinError `NOT_READY`, by the function that it returns, after 10 s */
  private async expect(kind: 'rds' | 'sds', documents: number): Promise<() => Promise<void>> {
    const taken = async () =>
      Object.values(await this.statistics(`(^|\\.)${kind}\\..*\\.update_success$`)).reduce((sum, value) => sum + value, 0);
    const expected = (await taken()) + documents;
    return async () => {
      const end = performance.now() + patienceForDocuments;
      while (this.running && performance.now() < end) {
        if ((await taken()) >= expected) return;
        await wait(20);
      }
      if (!this.running) return;
      throw new TwinError('NOT_READY', `${this.name} has not taken its new ${kind} documents after ${patienceForDocuments / 1000} s`);
    };
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get running(): boolean {
    return this.process.running;
  }

  /** Settles when it has ended; the error says how. */
  get ended(): Promise<TwinError> {
    return this.process.ended.then(() => this.process.failure());
  }

  /** @throws TwinError `PROCESS_FAILED` with its last lines, `NOT_READY` after 30 s */
  async whenReady(): Promise<void> {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      if (!this.process.running) {
        await this.process.ended;
        throw this.process.failure();
      }
      if ((await ask(this.socket, '/ready')).status === 200) return;
      await wait(20);
    }
    throw new TwinError('NOT_READY', `${this.name} is not ready after ${patience / 1000} s; its last lines:\n${this.process.lastLines()}`);
  }

  /** Its counters and gauges whose name matches the regular expression. */
  statistics(filter?: string): Promise<Statistics> {
    return readStatistics(this.socket, filter);
  }

  /** Such as `1.40.0`. */
  async version(): Promise<string> {
    const { body } = await ask(this.socket, '/server_info');
    return (/"version":\s*"[^/"]*\/([^/"]+)/.exec(body) ?? [])[1] ?? 'unknown';
  }

  /** Its memory, in bytes: all that is resident, and what is its own alone. Undefined where the system does not say. */
  memory(): { readonly resident: number; readonly own: number } | undefined {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      const bytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
      return { resident: bytes('VmRSS'), own: bytes('RssAnon') };
    } catch {
      return undefined;
    }
  }

  /** SIGKILL: the sidecar dies, not only its app. */
  async kill(): Promise<void> {
    this.process.signal('SIGKILL');
    await this.process.ended;
  }
}

/**
 * What only the twin needs. A second Envoy of the same user could otherwise share a listener's port without an error, and take half of its connections;
 * and histograms are five seconds old where nobody says how often they are brought up to date.
 */
function ownProcess(bootstrap: Bootstrap): Bootstrap {
  const { static_resources: resources } = bootstrap as { static_resources: { listeners: readonly JsonObject[] } };
  const listeners = resources.listeners.map((each) => ({ ...each, enable_reuse_port: false }));
  return { ...bootstrap, stats_flush_interval: '1s', static_resources: { ...resources, listeners } };
}
