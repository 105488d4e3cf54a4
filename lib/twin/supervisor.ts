import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Process, type ProcessOptions } from './process.js';
import { Reaper } from './reaper.js';
import { TwinError } from './twin-error.js';

/** What there was to stop. */
export interface Stopped {
  readonly processes: number;
  readonly folders: number;
  /** The signal that ended it; undefined where `stop` was called. */
  readonly signal: NodeJS.Signals | undefined;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Owns child processes and a temporary folder of mode 0700, and leaves neither behind: on `stop`, on SIGINT, SIGTERM and SIGHUP, and, by SIGKILL,
 * when this process exits without having stopped them (`process.exit`, an exception nobody caught, a second signal), or is killed itself.
 */
export class Supervisor {
  readonly folder: string;
  /** Settles when all is stopped, whatever the reason. */
  readonly stopped: Promise<Stopped>;
  private readonly processes: Process[] = [];
  private readonly resources: (() => Promise<void> | void)[] = [];
  private readonly handlers = new Map<string, () => void>();
  private readonly reaper: Reaper;
  private stopping: Promise<Stopped> | undefined;
  private settle: (stopped: Stopped) => void = () => {};

  /**
   * @param prefix of the folder's name
   * @throws TwinError `NO_ROOM` where no folder can be made
   */
  constructor(prefix = 'edge-mesh-') {
    this.folder = makeFolder(prefix);
    chmodSync(this.folder, 0o700);
    this.reaper = new Reaper(this.folder);
    this.stopped = new Promise((resolve) => {
      this.settle = resolve;
    });
    for (const signal of signals) this.listen(signal, () => this.interrupt(signal));
    this.listen('exit', () => this.abandon());
  }

  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  /** @throws TwinError `INTERRUPTED` where all is being stopped already */
  start(options: ProcessOptions): Process {
    this.assertRunning();
    const started = new Process(options);
    this.processes.push(started);
    const { pid } = started;
    if (pid === undefined) return started;
    this.reaper.watch(pid);
    void started.ended.then(() => this.reaper.forget(pid));
    return started;
  }

  /** Something in this process to close at the end, latest first, after the processes. */
  closeAtEnd(close: () => Promise<void> | void): void {
    this.resources.unshift(close);
  }

  /** A file outside the folder, which its closer removes: should this process be killed first, it goes all the same. */
  watchFile(file: string): void {
    this.reaper.alsoRemove(file);
  }

  /** @throws TwinError `INTERRUPTED` where all is being stopped already */
  assertRunning(): void {
    if (this.isStopping) throw new TwinError('INTERRUPTED', 'stopped while it was starting');
  }

  stop(signal?: NodeJS.Signals): Promise<Stopped> {
    this.stopping ??= this.stopAll(signal);
    return this.stopping;
  }

  private async stopAll(signal: NodeJS.Signals | undefined): Promise<Stopped> {
    const running = this.processes.filter((each) => each.running).length;
    await Promise.all(this.processes.map((each) => each.stop()));
    for (const close of this.resources) await close();
    await this.reaper.end();
    rmSync(this.folder, { recursive: true, force: true });
    for (const [event, handler] of this.handlers) process.off(event, handler);
    const stopped = { processes: running, folders: 1, signal };
    this.settle(stopped);
    return stopped;
  }

  private interrupt(signal: NodeJS.Signals): void {
    // 130 is what a shell reports for a command that Ctrl-C ended.
    if (this.stopping !== undefined) process.exit(130);
    void this.stop(signal);
  }

  /** The last resort, synchronous: nothing else runs when a process exits. */
  private abandon(): void {
    for (const each of this.processes) if (each.running) each.signal('SIGKILL');
    for (const close of this.resources) void close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private listen(event: string, handler: () => void): void {
    this.handlers.set(event, handler);
    process.on(event, handler);
  }
}

function makeFolder(prefix: string): string {
  try {
    return mkdtempSync(join(tmpdir(), prefix));
  } catch (error) {
    throw new TwinError('NO_ROOM', `no temporary folder: ${(error as Error).message}; set TMPDIR to a folder that you may write to`);
  }
}
