export interface TracesLeaf {
  /**
   * What Envoys speak to whoever collects. `otlp` is OpenTelemetry over HTTP, to `/v1/traces`: AWS's and Datadog's own collectors take it too. `datadog` is the
   * protocol of Datadog's agent, whose port is 8126 and which keeps of what it gets what it likes. `x-ray` is UDP to a daemon in each task, on 127.0.0.1:2000: add
   * the daemon, or AWS's collector, to the task definition, and `xray:PutTraceSegments` to its role. @default 'otlp'
   */
  as?: 'otlp' | 'x-ray' | 'datadog';
  /** Percent of requests that a trace begins with at the mesh's way in, or where a worker calls; further hops follow. 0 to 100. @default 5 */
  sample?: number;
}

/** What the Envoys of the mesh show of themselves, besides their access logs. */
export interface ObservabilityLeaf {
  /**
   * Statistics in the format of Prometheus, read-only, on port 15090 of every task: for a scraper in the `task`, or on the `network`, where everyone whom a
   * security group lets in reads names and rates of services: on AWS nobody until `allowMetricsFrom(scraper)`. @default nowhere
   */
  metrics?: 'task' | 'network';
}

export interface ObservabilitySpec<X extends string> extends ObservabilityLeaf {
  /**
   * Traces of all requests that pass an Envoy, to a declared external; X-Ray's daemon is in the task and so is none. The mesh begins them, not its clients. A trace
   * goes on past an app only if the app passes it on: `traceparent`, for X-Ray `x-amzn-trace-id`, for Datadog every `x-datadog-*` too. @default none
   */
  traces?: TracesLeaf & ({ as?: 'otlp' | 'datadog'; to: X } | { as: 'x-ray'; to?: never });
}
