import { member } from '../../lib/model/problem.js';

/** What is wrong with a JSON text, and where; lines and columns from 1. */
export interface JsonProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The line of each member, by its path in the model: `services.orders.listen` → 12. */
export type Lines = ReadonlyMap<string, number>;

/**
 * Reads a JSON text for its places. `JSON.parse` does not reliably say where it stopped, and where a key is there twice
 * it loses the first value: a service would vanish without a word.
 *
 * @returns the lines of all members, or the first problem
 */
export function locateJson(text: string): Lines | JsonProblem {
  const reader = new Reader(text);
  try {
    reader.value('', 0);
    reader.end();
    return reader.lines;
  } catch (error) {
    if (error instanceof Stop) return { message: error.message, ...reader.placeOf(error.offset) };
    throw error;
  }
}

class Stop extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const blank = /[ \t\r\n]*/y;
const token =
  /[{}[\]:,]|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/uy;
const word = /[^\s,:{}[\]"]+|./uy;
/** Deeper than anything that people write, and shallow enough for every walk over it. */
const deepest = 100;

class Reader {
  readonly lines = new Map<string, number>();
  private offset = 0;
  private line = 1;
  private counted = 0;

  constructor(private readonly text: string) {}

  placeOf(offset: number): { line: number; column: number } {
    const before = this.text.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
  }

  value(path: string, depth: number): void {
    const { text, offset } = this.take('a value');
    if (depth > deepest) throw new Stop(`nested deeper than ${deepest}`, offset);
    if (text === '{') this.object(path, depth);
    else if (text === '[') this.array(path, depth);
    else if (/^[}\]:,]$/.test(text)) throw new Stop(`got ${text} where a value is due`, offset);
  }

  end(): void {
    const offset = this.start();
    if (offset < this.text.length) throw new Stop('more text after the end of the value', offset);
  }

  private object(path: string, depth: number): void {
    const keys = new Set<string>();
    if (this.skips('}')) return;
    do {
      const { text, offset } = this.take('a key in double quotes');
      if (!text.startsWith('"')) throw new Stop(`got ${text} where a key in double quotes is due`, offset);
      const key = JSON.parse(text) as string;
      if (keys.has(key)) throw new Stop(`${text} is there twice in one object; keep one`, offset);
      keys.add(key);
      const place = member(path, key);
      this.lines.set(place, this.lineOf(offset));
      this.expect(':');
      this.value(place, depth + 1);
    } while (this.goesOn('}'));
  }

  private array(path: string, depth: number): void {
    if (this.skips(']')) return;
    let index = 0;
    do {
      const place = member(path, index++);
      this.lines.set(place, this.lineOf(this.start()));
      this.value(place, depth + 1);
    } while (this.goesOn(']'));
  }

  private goesOn(close: string): boolean {
    const { text, offset } = this.take(`, or ${close}`);
    if (text !== ',' && text !== close) throw new Stop(`got ${text} where , or ${close} is due`, offset);
    if (text === ',' && this.skips(close)) throw new Stop(`a comma before ${close}; remove it`, offset);
    return text === ',';
  }

  private expect(wanted: string): void {
    const { text, offset } = this.take(wanted);
    if (text !== wanted) throw new Stop(`got ${text} where ${wanted} is due`, offset);
  }

  private skips(wanted: string): boolean {
    const start = this.start();
    if (this.text[start] !== wanted) return false;
    this.offset = start + 1;
    return true;
  }

  /** Where the next token starts. */
  private start(): number {
    blank.lastIndex = this.offset;
    return this.offset + (blank.exec(this.text)?.[0].length ?? 0);
  }

  /** Offsets only grow, so each line is counted once. */
  private lineOf(offset: number): number {
    for (; this.counted < offset; this.counted++) if (this.text[this.counted] === '\n') this.line++;
    return this.line;
  }

  private take(due: string): { text: string; offset: number } {
    const offset = this.start();
    if (offset === this.text.length) throw new Stop(`the text ends where ${due} is due`, offset);
    token.lastIndex = offset;
    const [text] = token.exec(this.text) ?? [];
    if (text === undefined) throw new Stop(this.wrong(offset, due), offset);
    this.offset = offset + text.length;
    return { text, offset };
  }

  private wrong(offset: number, due: string): string {
    if (this.text[offset] === '"') return 'a string without an end, or with a wrong escape';
    if (/^\/[/*]/.test(this.text.slice(offset, offset + 2))) return 'JSON has no comments';
    word.lastIndex = offset;
    return `got ${word.exec(this.text)?.[0]} where ${due} is due`;
  }
}
