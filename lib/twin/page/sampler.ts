import type { Twin } from '../twin.js';
import { between, type Counters, countersOf, sourceOf } from './counters.js';
import { nothing, type Reading, readEnvoy, withoutGauges } from './reading.js';
import type { Topology } from './topology.js';

/** What was counted in the last seconds. */
export interface Measured {
  /** How many seconds are counted; 0 where there is nothing to compare with yet. */
  readonly seconds: number;
  readonly edges: ReadonlyMap<string, Counters>;
  /** By service: requests that its sidecars refused, because the caller may not ask for that. */
  readonly denied: ReadonlyMap<string, number>;
}

interface Sample {
  /** Milliseconds. */
  readonly at: number;
  readonly edges: ReadonlyMap<string, Counters>;
  readonly denied: ReadonlyMap<string, number>;
}

/** Long enough for a p99 to mean something, short enough to see what a button did. */
const windowSeconds = 10;
/** Envoy's histograms are brought up to date once a second. */
const leastApart = 950;

/** Asks every Envoy of a twin, once a second at most however many ask, and not at all while nobody does. */
export class Sampler {
  private samples: readonly Sample[] = [];
  private sampling: Promise<void> | undefined;
  /** By Envoy, the last that each said, also of those that have ended: what they counted was counted. No name is used again. */
  private readonly readings = new Map<string, Reading>();

  constructor(
    private readonly twin: Twin,
    private readonly topology: Topology,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async measure(): Promise<Measured> {
    if (this.now() - (this.samples.at(-1)?.at ?? -leastApart) >= leastApart) {
      this.sampling ??= this.sample().finally(() => {
        this.sampling = undefined;
      });
    }
    await this.sampling;
    return this.measured();
  }

  private async sample(): Promise<void> {
    await this.read();
    const names = new Map<string, string[]>();
    for (const { name, version } of [...this.twin.instances, ...this.twin.departed])
      names.set(version.service, [...(names.get(version.service) ?? []), name]);
    const edges = new Map(
      this.topology.edges.map((edge) => [edge.id, countersOf(edge, sourceOf(this.twin.architecture, edge, names), this.readings)]),
    );
    const denials = (name: string): number => this.readings.get(name)?.numbers.get('http.inbound.rbac.denied') ?? 0;
    const denied = new Map([...names].map(([service, own]) => [service, own.reduce((sum, name) => sum + denials(name), 0)]));
    const at = this.now();
    const oldest = at - (windowSeconds * 1_000 + leastApart / 2);
    this.samples = [...this.samples.filter((sample) => sample.at >= oldest), { at, edges, denied }];
  }

  /** Who has just ended, or does not answer in time, is taken at its word of before. */
  private async read(): Promise<void> {
    const answers = await Promise.all(this.twin.envoys.map(async ({ name, socket }) => [name, await readEnvoy(socket)] as const));
    for (const [name, reading] of this.readings) this.readings.set(name, withoutGauges(reading));
    for (const [name, reading] of answers) if (reading !== nothing) this.readings.set(name, reading);
  }

  private measured(): Measured {
    const first = this.samples[0]!;
    const last = this.samples.at(-1)!;
    return {
      seconds: (last.at - first.at) / 1_000,
      edges: new Map([...last.edges].map(([id, counters]) => [id, between(counters, first.edges.get(id) ?? counters)])),
      denied: new Map([...last.denied].map(([service, count]) => [service, Math.max(0, count - (first.denied.get(service) ?? 0))])),
    };
  }
}
