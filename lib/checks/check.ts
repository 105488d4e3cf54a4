import type { Architecture, ModelPath } from '../model/architecture/index.js';

/** `error`: something will not work as declared. `warning`: it works until a bad day. Both fail a build unless acknowledged. */
export type Severity = 'error' | 'warning';

/** A rule about an architecture, named for what is true when all is well. */
export interface Check {
  /** Kebab-case; what acknowledgements and `explain` name. */
  readonly id: string;
  readonly severity: Severity;
  /** What happens in production where it does not hold. One sentence, lower case, no full stop. */
  readonly why: string;
  /**
   * @param earlier what the checks above it in the catalogue found; only the last one looks
   * @param today as `2027-03-31`; undefined where the answer must not depend on the day
   */
  find(architecture: Architecture, earlier: readonly Finding[], today?: string): Iterable<Found>;
}

/** A place where a check does not hold. */
export interface Found {
  readonly at: ModelPath;
  /** What is: both parties, both numbers, the arithmetic. Lower case, no full stop; a line break starts an indented line. */
  readonly is: string;
  readonly fix: Fix;
  /** Where this place is less certain than the check's other ones. */
  readonly severity?: 'warning';
}

/** One line to change, `to` as it is written in TypeScript (`'400ms'`, `true`); or words where there is a choice. */
export type Fix = { readonly set: ModelPath; readonly to: string } | string;

/** What a check found, with all that a reader needs. */
export interface Finding extends Omit<Found, 'severity'> {
  readonly check: string;
  readonly severity: Severity;
  readonly why: string;
  /** The reason, where people accepted it: it is shown and fails nothing. */
  readonly acknowledged: string | undefined;
}
