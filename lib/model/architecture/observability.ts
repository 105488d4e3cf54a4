import type { ModelPath } from './model-path.js';

/** What Envoys show of themselves, besides their access logs. */
export interface Observability {
  readonly traces:
    | {
        /** The external that collects them, by OTLP over HTTP. */
        readonly to: string;
        /** Percent of requests that a trace begins with. */
        readonly sample: number;
        readonly path: ModelPath;
      }
    | undefined;
  /** Who can reach the statistics: whatever runs in the same task, or on the network too. */
  readonly metrics: 'task' | 'network' | undefined;
}
