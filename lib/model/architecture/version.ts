import type { ModelPath } from './model-path.js';
import type { Run } from './run.js';

/** One deployable variant of a service. */
export interface Version {
  /** Unique in the architecture, fit for DNS: the service's name, or `<service>-<version>` where versions are declared. */
  readonly id: string;
  readonly service: string;
  /** As declared under `versions`; undefined where the service declares none. */
  readonly name: string | undefined;
  readonly path: ModelPath;
  /** Undefined where the CDK side must bind it (the twin runs a stub). */
  readonly image: string | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly scale: Scale;
  /** The app itself on this machine; undefined for a stub. Nothing but the twin looks at it. */
  readonly run: Run | undefined;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  /** What one instance can carry; undefined where nobody said. */
  readonly requestsPerSecond: number | undefined;
  /** Where to change it: at the version, or in the environment that replaces it. */
  readonly at: ModelPath;
}
