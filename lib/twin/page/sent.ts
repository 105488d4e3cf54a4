import type { Health } from './health.js';

/** What the page's script puts in place: it knows no number and no word by itself. */
export interface Face {
  /** Texts by the key of their elements. */
  readonly texts: Readonly<Record<string, string>>;
  /** States by the key of their elements; style follows. */
  readonly states: Readonly<Record<string, Health>>;
  /** Widths of lines: 0 idle, then four steps. */
  readonly widths: Readonly<Record<string, number>>;
  /** Names that are read aloud. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether a button can be pressed: what was done already cannot be done again. */
  readonly enabled: Readonly<Record<string, boolean>>;
  /** By service: its instances, whose panels are other ones once they are others. */
  readonly editions: Readonly<Record<string, string>>;
}

/** What a page is sent: what is other than when it last asked, or all of it. */
export interface Changes {
  /** Of this format. */
  readonly version: 1;
  /** What the page asks with next. */
  readonly number: number;
  /** What these are the changes since; undefined: all of it, since nobody knows what the page has. */
  readonly since: number | undefined;
  readonly face: Partial<Face>;
}
