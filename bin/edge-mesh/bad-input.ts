import type { ModelPath } from '../../lib/index.js';

/** One of several things that are wrong, for people and machines. */
export interface Complaint {
  readonly path: ModelPath;
  readonly message: string;
  /** The line in the file, only where it is sure. */
  readonly line?: number;
}

/** Something that the user gave and can put right: the message says how. Exit code 2, never a stack trace. */
export class BadInput extends Error {
  override readonly name = 'BadInput';

  constructor(
    message: string,
    readonly problems: readonly Complaint[] = [],
  ) {
    super(message);
  }
}
