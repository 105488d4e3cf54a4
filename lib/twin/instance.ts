import type { Version } from '../model/architecture/index.js';
import type { EnvoyProcess } from './envoy-process.js';
import type { Seat } from './site.js';
import type { Statistics } from './statistics.js';
import type { CallReport } from './stub-call.js';

/** What was done to an instance's app on purpose. */
export interface Condition {
  /** Whether it listens; a worker never does, and counts as running. */
  readonly running: boolean;
  /** What it answers with whatever it is asked; undefined where it is healthy. */
  readonly failing: number | undefined;
  /** Milliseconds that it waits before it does anything. */
  readonly delay: number;
}

/** One instance of a version: a stub app, and the real Envoy beside it. */
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
    return this.seat.stub.server.port;
  }

  /** Where its sidecar takes its app's requests, by callee: whoever asks there asks as this app. */
  get localPorts(): ReadonlyMap<string, number> {
    return this.seat.local;
  }

  /** Its sidecar's counters and gauges whose name matches the regular expression. */
  statistics(filter?: string): Promise<Statistics> {
    return this.sidecar.statistics(filter);
  }

  get condition(): Condition {
    return this.current;
  }

  /** The app dies: connections break and its port is closed, while the sidecar lives on. */
  stopApp(): Promise<void> {
    this.current = { ...this.current, running: false };
    return this.seat.stub.stop();
  }

  /** The app comes back on the same port; a worker's has none. */
  async startApp(): Promise<void> {
    if (this.appPort !== 0) await this.seat.stub.start();
    this.current = { ...this.current, running: true };
  }

  /** From now on the app answers with this status and makes no call; undefined is health again. */
  failApp(status: number | undefined): void {
    this.seat.stub.fail(status);
    this.current = { ...this.current, failing: status };
  }

  /** From now on the app waits so many milliseconds before it does anything. */
  slowApp(milliseconds: number): void {
    this.seat.stub.slow(milliseconds);
    this.current = { ...this.current, delay: milliseconds };
  }

  /** The app makes its declared calls once, as a worker does by itself and a service for each request. */
  work(): Promise<CallReport[]> {
    return this.seat.stub.work();
  }

  /** The sidecar dies, and is not started again. */
  killSidecar(): Promise<void> {
    return this.sidecar.kill();
  }
}
