import { styleText } from 'node:util';

/** Something that text is written to: a process's stream, or a test's. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Style = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>;

/** What a command takes from the outside. */
export interface Outside {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** To the beginning of the line, and the line away. */
const clear = '\r\x1b[2K';

/**
 * Where a command speaks: the report on stdout, everything else on stderr. Colour only where a person looks at a terminal:
 * none without one, with `NO_COLOR`, in `CI`, or where `TERM` is `dumb`; `FORCE_COLOR` forces it, and its 0 forbids. The words are the same.
 */
export class Terminal {
  readonly environment: Outside['environment'];
  /** Whether there is a line of progress. */
  private drawn = false;

  constructor(
    private readonly outside: Outside,
    /** Whether stdout carries one JSON object and nothing else. */
    readonly json: boolean,
  ) {
    this.environment = outside.environment;
  }

  /** How wide a report may be, where a person looks at a terminal that is narrower than usual; undefined elsewhere. Some terminals say 0. */
  get columns(): number | undefined {
    const { isTTY, columns = 0 } = this.outside.stdout;
    return isTTY === true && columns >= 40 && columns < 100 ? columns : undefined;
  }

  /** A piece of the report. */
  report(text: string, style?: Style): void {
    this.write(this.outside.stdout, text, style);
  }

  /** The whole report, for machines. */
  reportJson(report: object): void {
    this.write(this.outside.stdout, JSON.stringify(report, undefined, 2));
  }

  /** Progress, warnings and what went wrong. */
  say(text: string, style?: Style): void {
    if (this.drawn) this.draw('');
    this.write(this.outside.stderr, text, style);
  }

  /** Whether `draw` shows anything: where a person looks at a terminal that can go back in its line. */
  get animates(): boolean {
    return this.isLively(this.outside.stderr);
  }

  /** Progress in one line, drawn over the last one; what is said next takes its place. Nothing where it would not move. */
  draw(text: string): void {
    if (!this.animates) return;
    this.outside.stderr.write(`${clear}${text}`);
    this.drawn = text !== '';
  }

  /** The command to go on with, ready to paste. Data needs none. */
  next(command: string): void {
    if (!this.json) this.say(`next: ${command}`, 'dim');
  }

  private write(sink: Sink, text: string, style?: Style): void {
    // Newer releases of Node look at process.stdout unless told not to; here `paints` has looked.
    const painted = style !== undefined && this.paints(sink) ? styleText(style, text, { validateStream: false }) : text;
    sink.write(`${painted}\n`);
  }

  private paints(sink: Sink): boolean {
    const { NO_COLOR, FORCE_COLOR } = this.environment;
    return FORCE_COLOR && !NO_COLOR ? FORCE_COLOR !== '0' && FORCE_COLOR !== 'false' : this.isLively(sink);
  }

  private isLively(sink: Sink): boolean {
    const { NO_COLOR, CI, TERM } = this.environment;
    return sink.isTTY === true && !NO_COLOR && !CI && TERM !== 'dumb';
  }
}
