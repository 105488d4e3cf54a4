import { setImmediate as nextTurn } from 'node:timers/promises';
import { BadInput } from './bad-input.js';

/**
 * Loads a user's own module, which is a guest here: what it prints goes where progress goes, since stdout is for the report; it may neither end this
 * program, nor say how it ends, nor leave it waiting for what never comes, which would be an exit code of 0 without a report. What it throws counts also
 * where it does so on its own time, in a promise or a timer that it does not await: nobody else would catch that.
 */
export async function asGuest<T>(file: string, load: () => Promise<T>): Promise<T> {
  const { exit, exitCode, stdout } = process;
  const { write } = stdout;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const starve = (): void =>
    fail(new BadInput(`${file} waits while it is loaded for what never comes; it declares, and awaits nothing else`));
  process.once('beforeExit', starve).on('uncaughtException', fail).on('unhandledRejection', fail);
  process.exit = (code) => {
    const error = new BadInput(
      `${file} calls process.exit(${code ?? ''}) while it is loaded; it declares, and the command goes on from there`,
    );
    fail(error);
    throw error;
  };
  stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await Promise.race([settled(load), failed]);
  } finally {
    process.off('beforeExit', starve).off('uncaughtException', fail).off('unhandledRejection', fail);
    Object.assign(process, { exit, exitCode });
    stdout.write = write;
  }
}

/** Rejections that nobody handles are told of a turn later. */
async function settled<T>(load: () => Promise<T>): Promise<T> {
  const found = await load();
  await nextTurn();
  return found;
}
