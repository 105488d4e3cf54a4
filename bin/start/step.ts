/** What a step did: the words for its line. It throws where it failed. */
export type Step = readonly [title: string, run: () => Promise<string>];

/**
 * Runs the steps one after the other, each a line with its time: `2/5 check   shop: no findings   0.4 s`.
 *
 * @param draw shows which step is under way, until its line is printed; empty for none
 */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void,
  draw: (text: string) => void = () => {},
): Promise<void> {
  for (const [index, [title, run]] of steps.entries()) {
    const start = performance.now();
    const place = `${index + 1}/${steps.length} ${title}`.padEnd(titleWidth);
    draw(`${place}…`);
    const words = await run().finally(() => draw(''));
    print(`${place}${words.padEnd(wordsWidth)} ${inSeconds(performance.now() - start)}`);
  }
}

const titleWidth = 13;
const wordsWidth = 68;

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(7);
