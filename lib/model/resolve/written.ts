import type { ModelPath } from '../architecture/index.js';
import type { PolicySpec } from '../spec/index.js';

/** A policy as written, and where. */
export interface Written {
  readonly spec: PolicySpec | undefined;
  readonly path: ModelPath;
  /** Whether the path is where all its fields come from: nobody wrote them one by one. */
  readonly whole?: boolean;
}
