export interface TracesLeaf {
  /** Percent of requests that a trace begins with at the mesh's way in, or where a worker calls; further hops follow. 0 to 100. @default 5 */
  sample?: number;
}

/** What the Envoys of the mesh show of themselves, besides their access logs. */
export interface ObservabilityLeaf {
  /**
   * Statistics in the format of Prometheus, read-only, on port 15090 of every task: for a scraper in the `task`, or on the `network`, where everyone whom a
   * security group lets in reads names and rates of services. @default nowhere
   */
  metrics?: 'task' | 'network';
}

export interface ObservabilitySpec<X extends string> extends ObservabilityLeaf {
  /**
   * Traces by OpenTelemetry, OTLP over HTTP, to `/v1/traces` of a declared external: a collector, or the agent of a vendor. AWS's and Datadog's take OTLP and
   * hand it on. A trace goes on past an app only if the app passes on `traceparent`. @default none
   */
  traces?: TracesLeaf & { to: X };
}
