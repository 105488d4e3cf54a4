import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { TwinError } from './twin-error.js';

export interface ProcessOptions {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Besides PATH. @default nothing */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where it runs. @default the working directory */
  readonly folder?: string;
  /** Each line it writes, without its end. */
  readonly onLine?: (name: string, line: string) => void;
}

/** How many of its last lines a failure shows. */
const keptLines = 12;
/** How long a process, and what it started, may take to end by itself after SIGTERM. */
const patience = 3_000;
/** How long the last lines of a process that has ended may take to arrive. Whoever left its group may hold its streams for ever. */
const lastWords = 1_000;

/** A child in a process group of its own, so that what it starts ends with it. */
export class Process {
  readonly name: string;
  readonly pid: number | undefined;
  /** Settles when it has ended, however it did. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private asked = false;
  /** Nobody is left in its group, whose number may become another's. */
  private gone = false;
  private outcome: string | undefined;

  constructor({ name, command, args, environment, folder, onLine }: ProcessOptions) {
    this.name = name;
    this.child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
    });
    this.pid = this.child.pid;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        if (this.lines.length > keptLines) this.lines.shift();
        // What it says about being stopped is no news.
        if (!this.asked) onLine?.(name, line);
      });
    }
    this.child.once('exit', () => {
      setTimeout(() => this.silence(), lastWords).unref();
      // What it started has nobody any more; where all were asked to end, they have their time.
      if (this.asked) return;
      this.signal('SIGKILL');
      this.gone = true;
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.outcome ??= error.message;
        resolve();
      });
      // `close` comes after the last line was read, `exit` may come before.
      this.child.once('close', (code, signal) => {
        this.outcome ??= signal === null ? `exit code ${code}` : `signal ${signal}`;
        resolve();
      });
    });
  }

  get running(): boolean {
    return this.outcome === undefined;
  }

  /** Whether it was asked to end, or made to. */
  get isStopping(): boolean {
    return this.asked;
  }

  /** It ended by itself, and well. */
  get succeeded(): boolean {
    return this.outcome === 'exit code 0';
  }

  /** `exit code 1`, `signal SIGKILL`. */
  get end(): string {
    return this.outcome ?? 'still running';
  }

  /** What it wrote last, indented. */
  lastLines(): string {
    return (this.lines.length === 0 ? ['(it wrote nothing)'] : this.lines).map((line) => `  ${line}`).join('\n');
  }

  /** The error that says how it ended and what it wrote last. */
  failure(): TwinError {
    return new TwinError('PROCESS_FAILED', `${this.name} ended: ${this.end}; its last lines:\n${this.lastLines()}`);
  }

  /** Sends a signal to the whole group; nothing happens where it has ended. */
  signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined || this.gone) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group is gone.
    }
  }

  /** SIGKILL at once, on purpose. */
  async kill(): Promise<void> {
    this.asked = true;
    this.signal('SIGKILL');
    await this.ended;
    this.gone = true;
  }

  /** SIGTERM to it and to what it started, and SIGKILL to what is left after three seconds. */
  async stop(): Promise<void> {
    this.asked = true;
    const end = performance.now() + patience;
    this.signal('SIGTERM');
    while (this.hasGroup && performance.now() < end) await wait(20);
    this.signal('SIGKILL');
    await this.ended;
    this.gone = true;
  }

  private get hasGroup(): boolean {
    if (this.pid === undefined || this.gone) return false;
    try {
      process.kill(-this.pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  private silence(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }
}
