import type { Architecture } from '../../model/architecture/index.js';
import { type Metrics, metricsOf } from './metrics.js';
import type { Placement } from './placement.js';
import type { Traced } from './tracer.js';
import { type Tracing, tracingOf } from './tracing.js';

/** How one Envoy shows what it does, besides its log. */
export interface Observed {
  readonly tracing: Tracing | undefined;
  readonly metrics: Metrics | undefined;
}

export const observedOf = (architecture: Architecture, node: Traced, placement: Placement): Observed => ({
  tracing: tracingOf(architecture, node, placement),
  metrics: metricsOf(architecture, node, placement),
});
