import type { Version } from '../model/architecture/index.js';
import type { EnvoyProcess } from './envoy-process.js';
import type { AppState } from './own-app.js';
import type { Seat } from './seat.js';
import { ask, type Statistics } from './statistics.js';
import type { CallReport } from './stub-call.js';
import type { StubService } from './stub-service.js';
import { TwinError } from './twin-error.js';

/** What was done to an instance's app on purpose, and what became of it by itself. */
export interface Condition {
  /** Whether it listens; a worker never does, and counts as running. */
  readonly running: boolean;
  /** How a program of the user's own is; undefined for a stub. */
  readonly own?: AppState;
  /** What it answers with whatever it is asked; undefined where it is healthy. */
  readonly failing: number | undefined;
  /** Milliseconds that it waits before it does anything. */
  readonly delay: number;
}

/** One instance of a version: its app, a stub or a program of the user's own, and the real Envoy beside it. */
export class Instance {
  private current: Condition = { running: true, failing: undefined, delay: 0 };

  constructor(
    private readonly seat: Seat,
    /** Its sidecar. */
    readonly sidecar: EnvoyProcess,
  ) {}

  /** `reviews-v1-1`. */
  get name(): string {
    return this.seat.name;
  }

  get version(): Version {
    return this.seat.version;
  }

  /** 1 for the first of its version. */
  get number(): number {
    return this.seat.instance;
  }

  /** The availability zone that it stands for: `a`, `b` and `c` by turns. */
  get zone(): string {
    return this.seat.zone;
  }

  /** Where its sidecar's statistics are read, as `GET /stats/prometheus`; undefined where no metrics are declared. */
  get metricsPort(): number | undefined {
    return this.seat.metrics;
  }

  /** Where its sidecar takes mutual TLS. */
  get inboundPort(): number {
    return this.seat.inbound;
  }

  /** Where its app listens, without any protection; 0 for a worker. */
  get appPort(): number {
    return this.seat.app.port;
  }

  /** Where its sidecar takes its app's requests, by callee: whoever asks there asks as this app. */
  get localPorts(): ReadonlyMap<string, number> {
    return this.seat.local;
  }

  /** Its sidecar's counters and gauges whose name matches the regular expression. */
  statistics(filter?: string): Promise<Statistics> {
    return this.sidecar.statistics(filter);
  }

  /** Whether its app is a program of the user's own, which nothing but `stopApp` and `startApp` can be done to. */
  get isOwn(): boolean {
    return this.seat.app.kind === 'own';
  }

  /** Whether its app runs on demand only. */
  get isOnDemand(): boolean {
    const { app } = this.seat;
    return app.kind === 'own' ? app.onDemand : this.appPort === 0;
  }

  get condition(): Condition {
    const { app } = this.seat;
    if (app.kind === 'stub') return this.current;
    return { ...this.current, running: app.state !== 'killed' && app.state !== 'down', own: app.state };
  }

  /** The app dies: connections break and its port is closed, while the sidecar lives on. */
  stopApp(): Promise<void> {
    this.current = { ...this.current, running: false };
    return this.seat.app.stop();
  }

  /** The app comes back on the same port, a program in its own time; a worker's stub has none. */
  async startApp(): Promise<void> {
    const { app } = this.seat;
    if (app.kind === 'own' || app.port !== 0) await app.start();
    this.current = { ...this.current, running: true };
  }

  /** Starts a program of the user's own, and waits until it is ready or will not be; a stub is ready already. */
  async startProgram(): Promise<void> {
    const { app } = this.seat;
    if (app.kind === 'stub') return;
    await app.start();
    await app.whenSettled();
  }

  /** From now on the app answers with this status and makes no call; undefined is health again. @throws TwinError `NOT_A_STUB` */
  failApp(status: number | undefined): void {
    this.stub('made to fail').fail(status);
    this.current = { ...this.current, failing: status };
  }

  /** From now on the app waits so many milliseconds before it does anything. @throws TwinError `NOT_A_STUB` */
  slowApp(milliseconds: number): void {
    this.stub('slowed').slow(milliseconds);
    this.current = { ...this.current, delay: milliseconds };
  }

  /**
   * A stub makes its declared calls once, as a worker does by itself and a service for each request. A program that runs on demand is run once, to its end;
   * what it calls is its own affair.
   *
   * @throws TwinError `NOT_A_STUB` for a program that runs anyway, `PROCESS_FAILED` for one that does not end well
   */
  work(): Promise<CallReport[]> {
    return this.isOwn && this.isOnDemand ? this.seat.app.work() : this.stub('told to make its calls').work();
  }

  private stub(done: string): StubService {
    const { app } = this.seat;
    if (app.kind === 'stub') return app;
    throw new TwinError(
      'NOT_A_STUB',
      `${this.name} runs a program of your own, which cannot be ${done}; kill it, or declare \`faults\` on a call to it`,
    );
  }

  /** Its sidecar says that it is leaving: health checks fail, and each answer asks its caller to open another connection. */
  async drain(): Promise<void> {
    await ask(this.sidecar.socket, '/healthcheck/fail', 'POST');
  }

  /** How many requests, or connections where it speaks TCP, its sidecar has under way for others. */
  async underWay(): Promise<number> {
    const active = await this.sidecar.statistics(
      this.seat.tcp ? '^tcp\\..*downstream_cx_active$' : '^http\\.inbound.*downstream_rq_active$',
    );
    return Object.values(active).reduce((sum, each) => sum + each, 0);
  }

  /** The sidecar dies, and is not started again. */
  killSidecar(): Promise<void> {
    return this.sidecar.kill();
  }
}
