import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bootstrap, JsonObject } from '../engines/envoy/json.js';
import { lacksFiles } from './failed-start.js';
import { type Live, liveConfiguration } from './live-configuration.js';
import { assertLoopback } from './loopback.js';
import type { Process } from './process.js';
import { ask, readStatistics, type Statistics } from './statistics.js';
import type { Supervisor } from './supervisor.js';
import type { Reached } from './through.js';
import { TwinError } from './twin-error.js';

export interface EnvoyOptions {
  /** What messages, logs and files call it. */
  readonly name: string;
  readonly bootstrap: Bootstrap;
  /** The Unix socket of its administration. */
  readonly socket: string;
  readonly binary: string;
  readonly onLine: (name: string, line: string) => void;
  /** Externals that are let through to their real hosts. @default none: it stays on this machine */
  readonly reached?: ReadonlyMap<string, Reached>;
  /** Where it gets its routes, certificates and addresses of instances, which may then change. @default in its configuration, once for all */
  readonly live?: Live;
}

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
    private readonly live: Live | undefined,
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
    assertLoopback(options.name, options.bootstrap, options.reached);
    const { live } = options;
    const apart = live === undefined ? undefined : liveConfiguration(options.bootstrap, options.name, live);
    for (const [name, document] of [...(apart?.routes ?? []), ...(apart?.endpoints ?? [])]) void live?.documents.put(name, document);
    for (const [name, document] of apart?.secrets ?? []) live?.documents.begin(name, document);
    const file = join(supervisor.folder, `${options.name}.json`);
    writeFileSync(file, JSON.stringify(ownProcess(apart?.bootstrap ?? options.bootstrap), null, 2), { mode: 0o600 });
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
      '--file-flush-interval-msec',
      '250',
    ];
    const process = supervisor.start({ name: options.name, command: options.binary, args, onLine: worthReading(options.onLine) });
    return new EnvoyProcess(options, process, live);
  }

  /**
   * Takes the routes and addresses of this configuration from now on, while requests are under way; all else of it has to be what it was started with.
   *
   * @throws TwinError `NOT_READY` where it has not taken them after 10 s
   */
  async update(bootstrap: Bootstrap): Promise<void> {
    const { live } = this;
    if (live === undefined || !this.running || this.isStopping) return;
    const { routes, endpoints } = liveConfiguration(bootstrap, this.name, live);
    await Promise.all([...routes, ...endpoints].map(([name, document]) => live.documents.put(name, document)));
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

  /** @throws TwinError `PROCESS_FAILED` with its last lines, `NOT_READY` after 30 s; and the system's own error where no more files can be open */
  async whenReady(): Promise<void> {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      if (!this.process.running) {
        await this.process.ended;
        throw this.process.failure();
      }
      const { status, error } = await ask(this.socket, '/ready');
      if (status === 200) return;
      if (lacksFiles(error)) throw error;
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

  /** Whether it was asked to end, or made to. */
  get isStopping(): boolean {
    return this.process.isStopping;
  }

  /** SIGTERM, and SIGKILL after three seconds. */
  stop(): Promise<void> {
    return this.process.stop();
  }

  /** SIGKILL: the sidecar dies, not only its app. */
  kill(): Promise<void> {
    return this.process.kill();
  }
}

/** Asked before its clusters are up, an Envoy's first question for a document fails; it asks again at once, and whoever waits for an answer says so. */
const worthReading =
  (onLine: EnvoyOptions['onLine']): EnvoyOptions['onLine'] =>
  (name, line) =>
    /REST update for \/v3\/discovery:\w+ failed$/.test(line) ? undefined : onLine(name, line);

/**
 * What only the twin needs. A second Envoy of the same user could otherwise share a listener's port without an error, and take half of its connections;
 * and histograms are five seconds old where nobody says how often they are brought up to date.
 */
function ownProcess(bootstrap: Bootstrap): Bootstrap {
  const { static_resources: resources } = bootstrap as { static_resources: { listeners: readonly JsonObject[] } };
  const listeners = resources.listeners.map((each) => ({ ...each, enable_reuse_port: false }));
  return { ...bootstrap, stats_flush_interval: '1s', static_resources: { ...resources, listeners } };
}
