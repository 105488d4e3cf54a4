import { setTimeout as wait } from 'node:timers/promises';
import type { EnvoyProcess, Twin } from '../twin/index.js';
import { ask } from '../twin/statistics.js';
import { filter, type Rise, readCounter } from './counters.js';

/** An instance that an Envoy stopped using. */
export interface Ejection {
  readonly at: number;
  readonly envoy: string;
  /** `pricing-v1-2`. */
  readonly instance: string;
}

/** Reads each Envoy's counters twice a second: no more than a person would, so that what is measured is the mesh. */
export class Observer {
  readonly rises: Rise[] = [];
  readonly ejections: Ejection[] = [];
  private readonly last = new Map<string, number>();
  private readonly stopping = new AbortController();
  private watching: Promise<void> | undefined;
  /** Those with which a connection ends as it always does. */
  private readonly overTcp: ReadonlySet<string>;

  private constructor(
    private readonly twin: Twin,
    private start: number,
  ) {
    const { externals, services } = twin.architecture;
    this.overTcp = new Set([
      ...externals.filter(({ protocol }) => protocol === 'tcp').map(({ name }) => name),
      ...services.flatMap(({ listen, versions }) => (listen?.protocol === 'tcp' ? versions.map(({ id }) => id) : [])),
      ...services.flatMap(({ ports, versions }) =>
        ports.filter((port) => port.listen.protocol === 'tcp').flatMap((port) => versions.map(({ id }) => `${id}:${port.name}`)),
      ),
    ]);
  }

  /** What was counted before is not of the rehearsal. */
  static async of(twin: Twin): Promise<Observer> {
    const observer = new Observer(twin, performance.now());
    await observer.look();
    observer.rises.length = 0;
    observer.ejections.length = 0;
    return observer;
  }

  /** @param start the moment of the first request, by the process's clock */
  begin(start: number): void {
    this.start = start;
    this.watching = this.watch();
  }

  /** Looks for the last time; once, however often it is asked. */
  async end(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    await this.watching;
    await this.look();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await wait(pause, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    await Promise.all(this.twin.envoys.map((envoy) => this.read(envoy)));
  }

  private async read(envoy: EnvoyProcess): Promise<void> {
    if (!envoy.running) return;
    const statistics = await envoy.statistics(filter);
    const at = Math.max(0, performance.now() - this.start);
    let ejected = false;
    for (const [name, value] of Object.entries(statistics)) {
      const key = `${envoy.name} ${name}`;
      const by = value - (this.last.get(key) ?? 0);
      this.last.set(key, value);
      const counter = readCounter(name);
      if (counter === undefined || by <= 0 || (counter.count === 'brokenConnections' && this.overTcp.has(counter.callee))) continue;
      this.rises.push({ at, envoy: envoy.name, by, ...counter });
      ejected ||= counter.count === 'ejections';
    }
    if (ejected) await this.findEjected(envoy, at);
  }

  private async findEjected(envoy: EnvoyProcess, at: number): Promise<void> {
    const { body } = await ask(envoy.socket, '/clusters?format=json');
    const known = new Set(this.ejections.filter((each) => each.envoy === envoy.name).map(({ instance }) => instance));
    for (const port of ejectedPorts(body)) {
      const instance = this.twin.instances.find(({ inboundPort }) => inboundPort === port)?.name;
      if (instance !== undefined && !known.has(instance)) this.ejections.push({ at, envoy: envoy.name, instance });
    }
  }
}

const pause = 500;

interface Clusters {
  readonly cluster_statuses?: readonly {
    readonly host_statuses?: readonly {
      readonly address?: { readonly socket_address?: { readonly port_value?: number } };
      readonly health_status?: { readonly failed_outlier_check?: boolean };
    }[];
  }[];
}

function ejectedPorts(body: string): number[] {
  const { cluster_statuses = [] } = JSON.parse(body || '{}') as Clusters;
  const hosts = cluster_statuses.flatMap(({ host_statuses = [] }) => host_statuses);
  return hosts.flatMap(({ address, health_status }) =>
    health_status?.failed_outlier_check === true ? (address?.socket_address?.port_value ?? []) : [],
  );
}
