import type { Bootstrap } from '../engines/envoy/index.js';
import type { Architecture, Service, Split } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import type { EnvoyProcess } from './envoy-process.js';
import { shifted } from './shifted.js';
import { TwinError } from './twin-error.js';

/** Configurations by the names of their Envoys. */
export type Bootstraps = ReadonlyMap<string, Bootstrap>;

/** How the requests of each service split over its versions now, which may be another way than declared; and what every Envoy is told of it. */
export class Traffic {
  private readonly splits = new Map<string, readonly Split[]>();
  private last: Promise<void> = Promise.resolve();

  constructor(
    /** With every version in every split. */
    private readonly declared: Architecture,
    private readonly compile: (architecture: Architecture) => Bootstraps,
    private readonly envoys: () => readonly EnvoyProcess[],
  ) {}

  /** The configuration of an Envoy, as traffic splits now. @throws where there is none of that name */
  bootstrapOf(envoy: string): Bootstrap {
    const found = this.now().get(envoy);
    if (found === undefined) throw new Error(`the twin has no configuration for ${envoy}`);
    return found;
  }

  /** @throws TwinError `UNKNOWN_NAME` */
  split(service: string): readonly Split[] {
    return this.splits.get(service) ?? this.find(service).traffic;
  }

  /**
   * Shifts a service's traffic and waits until every Envoy splits by the new weights; no connection is closed.
   *
   * @param weights by a version's id; relative to their sum. A version that is not named gets nothing. Undefined: as declared
   * @throws TwinError `UNKNOWN_NAME`, `BAD_WEIGHTS`, `NOT_READY`
   */
  shift(service: string, weights: Readonly<Record<string, number>> | undefined): Promise<void> {
    const found = this.find(service);
    const split = weights === undefined ? found.traffic : splitOf(found, weights);
    return this.inTurn(() => this.apply(service, split));
  }

  /** Tells every Envoy again how traffic splits and where instances are, which has changed. @throws TwinError `NOT_READY` */
  tell(): Promise<void> {
    return this.inTurn(() => this.publish());
  }

  /** One after the other: the second would else be computed without the first. */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const next = this.last.then(change);
    this.last = next.catch(() => {});
    return next;
  }

  private async apply(service: string, split: readonly Split[]): Promise<void> {
    const before = this.splits.get(service);
    this.splits.set(service, split);
    try {
      await this.publish();
    } catch (error) {
      if (before === undefined) this.splits.delete(service);
      else this.splits.set(service, before);
      throw error;
    }
  }

  private async publish(): Promise<void> {
    const bootstraps = this.now();
    await Promise.all(this.envoys().map((envoy) => envoy.update(bootstraps.get(envoy.name) ?? {})));
  }

  private now(): Bootstraps {
    return this.compile([...this.splits].reduce((all, [name, each]) => shifted(all, this.find(name), each), this.declared));
  }

  private find(name: string): Service {
    const { services } = this.declared;
    const found = services.find((service) => service.name === name);
    if (found !== undefined) return found;
    throw new TwinError(
      'UNKNOWN_NAME',
      notAmong(
        name,
        'a service',
        services.map((service) => service.name),
      ),
    );
  }
}

function splitOf({ name, versions, listen }: Service, weights: Readonly<Record<string, number>>): Split[] {
  const ids = versions.map(({ id }) => id);
  const unknown = Object.keys(weights).find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new TwinError('UNKNOWN_NAME', notAmong(unknown, `a version of ${name}`, ids));
  if (listen?.protocol === 'tcp') {
    throw new TwinError('BAD_WEIGHTS', `${name} speaks tcp, and here only requests can be shifted, not connections`);
  }
  const wrong = Object.entries(weights).find(([, weight]) => !Number.isInteger(weight) || weight < 0 || weight > most);
  if (wrong !== undefined) {
    throw new TwinError('BAD_WEIGHTS', `${wrong[0]}: a weight is a whole number from 0 to ${most}, got ${JSON.stringify(wrong[1])}`);
  }
  const split = ids.map((version) => ({ version, weight: weights[version] ?? 0 }));
  if (split.every(({ weight }) => weight === 0)) throw new TwinError('BAD_WEIGHTS', `${name}: one version at least needs a weight above 0`);
  return split;
}

/** As the model's own weights. */
const most = 1_000;
