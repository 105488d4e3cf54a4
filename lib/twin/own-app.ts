import { setTimeout as wait } from 'node:timers/promises';
import { answers, type Sign } from './app-sign.js';
import type { Ports } from './ports.js';
import type { Process } from './process.js';
import type { CallReport } from './stub-call.js';
import type { Supervisor } from './supervisor.js';

/** What is the matter with a program: `idle` was never meant to run by itself, `down` ended too often. */
export type AppState = 'idle' | 'starting' | 'ready' | 'restarting' | 'killed' | 'down';

export interface OwnAppOptions {
  /** Its instance's. */
  readonly name: string;
  /** Of a shell. */
  readonly command: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it is to listen; 0 for a worker, which is ready when it runs. */
  readonly port: number;
  readonly ports: ReadonlyMap<string, number>;
  /** Keeps others away from them until it is started. */
  readonly held: Ports;
  /** By what it is known to be ready. */
  readonly sign: Sign;
  /** Whether it runs on demand only, as a worker with a schedule does. */
  readonly onDemand: boolean;
  readonly supervisor: Supervisor;
  /** Each line that it writes. */
  readonly onLine: (name: string, line: string) => void;
  /** What becomes of it, in words. */
  readonly onNews: (news: string) => void;
  /** @default { backOff: 100, wellAfter: 30_000, word: 5_000, patience: 60_000 } */
  readonly pace?: Partial<Pace>;
}

/** All in milliseconds. */
export interface Pace {
  /** Before it is started again for the first time; doubled for each time after. */
  readonly backOff: number;
  /** What has run so long counts from the first again when it ends. */
  readonly wellAfter: number;
  /** After how long `whenSettled` says what it waits for: nobody likes a program that says nothing. */
  readonly word: number;
  /** How long `whenSettled` waits for it: it may have to compile itself. */
  readonly patience: number;
}

const usual: Pace = { backOff: 100, wellAfter: 30_000, word: 5_000, patience: 60_000 };
/** How often in a row it is started again. */
const mostRestarts = 5;
const between = 50;

/** A program of the user's own in the place of one instance's app, kept running. */
export class OwnApp {
  readonly kind = 'own';
  private current: AppState;
  private process: Process | undefined;
  private restarts = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly pace: Pace;

  constructor(private readonly options: OwnAppOptions) {
    this.pace = { ...usual, ...options.pace };
    this.current = options.onDemand ? 'idle' : 'killed';
    // It may never be started.
    options.supervisor.closeAtEnd(() => options.held.release());
  }

  get state(): AppState {
    return this.current;
  }

  get port(): number {
    return this.options.port;
  }

  portOf(name: string): number | undefined {
    return this.options.ports.get(name);
  }

  get onDemand(): boolean {
    return this.options.onDemand;
  }

  /** Starts it, without waiting for it; nothing where it runs, or where it runs on demand only. */
  async start(): Promise<void> {
    if (this.current === 'killed' || this.current === 'down') {
      this.restarts = 0;
      this.current = 'starting';
      await this.options.held.release();
      if (this.current === 'starting' && !this.options.supervisor.isStopping) this.launch();
    }
  }

  /** Dies with all that it started, and stays so until `start`. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.onDemand) this.current = 'killed';
    this.process?.signal('SIGKILL');
    await this.process?.ended;
  }

  /** Settles when it is ready, or will not be; after a minute too. Says what it waits for. */
  async whenSettled(): Promise<void> {
    const { word, patience } = this.pace;
    const { name, port, supervisor, onNews } = this.options;
    const began = performance.now();
    let said = false;
    while ((this.current === 'starting' || this.current === 'restarting') && !supervisor.isStopping) {
      const waited = performance.now() - began;
      const silent = `${name}'s app does not answer on 127.0.0.1:${port}`;
      if (waited > patience) return onNews(`${silent} after ${patience / 1_000} s; it has to listen where PORT says`);
      if (waited > word && !said) onNews(`${silent} yet; it has to listen where PORT says, and is waited for up to ${patience / 1_000} s`);
      said = waited > word;
      await wait(between);
    }
  }

  /** Runs it once, to its end. @throws TwinError `PROCESS_FAILED` where it does not end well */
  async work(): Promise<CallReport[]> {
    const process = this.spawn();
    this.process = process;
    await process.ended;
    if (!process.succeeded) throw process.failure();
    return [];
  }

  private launch(): void {
    this.current = 'starting';
    const process = this.spawn();
    this.process = process;
    const began = performance.now();
    void process.ended.then(() => this.ended(process, performance.now() - began));
    void this.watch(process);
  }

  private spawn(): Process {
    const { name, command, environment, folder, supervisor, onLine } = this.options;
    return supervisor.start({
      name: `${name}'s app`,
      command: '/bin/sh',
      args: ['-c', command],
      environment,
      folder,
      onLine: (_, line) => onLine(name, line),
    });
  }

  private async watch(process: Process): Promise<void> {
    while (process.running && this.current === 'starting' && !(await answers(this.options.sign))) await wait(between);
    if (process.running && this.process === process && this.current === 'starting') this.current = 'ready';
  }

  private ended(process: Process, ran: number): void {
    const { name, supervisor, onNews } = this.options;
    if (this.current === 'killed' || supervisor.isStopping) return;
    if (ran >= this.pace.wellAfter) this.restarts = 0;
    if (this.restarts === mostRestarts) {
      this.current = 'down';
      onNews(
        `${process.failure().message}\n${name}'s app ended ${mostRestarts + 1} times in a row: it stays down, and everything else goes on`,
      );
      return;
    }
    const delay = this.pace.backOff * 2 ** this.restarts;
    this.restarts += 1;
    this.current = 'restarting';
    onNews(`${name}'s app ended: ${process.end}; it is started again in ${delay / 1_000} s (${this.restarts} of ${mostRestarts})`);
    this.timer = setTimeout(() => supervisor.isStopping || this.launch(), delay).unref();
  }
}
