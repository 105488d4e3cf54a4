import type { Architecture } from '../../model/architecture/index.js';
import { since, sum } from './histogram.js';
import type { Bucket, Reading } from './reading.js';
import type { Edge } from './topology.js';

/** What the Envoys counted for one edge since they started. */
export interface Counters {
  /** Requests, not tries; connections where the edge counts those. */
  readonly requests: number;
  /** Answered 5xx, or with such a status of gRPC, after all tries; connections that could not be opened. */
  readonly failed: number;
  /** Answered 4xx, or with such a status of gRPC. */
  readonly refused: number;
  /** Further tries. */
  readonly retries: number;
  /** TLS handshakes that both ends were content with. */
  readonly handshakes: number;
  /** Instances of the callee that are left alone now, as the callers see it. */
  readonly ejected: number;
  readonly times: readonly Bucket[];
}

/** Which Envoys count an edge, and under which names. */
export interface Source {
  /** Names of Envoys. */
  readonly envoys: readonly string[];
  /** The listener whose requests are the edge's; undefined where a listener serves several edges, and the clusters tell them apart. */
  readonly listener: string | undefined;
  readonly clusters: readonly string[];
}

/**
 * A call's requests and times are its listener's, which knows the whole of each, with all tries, and those that timed out. The ingress has one listener for
 * all targets of a gateway: there the clusters count, whose times leave out what timed out.
 */
export function sourceOf({ services, calls }: Architecture, edge: Edge, instances: ReadonlyMap<string, readonly string[]>): Source {
  if (edge.kind === 'consumes') return { envoys: [], listener: undefined, clusters: [] };
  const [, from = ''] = edge.from.split('/');
  const [kind, to = ''] = edge.to.split('/');
  if (edge.kind === 'clients') return { envoys: [`gateway-${to}`], listener: 'http.gateway', clusters: [] };
  const versions = services.find(({ name }) => name === to)?.versions.map(({ id }) => id) ?? [];
  const clusters = kind === 'external' ? [`external/${to}`] : versions;
  if (edge.kind === 'routes') {
    const own = kind === 'external' ? clusters : clusters.map((version) => `gateway/${from}/${version}`);
    return { envoys: ['ingress'], listener: undefined, clusters: own };
  }
  const call = calls.find((each) => each.from === from && each.to === to);
  const protocol = edge.counts === 'connections' ? 'tcp' : 'http';
  // A caller of a further port alone has a listener and clusters of that port.
  const port = call?.port === undefined ? '' : `/${call.port}`;
  const asked = clusters.map((cluster) => `${cluster}${port}`);
  return { envoys: instances.get(call?.from ?? from) ?? [], listener: `${protocol}.to/${to}${port}`, clusters: asked };
}

/** gRPC's status codes for which HTTP has 5xx, and those for which it has 4xx: over gRPC itself every answer is a 200. */
const grpcFailed = [2, 4, 12, 13, 14, 15];
const grpcRefused = [3, 5, 6, 7, 8, 9, 10, 11, 16];

export function countersOf({ counts }: Edge, { envoys, listener, clusters }: Source, readings: ReadonlyMap<string, Reading>): Counters {
  const read = envoys.flatMap((name) => readings.get(name) ?? []);
  const total = (names: readonly string[]): number =>
    read.reduce((all, { numbers }) => names.reduce((each, name) => each + (numbers.get(name) ?? 0), all), 0);
  const ofClusters = (counter: string): number => total(clusters.map((cluster) => `cluster.${cluster}.${counter}`));
  const answered = (codes: readonly number[]): number => codes.reduce((all, code) => all + ofClusters(`grpc.${code}`), 0);
  const retries = ofClusters('upstream_rq_retry');
  const common = { retries, handshakes: ofClusters('ssl.handshake'), ejected: ofClusters('outlier_detection.ejections_active') };
  const times = (names: readonly string[]) => sum(read.flatMap(({ histograms }) => names.map((name) => histograms.get(name) ?? [])));
  if (listener === undefined) {
    return {
      ...common,
      requests: ofClusters('upstream_rq_total') - retries,
      failed: ofClusters('upstream_rq_5xx') + answered(grpcFailed),
      refused: ofClusters('upstream_rq_4xx') + answered(grpcRefused),
      times: times(clusters.map((cluster) => `cluster.${cluster}.upstream_rq_time`)),
    };
  }
  const ofListener = (counter: string): number => total([`${listener}.downstream_${counter}`]);
  if (counts === 'connections') {
    return { ...common, requests: ofListener('cx_total'), failed: ofClusters('upstream_cx_connect_fail'), refused: 0, times: [] };
  }
  return {
    ...common,
    requests: ofListener('rq_total'),
    failed: ofListener('rq_5xx') + answered(grpcFailed),
    refused: ofListener('rq_4xx') + answered(grpcRefused),
    times: times([`${listener}.downstream_rq_time`]),
  };
}

/** What was counted between two readings; handshakes and ejected instances are as they are now. */
export function between(now: Counters, before: Counters): Counters {
  const grown = (counter: 'requests' | 'failed' | 'refused' | 'retries'): number => Math.max(0, now[counter] - before[counter]);
  return {
    requests: grown('requests'),
    failed: grown('failed'),
    refused: grown('refused'),
    retries: grown('retries'),
    handshakes: now.handshakes,
    ejected: now.ejected,
    times: since(now.times, before.times),
  };
}

/** Several edges as one. */
export const together = (all: readonly Counters[]): Counters =>
  all.reduce<Counters>(
    (one, other) => ({
      requests: one.requests + other.requests,
      failed: one.failed + other.failed,
      refused: one.refused + other.refused,
      retries: one.retries + other.retries,
      handshakes: one.handshakes + other.handshakes,
      ejected: one.ejected + other.ejected,
      times: sum([one.times, other.times]),
    }),
    none,
  );

const none: Counters = { requests: 0, failed: 0, refused: 0, retries: 0, handshakes: 0, ejected: 0, times: [] };
