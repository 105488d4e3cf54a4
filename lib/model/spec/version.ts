import type { RunSpec } from './run.js';

export interface ScaleSpec {
  /** Instances at least. @default 2, and 1 for a worker */
  min: number;
  max: number;
  /** What one instance can carry. */
  requestsPerSecond?: number;
}

export interface VersionSpec {
  /** @default bound by the CDK side; a stub in the twin */
  image?: string;
  /** Replaces the image's command. */
  command?: string[];
  /** Environment variables. A secret is no environment variable. */
  env?: Record<string, string>;
  scale?: ScaleSpec;
  /** The app itself in the twin: a command such as `npm start`, or more than that. Nowhere else. @default a stub that makes the declared calls */
  run?: string | RunSpec;
}
