import type { Architecture, OutlierDetection, Pool } from '../architecture/index.js';
import { profilePath } from '../architecture/policy.js';
import { unlimited } from '../architecture/resilience.js';
import { hasRequests } from '../protocol.js';
import type { ListenSpec, PolicySpec } from '../spec/index.js';
import type { PlainExternal, PlainSpec } from '../spec/plain.js';
import type { Written } from './written.js';

/** What holds for everybody where nobody says anything. */
export interface Limits {
  /** Of retries that do not say theirs, in percent; undefined is none. */
  readonly budget: number | undefined;
  readonly pool: Pool;
  /** What is looked at where nobody asks for anything; undefined is nothing. */
  readonly outlierDetection: OutlierDetection | undefined;
}

/** What holds for who asks a callee. */
export interface Defaults extends Limits {
  /** The nearest first; the last one says every field. */
  readonly policies: readonly Written[];
}

type Spoken = ListenSpec['protocol'] | PlainExternal['protocol'];

/** Of outlier detection that does not say all of it. */
export const usualOutliers: OutlierDetection = { errors: 5, interval: 10_000, ejectFor: 30_000, maxEjectedPercent: 50 };

const safePolicy: PolicySpec = { timeout: '2s', idle: '5m', retries: { max: 1, on: ['unprocessed'] } };

/** The pool is Envoy's own. */
const safe: Limits = { budget: 20, pool: poolOfEach(1_024), outlierDetection: usualOutliers };

/**
 * As App Mesh's Envoys had it: no budget, no circuit breakers, nobody left alone. docs/app-mesh-compatibility.md says where each value is from.
 * @see https://github.com/aws/aws-app-mesh-roadmap/issues/229
 */
const ofAppMesh: Limits = { budget: undefined, pool: poolOfEach(unlimited), outlierDetection: undefined };

/** Its hidden retry policy. The statuses of gRPC are for who can answer them. */
const policyOfAppMesh = (speaks: Spoken): PolicySpec => ({
  timeout: '15s',
  retries: {
    max: 2,
    on: ['unprocessed', 'unavailable', 'reset', ...(speaks === 'http2' || speaks === 'grpc' ? (['grpc-unavailable'] as const) : [])],
  },
});

export const limitsOf = (compatibility: Architecture['compatibility']): Limits => (compatibility === 'app-mesh' ? ofAppMesh : safe);

/**
 * @param speaks what the callee speaks. For connections App Mesh had no such policy: how long opening one takes, and how often it is tried, is ours.
 */
export function defaultsOf({ mesh }: PlainSpec, speaks: Spoken): Defaults {
  const written: Written = { spec: mesh?.defaults, path: 'mesh.defaults' };
  const last: Written = { spec: safePolicy, path: 'default', whole: true };
  const limits = limitsOf(mesh?.compatibility);
  if (mesh?.compatibility !== 'app-mesh') return { ...limits, policies: [written, last] };
  const profile: Written = { spec: policyOfAppMesh(speaks), path: profilePath, whole: true };
  return { ...limits, policies: hasRequests(speaks) ? [written, profile, last] : [written, last] };
}

function poolOfEach(limit: number): Pool {
  return { connections: limit, pendingRequests: limit, requests: limit };
}
