import type { Architecture } from '../../model/architecture/index.js';
import type { ScenarioSpec } from '../spec.js';

/** What a user may choose of a built-in scenario. */
export interface Choice {
  /** A service or a version. @default chosen from the architecture, always the same */
  readonly target?: string;
  /** Requests a second, all together. @default 60, and fewer where each causes many calls */
  readonly rate?: number;
  /** Milliseconds. @default the scenario's own */
  readonly duration?: number;
}

/** A scenario that fits any architecture with a client route to a service. */
export interface BuiltIn {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  /** @throws ChoiceError where the architecture has nothing to rehearse it on, or the choice is none */
  scenarioFor(architecture: Architecture, choice: Choice): ScenarioSpec;
}

/** The architecture has no place for a built-in, or a choice is none; the message says what there is. */
export class ChoiceError extends Error {
  override readonly name = 'ChoiceError';
}
