/** What Envoys count of their callees, and what each means for a rehearsal. */
export const counted = {
  upstream_rq_retry: 'retries',
  upstream_rq_retry_success: 'retriesThatSucceeded',
  upstream_rq_retry_overflow: 'retriesHeldBack',
  upstream_rq_pending_overflow: 'refusedByPool',
  upstream_cx_connect_fail: 'failedConnects',
  upstream_cx_destroy_remote_with_active_rq: 'brokenConnections',
  'outlier_detection.ejections_enforced_total': 'ejections',
  upstream_rq_total: 'requests',
} as const;

export type Count = (typeof counted)[keyof typeof counted];

/** The counters as a filter of Envoy's administration. */
export const filter = `^cluster\\..*\\.(${Object.keys(counted).join('|').replaceAll('.', '\\.')})$`;

/** One counter of one Envoy for one callee, as it went up. */
export interface Rise {
  /** Milliseconds from the start. */
  readonly at: number;
  /** `catalog-1`, `ingress`. */
  readonly envoy: string;
  /** A version's id, an external's name, or `local/app`. */
  readonly callee: string;
  readonly count: Count;
  readonly by: number;
}

/** Whom a cluster leads to: `pricing-v1` by `pricing-v1` and by `gateway/web/pricing-v1`; a further port, `pricing-v1/metrics`, as `pricing-v1:metrics`. */
export const calleeOf = (cluster: string): string =>
  cluster.replace(/^(gateway\/[^/]+|external|failover|via|to|from)\//, '').replace('/', ':');

/** What stands between the counter's name and `cluster.`. */
export function readCounter(name: string): { readonly callee: string; readonly count: Count } | undefined {
  const [, cluster, counter] = /^cluster\.(.+?)\.(outlier_detection\.[a-z_]+|[a-z_]+)$/.exec(name) ?? [];
  const count = counted[counter as keyof typeof counted];
  if (cluster === undefined || count === undefined) return undefined;
  return { callee: /^local\/app(\/|$)/.test(cluster) ? 'local/app' : calleeOf(cluster), count };
}
