import { type Architecture, ArchitectureError, type Declaration, resolve } from '../../lib/index.js';
import { spokenFor } from '../../lib/model/resolve/environment.js';
import { shellWords } from '../../lib/shell-words.js';
import { BadInput } from './bad-input.js';
import type { ImportModule } from './import-module.js';
import { programName } from './invocation.js';
import { load } from './load.js';
import type { Terminal } from './terminal.js';

/** 0 fine, 1 findings or stale. What a user got wrong is thrown. */
export type ExitCode = 0 | 1;

/** What every command is given. */
export class Context {
  constructor(
    readonly terminal: Terminal,
    /** As given with `--environment`. */
    readonly environment: string | undefined,
    readonly importModule: ImportModule,
  ) {}

  /** The architecture in a file, as it holds in the chosen environment. @default the twin's own, `local`. @throws BadInput */
  async architecture(file: string): Promise<Architecture> {
    const declaration = await load(file, this.importModule);
    return this.resolved(declaration, this.environment ?? 'local');
  }

  /** The same for who speaks of what clients will meet. @default the environment marked `production`, by name the first of several, else `local`. @throws BadInput */
  async spokenFor(file: string): Promise<Architecture> {
    const declaration = await load(file, this.importModule);
    return this.resolved(declaration, this.environment ?? spokenFor(declaration.spec));
  }

  private resolved(declaration: Declaration, environment: string): Architecture {
    try {
      return resolve(declaration, { environment });
    } catch (error) {
      if (error instanceof ArchitectureError) throw new BadInput(`--environment: ${error.problems[0]!.message}`);
      throw error;
    }
  }

  /** One of this program's commands, ready to paste. */
  command(...words: readonly string[]): string {
    return `${programName(this.terminal.environment)} ${shellWords(...words, ...this.chosen)}`;
  }

  /** The same in pieces, for commands that others put together. */
  typed(file: string): { readonly program: string; readonly file: string } {
    return { program: programName(this.terminal.environment), file: shellWords(file, ...this.chosen) };
  }

  private get chosen(): readonly string[] {
    return this.environment === undefined ? [] : ['--environment', this.environment];
  }
}
