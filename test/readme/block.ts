/** A fenced block of a Markdown page. */
export interface Block {
  readonly language: string;
  /** After the language on the fence line: for TypeScript the file that it is, or is part of. */
  readonly title: string;
  readonly text: string;
  readonly line: number;
}

const fence = /^```(\w+)(?: (.*))?\n([\s\S]*?)^```$/gm;

export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(fence)].map(({ 1: language, 2: title, 3: text, index }) => ({
    language: language!,
    title: title ?? '',
    text: text!,
    line: page.slice(0, index).split('\n').length,
  }));

/** What differs from run to run and machine to machine: times, ports, process ids, paths of temporary folders. Everything else stays as it is. */
export const withoutMoments = (text: string): string =>
  text
    .replace(/(127\.0\.0\.1:)\d+/g, '$1PORT')
    .replace(/\b\d+(?:\.\d+)? ?(ms|s|MB|MiB)\b/g, 'TIME')
    .replace(/\bpid \d+/g, 'pid PID')
    .replace(/\(?pricing v\d(?: ×2|, pricing v\d\))/g, 'pricing VERSION ×2') // the split is 90 to 10
    .replace(/ +/g, ' ')
    .trim();
