import type { Twin } from '../twin.js';
import { between, type Counters, countersOf, type Source, sourceOf } from './counters.js';
import { readEnvoy } from './reading.js';
import type { Edge, Topology } from './topology.js';

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
export const windowSeconds = 10;
/** Envoy's histograms are brought up to date once a second. */
const leastApart = 950;

/** Asks every Envoy of a twin, once a second at most however many ask, and not at all while nobody does. */
export class Sampler {
  private samples: readonly Sample[] = [];
  private sampling: Promise<void> | undefined;
  private readonly sources: readonly (readonly [Edge, Source])[];

  constructor(
    private readonly twin: Twin,
    topology: Topology,
    private readonly now: () => number = () => performance.now(),
  ) {
    const instances = new Map<string, string[]>();
    for (const { name, version } of twin.instances) instances.set(version.service, [...(instances.get(version.service) ?? []), name]);
    this.sources = topology.edges.map((edge) => [edge, sourceOf(twin.architecture, edge, instances)]);
  }

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
    const readings = new Map(await Promise.all(this.twin.envoys.map(async ({ name, socket }) => [name, await readEnvoy(socket)] as const)));
    const denied = new Map<string, number>();
    for (const { name, version } of this.twin.instances) {
      const count = readings.get(name)?.numbers.get('http.inbound.rbac.denied') ?? 0;
      denied.set(version.service, (denied.get(version.service) ?? 0) + count);
    }
    const edges = new Map(this.sources.map(([edge, source]) => [edge.id, countersOf(edge, source, readings)]));
    const at = this.now();
    const oldest = at - (windowSeconds * 1_000 + leastApart / 2);
    this.samples = [...this.samples.filter((sample) => sample.at >= oldest), { at, edges, denied }];
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
