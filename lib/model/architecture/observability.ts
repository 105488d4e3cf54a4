import type { ModelPath } from './model-path.js';

/** What Envoys show of themselves, besides their access logs. */
export interface Observability {
  readonly traces:
    | {
        /** What Envoys speak to whoever collects them. */
        readonly as: 'otlp' | 'x-ray' | 'datadog';
        /** The external that collects them, by HTTP; undefined for X-Ray, whose daemon is in each task. */
        readonly to: string | undefined;
        /** Percent of requests that a trace begins with. */
        readonly sample: number;
        readonly path: ModelPath;
      }
    | undefined;
  /** Who can reach the statistics: whatever runs in the same task, or on the network too. */
  readonly metrics: 'task' | 'network' | undefined;
}
