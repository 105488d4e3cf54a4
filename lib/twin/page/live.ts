import type { Condition, Instance } from '../instance.js';
import type { Twin } from '../twin.js';
import { type Counters, together } from './counters.js';
import type { Health } from './health.js';
import { quantile } from './histogram.js';
import type { Measured } from './sampler.js';
import { boxId, type Topology } from './topology.js';
import { short } from './words.js';

/** Everything on the page that changes. */
export interface Live {
  /** Of this format. */
  readonly version: 1;
  /** How many seconds the counts are of; 0 while the first are measured. */
  readonly seconds: number;
  readonly edges: readonly EdgeLive[];
  readonly boxes: readonly BoxLive[];
  readonly instances: readonly InstanceLive[];
  readonly versions: readonly VersionLive[];
  /** By version: its share of its service's requests that no rule sends elsewhere, in percent. */
  readonly shares: Readonly<Record<string, number>>;
  /** By version: its weight. */
  readonly weights: Readonly<Record<string, number>>;
  /** How often certificates were issued: 1 at the start. */
  readonly certificates: number;
}

export interface EdgeLive {
  readonly id: string;
  readonly health: Health;
  /** Undefined while the first are measured. */
  readonly perSecond: number | undefined;
  readonly failed: number;
  readonly refused: number;
  readonly retries: number;
  /** Milliseconds; undefined where nothing was measured. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  /** Since the start. */
  readonly handshakes: number;
  readonly ejected: number;
}

export interface BoxLive {
  readonly id: string;
  readonly health: Health;
  /** Without those that are leaving. */
  readonly instances: number;
  /** Those whose app runs and was neither slowed nor made to fail. */
  readonly well: number;
  /** Requests that its sidecars refused for want of permission. */
  readonly denied: number;
}

export interface InstanceLive extends Condition {
  readonly name: string;
  readonly service: string;
  /** Its version's id. */
  readonly version: string;
  readonly health: Health;
  /** Whether its Envoy runs. */
  readonly sidecar: boolean;
  /** Whether it was told to end, and is there until what it has under way has ended. */
  readonly leaving: boolean;
}

export interface VersionLive {
  /** `pricing-v1`. */
  readonly id: string;
  /** Without those that are leaving. */
  readonly instances: number;
  readonly starting: number;
  readonly leaving: number;
}

export function liveOf(twin: Twin, topology: Topology, measured: Measured): Live {
  const { services } = twin.architecture;
  const staying = twin.instances.filter((instance) => !twin.isEnding(instance));
  const edges = topology.edges.map(({ id, members }) =>
    edgeLive(id, together(members.flatMap((member) => measured.edges.get(member) ?? [])), measured.seconds),
  );
  const boxes = topology.boxes.map(({ id, kind, members }): BoxLive => {
    const own = staying.filter(({ version }) => members.includes(boxId('service', version.service)));
    const well = own.filter((instance) => healthOf(instance) === 'healthy').length;
    const near = kind === 'clients' || kind === 'worker' ? 'from' : 'to';
    const around = topology.edges.flatMap((edge, index) => (members.includes(edge[near]) ? (edges[index] ?? []) : []));
    return {
      id,
      health: boxHealth(own, around),
      instances: own.length,
      well,
      denied: members.reduce((sum, member) => sum + (measured.denied.get(short(member)) ?? 0), 0),
    };
  });
  const splits = services.flatMap(({ name, traffic }) =>
    (traffic.length === 0 ? [] : twin.split(name)).map((split) => ({ name, ...split })),
  );
  const sum = (service: string): number => splits.reduce((all, { name, weight }) => all + (name === service ? weight : 0), 0);
  return {
    version: 1,
    seconds: measured.seconds,
    edges,
    boxes,
    instances: twin.instances.map((instance) => instanceLive(instance, twin.isEnding(instance))),
    versions: services.flatMap(({ versions }) => versions.map(({ id }) => versionLive(twin, id, staying))),
    shares: Object.fromEntries(splits.map(({ name, version, weight }) => [version, Math.round((weight / (sum(name) || 1)) * 1_000) / 10])),
    weights: Object.fromEntries(splits.map(({ version, weight }) => [version, weight])),
    certificates: twin.certificateGeneration,
  };
}

const instanceLive = (instance: Instance, leaving: boolean): InstanceLive => ({
  name: instance.name,
  service: instance.version.service,
  version: instance.version.id,
  ...instance.condition,
  // What ends on purpose is no trouble.
  health: leaving ? 'idle' : healthOf(instance),
  sidecar: instance.sidecar.running,
  leaving,
});

function versionLive(twin: Twin, id: string, staying: readonly Instance[]): VersionLive {
  const all = twin.instances.filter(({ version }) => version.id === id).length;
  const instances = staying.filter(({ version }) => version.id === id).length;
  return { id, instances, starting: twin.starting(id), leaving: all - instances };
}

function edgeLive(id: string, { requests, failed, refused, retries, times, handshakes, ejected }: Counters, seconds: number): EdgeLive {
  return {
    id,
    health: requests + failed === 0 ? 'idle' : failed >= requests / 2 ? 'failing' : failed > 0 ? 'degraded' : 'healthy',
    perSecond: seconds === 0 ? undefined : requests / seconds,
    failed,
    refused,
    retries,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    handshakes,
    ejected,
  };
}

/** An instance fails where nothing answers, or an error always does; a slow one still answers. */
function healthOf({ condition, sidecar }: Instance): Health {
  const { running, own, failing, delay } = condition;
  if (!running || !sidecar.running || failing !== undefined || own === 'restarting') return 'failing';
  return delay > 0 || own === 'starting' ? 'degraded' : 'healthy';
}

/** As bad as what is done to it, or as what becomes of its requests: nobody has to ask a dead service to see that it is dead. */
function boxHealth(own: readonly Instance[], around: readonly EdgeLive[]): Health {
  const states = own.map(healthOf);
  if (states.length > 0 && states.every((state) => state === 'failing')) return 'failing';
  if (around.some(({ health }) => health === 'failing')) return 'failing';
  if (states.some((state) => state !== 'healthy') || around.some(({ health }) => health === 'degraded')) return 'degraded';
  return around.some(({ health }) => health === 'healthy') ? 'healthy' : 'idle';
}
