import type { Bootstrap } from '../engines/envoy/index.js';
import type { Architecture, Version } from '../model/architecture/index.js';
import type { EnvoyProcess } from './envoy-process.js';
import { Instance } from './instance.js';
import { attempts, portWasTaken } from './ports.js';
import type { Programs } from './program.js';
import { furtherSeat, type Seat } from './seat.js';
import type { Site } from './site.js';
import { type StopOrder, stopInOrder } from './stop-order.js';
import type { Supervisor } from './supervisor.js';

export interface FleetParts {
  readonly architecture: Architecture;
  readonly site: Site;
  readonly supervisor: Supervisor;
  readonly programs: Programs | undefined;
  readonly launch: (name: string, bootstrap: Bootstrap) => EnvoyProcess;
  /** The configuration of an instance that has a seat, as traffic splits now. */
  readonly bootstrapOf: (name: string) => Bootstrap;
  /** Until every Envoy knows where the instances are that `site` says are known. */
  readonly tell: () => Promise<void>;
  /** Each new Envoy, once it listens. */
  readonly onReady: (envoy: EnvoyProcess) => void;
}

/** The instances of a twin, which come and go while requests are under way. */
export class Fleet {
  /** Those that ended on purpose, in order of their ends. */
  readonly departed: Instance[] = [];
  private current: readonly Instance[];
  private readonly ending = new Map<Instance, Promise<void>>();
  /** By version: how many are being started. */
  private readonly coming = new Map<string, number>();
  /** The highest number that an instance of a version ever had: none is used again. */
  private readonly highest = new Map<string, number>();

  constructor(
    private readonly parts: FleetParts,
    instances: readonly Instance[],
  ) {
    this.current = instances;
    for (const { version, number } of instances) this.highest.set(version.id, Math.max(number, this.highest.get(version.id) ?? 0));
  }

  /** Sorted by service, version, number. */
  get instances(): readonly Instance[] {
    return this.current;
  }

  /** Whether it was told to end: it is still there until what it has under way has ended. */
  isEnding(instance: Instance): boolean {
    return this.ending.has(instance);
  }

  /** How many further instances of a version are being started. */
  starting({ id }: Version): number {
    return this.coming.get(id) ?? 0;
  }

  /** Starts one more instance; callers learn of it once it is ready. @throws TwinError `PROCESS_FAILED`, `NOT_READY` */
  async start(version: Version): Promise<Instance> {
    this.coming.set(version.id, this.starting(version) + 1);
    try {
      return await this.startNow(version);
    } finally {
      this.coming.set(version.id, this.starting(version) - 1);
    }
  }

  /** Ends an instance as ECS ends a task; once, however often it is asked. @throws TwinError `NOT_READY` */
  end(instance: Instance, order: StopOrder): Promise<void> {
    const ended = this.ending.get(instance) ?? this.endNow(instance, order);
    this.ending.set(instance, ended);
    return ended;
  }

  /** A task of a rolling deployment: first its successor is there, then it ends. */
  async replace(instance: Instance): Promise<Instance> {
    const successor = await this.start(instance.version);
    await this.end(instance, 'drained');
    return successor;
  }

  /** So many instances of a version; of those that are too many the newest end. */
  async scale(version: Version, to: number): Promise<void> {
    const staying = this.current.filter((each) => each.version.id === version.id && !this.ending.has(each));
    await Promise.all([
      ...Array.from({ length: Math.max(0, to - staying.length) }, () => this.start(version)),
      ...staying.slice(to).map((instance) => this.end(instance, 'drained')),
    ]);
  }

  private async startNow(version: Version): Promise<Instance> {
    const number = (this.highest.get(version.id) ?? 0) + 1;
    this.highest.set(version.id, number);
    for (let attempt = 1; ; attempt += 1) {
      const seat = await this.seat(version, number);
      try {
        return await this.admit(seat);
      } catch (error) {
        this.vacate(seat);
        await seat.app.stop();
        if (!portWasTaken(error) || attempt === attempts) throw error;
      }
    }
  }

  private async seat(version: Version, number: number): Promise<Seat> {
    const { architecture, site, supervisor, programs } = this.parts;
    const seat = await furtherSeat({ architecture, supervisor, programs, reached: site.reached }, version, number);
    site.seats.push(seat);
    return seat;
  }

  private async admit(seat: Seat): Promise<Instance> {
    const { site, launch, bootstrapOf, tell, onReady } = this.parts;
    const instance = new Instance(seat, launch(seat.name, bootstrapOf(seat.name)));
    await instance.sidecar.whenReady();
    onReady(instance.sidecar);
    await instance.startProgram();
    this.current = this.sorted([...this.current, instance]);
    site.known.add(seat);
    await tell();
    return instance;
  }

  private async endNow(instance: Instance, order: StopOrder): Promise<void> {
    const { site, tell } = this.parts;
    const seat = site.seats.find(({ name }) => name === instance.name)!;
    await stopInOrder(instance, order, () => {
      site.known.delete(seat);
      return tell();
    });
    this.vacate(seat);
    this.current = this.current.filter((each) => each !== instance);
    this.departed.push(instance);
  }

  private vacate(seat: Seat): void {
    const { known, seats } = this.parts.site;
    known.delete(seat);
    seats.splice(seats.indexOf(seat), 1);
  }

  private sorted(instances: readonly Instance[]): Instance[] {
    const versions = this.parts.architecture.services.flatMap((service) => service.versions.map(({ id }) => id));
    return [...instances].sort(
      (one, other) => versions.indexOf(one.version.id) - versions.indexOf(other.version.id) || one.number - other.number,
    );
  }
}
