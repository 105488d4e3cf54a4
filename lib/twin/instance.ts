import type { Version } from '../model/architecture.js';
import type { EnvoyProcess } from './envoy-process.js';
import type { Seat } from './site.js';
import type { Statistics } from './statistics.js';
import type { CallReport } from './stub-call.js';

/** One instance of a version: a stub app, and the real Envoy beside it. */
export class Instance {
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

  /** The app dies: connections break and its port is closed, while the sidecar lives on. */
  stopApp(): Promise<void> {
    return this.seat.stub.server.stop();
  }

  /** The app comes back on the same port. */
  startApp(): Promise<void> {
    return this.seat.stub.server.start();
  }

  /** From now on the app answers with this status and makes no call; undefined is health again. */
  failApp(status: number | undefined): void {
    this.seat.stub.fail(status);
  }

  /** From now on the app waits so many milliseconds before it does anything. */
  slowApp(milliseconds: number): void {
    this.seat.stub.slow(milliseconds);
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
