import type { ModelPath } from './model-path.js';

/** A declared environment. */
export interface Environment {
  readonly name: string;
  readonly path: ModelPath;
  readonly production: boolean;
  /** What it says instead of the declaration: whole fields. */
  readonly replaces: readonly Replacement[];
}

export interface Replacement {
  /** What is replaced: `services.catalog.scale`. */
  readonly path: ModelPath;
  /** As written. */
  readonly value: unknown;
  /** What holds elsewhere, as written: a version's own, else its service's. Undefined where nobody says. */
  readonly instead: unknown;
}
