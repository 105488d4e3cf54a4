/** What to say of one that it does not take. */
export const regexWords = 'a regular expression of RE2: no look-around, no back-references';

/** RE2 repeats nothing more often, repetitions within repetitions multiplied. */
const mostRepetitions = 1_000;

/** Instructions of the compiled expression, by our estimate: Envoy would refuse to start with one that RE2 has no memory for. */
const mostInstructions = 50_000;

/** Rough sizes in instructions: a byte, any character in UTF-8, a class, and one with the characters of a Unicode category in it. */
const sizes = { byte: 1, any: 15, class: 30, category: 1_500 };

const categories = 'C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?';
const scripts = 'Arabic|Cyrillic|Devanagari|Greek|Han|Hangul|Hebrew|Hiragana|Katakana|Latin|Thai';
const category = `\\\\[pP](?:[CLMNPSZ]|\\{\\^?(?:${categories}|${scripts})\\})`;
const posix = '\\[:\\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\\]';
const character = '\\\\[aftnrv]|\\\\x[0-9A-Fa-f]{2}|\\\\x\\{[0-9A-Fa-f]{1,2}\\}|\\\\[!-/:-@[-`{-~]';
const many = '\\\\[dDsSwW]';

const tokens = {
  open: /\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?:))?/y,
  flags: /\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)\)/y,
  repeat: /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y,
  category: new RegExp(category, 'y'),
  class: new RegExp(many, 'y'),
  character: new RegExp(`${character}|[^\\\\^$.*+?()[{|]`, 'yu'),
  place: /[$^]|\\[AbBz]/y,
};
const inClass = {
  set: new RegExp(`${category}|${posix}|${many}`, 'y'),
  character: new RegExp(`${character}|[^\\\\\\]]`, 'yu'),
};

/** Whether RE2 (as Envoy uses it: byte by byte) takes a regular expression, and has the memory for it. */
export function isRegex(text: string): boolean {
  const reader = new Reader(text);
  const size = reader.alternatives();
  return size !== undefined && reader.atEnd && size.instructions <= mostInstructions && size.repetitions <= mostRepetitions;
}

/** How large an expression becomes, and how often its most repeated part is repeated. */
interface Size {
  readonly instructions: number;
  readonly repetitions: number;
}

/** Reads an expression from left to right; undefined wherever RE2 would not go on. */
class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.position === this.text.length;
  }

  alternatives(): Size | undefined {
    let [instructions, repetitions] = [1, 1];
    for (;;) {
      while (!this.atEnd && !this.next('|') && !this.next(')')) {
        const part = this.repeated();
        if (part === undefined) return undefined;
        instructions += part.instructions;
        repetitions = Math.max(repetitions, part.repetitions);
      }
      if (!this.next('|')) return { instructions, repetitions };
      this.position += 1;
    }
  }

  private repeated(): Size | undefined {
    const part = this.take(tokens.flags) ? { instructions: 0, repetitions: 0 } : this.one();
    const repeat = part && this.take(tokens.repeat);
    if (!repeat || part.repetitions === 0) return repeat ? undefined : part;
    const [, least, range, most] = repeat;
    if (least === undefined) return { ...part, instructions: part.instructions + 1 };
    const times = Math.max(Number(least) + (range === undefined ? 0 : 1), Number(most ?? 0));
    if (most !== undefined && most !== '' && Number(most) < Number(least)) return undefined;
    if (Math.max(Number(least), Number(most ?? 0)) > mostRepetitions) return undefined;
    const repetitions = part.repetitions * Math.max(1, Number(least), Number(most ?? 0));
    return { instructions: part.instructions * Math.max(1, times), repetitions };
  }

  private one(): Size | undefined {
    if (this.take(tokens.open)) {
      const inside = this.alternatives();
      return inside && this.takeText(')') ? inside : undefined;
    }
    if (this.next('[')) return this.characterClass();
    if (this.take(tokens.place)) return size(sizes.byte);
    if (this.takeText('.')) return size(sizes.any);
    if (this.take(tokens.category)) return size(sizes.category);
    if (this.take(tokens.class)) return size(sizes.class);
    const read = this.take(tokens.character);
    return read ? size(sizes.byte * Buffer.byteLength(read[0])) : undefined;
  }

  /** The first `]` after `[` or `[^` stands for itself. */
  private characterClass(): Size | undefined {
    this.position += this.text.startsWith('[^', this.position) ? 2 : 1;
    let instructions = sizes.class;
    for (let first = true; first || !this.next(']'); first = false) {
      const set = this.take(inClass.set);
      if (set) {
        instructions += /^\\[pP]/.test(set[0]) ? sizes.category : 0;
        if (this.next('-') && this.text[this.position + 1] !== ']') return undefined;
        continue;
      }
      const from = this.take(first && this.next(']') ? /\]/y : inClass.character);
      if (!from) return undefined;
      if (from[0] === '-' && !first && !this.next(']')) return undefined;
      if (!this.next('-') || this.text[this.position + 1] === ']') continue;
      this.position += 1;
      const to = this.take(inClass.character);
      if (!to || codePointOf(to[0]) < codePointOf(from[0])) return undefined;
    }
    this.position += 1;
    return size(instructions);
  }

  private next = (text: string): boolean => this.text.startsWith(text, this.position);

  private takeText(text: string): boolean {
    if (!this.next(text)) return false;
    this.position += text.length;
    return true;
  }

  private take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.position;
    const read = token.exec(this.text);
    if (read !== null) this.position += read[0].length;
    return read;
  }
}

const size = (instructions: number): Size => ({ instructions, repetitions: 1 });

const control: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** The code point that a character of a class stands for. */
function codePointOf(written: string): number {
  if (!written.startsWith('\\')) return written.codePointAt(0)!;
  const [, hexadecimal] = /^\\x\{?([0-9A-Fa-f]+)/.exec(written) ?? [];
  return hexadecimal === undefined ? (control[written[1]!] ?? written.codePointAt(1)!) : Number.parseInt(hexadecimal, 16);
}
