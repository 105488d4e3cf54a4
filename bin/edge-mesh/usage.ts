import { Command } from 'commander';
import { notAmong } from '../../lib/model/problem.js';
import { BadInput } from './bad-input.js';

/** A command whose usage errors are in our words: what was got, what there is, the nearest. */
export class StrictCommand extends Command {
  constructor(
    name: string,
    /** How the program was called. */
    private readonly program: string,
  ) {
    super(name);
    this.exitOverride().helpOption('-h, --help', 'this text').showSuggestionAfterError(false);
  }

  override createCommand(name: string): StrictCommand {
    return new StrictCommand(name, this.program);
  }

  /** As an error it comes where no command is named. */
  override help(context?: unknown): never {
    if (context === undefined) return super.help();
    return this.error(`which command? one of ${this.commands.map((command) => command.name()).join(', ')}`);
  }

  override error(message: string, { code }: { code?: string } = {}): never {
    const own = this.parent === null ? '' : ` ${this.name()}`;
    throw new BadInput(`${this.inWords(message, code)}\nsee: ${this.program}${own} --help`);
  }

  private inWords(message: string, code: string | undefined): string {
    const [, got = ''] = /'([^']*)'/.exec(message) ?? [];
    switch (code) {
      case 'commander.unknownCommand':
        return notAmong(
          got,
          'a command',
          this.commands.map((command) => command.name()),
        );
      case 'commander.unknownOption':
        return notAmong(got, this.parent === null ? 'an option' : `an option of ${this.name()}`, this.flags());
      case 'commander.missingArgument':
        return `${this.name()} needs ${got}: ${this.registeredArguments.find((each) => each.name() === got)?.description}`;
      case 'commander.excessArguments':
        return `${this.name()} takes ${this.registeredArguments.map((each) => each.name()).join(' and ')}, and nothing after ${show(this.args, this.registeredArguments.length)}`;
      case 'commander.optionMissingArgument':
        return `${got.split(' ')[0]} needs a value: ${got}`;
      case 'commander.missingMandatoryOptionValue':
        return `${this.name()} needs ${got}: ${this.options.find(({ flags }) => flags === got)?.description}`;
      default:
        return message.replace(/^error: /, '');
    }
  }

  /** Its own and the program's. */
  private flags(): string[] {
    const inherited = this.parent?.options ?? [];
    return [...this.options, ...inherited].flatMap(({ long }) => long ?? []).concat('--help');
  }
}

const show = (words: readonly string[], expected: number): string => `"${words[expected - 1]}"; got "${words.slice(expected).join(' ')}"`;
