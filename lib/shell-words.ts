/** Words as a shell reads them back. */
export const shellWords = (...words: readonly string[]): string =>
  words.map((word) => (/^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
