import type { RunSpec } from './run.js';

export interface ScaleSpec {
  /** Instances at least: 0 to 1000. @default 2, and 1 for a worker, where no `scale` is declared */
  min: number;
  /** Instances at most: 1 to 1000; AWS adds them by CPU, at 60 %. More than 8 of a version that is called is a finding: one answer of DNS names no more. */
  max: number;
  /** Requests a second that one instance carries: above 0. Checks hold load against it; nothing enforces it. @default nobody said, so nothing is compared */
  requestsPerSecond?: number;
}

export interface VersionSpec {
  /** The container image, such as `'ghcr.io/acme/orders:7'`. The twin does not run it. @default bound by the CDK side */
  image?: string;
  /** Replaces the image's command, such as `['node', 'server.js']`. @default the image's own */
  command?: string[];
  /** Environment variables, seen by whoever reads a task definition: secrets are bound on the CDK side. @default none but those of the calls */
  env?: Record<string, string>;
  /** How many instances. @default 2, and 1 for a worker; not scaled */
  scale?: ScaleSpec;
  /** The app itself in the twin: a command such as `npm start`, or more than that. Nowhere else. @default a stub that makes the declared calls */
  run?: string | RunSpec;
}
