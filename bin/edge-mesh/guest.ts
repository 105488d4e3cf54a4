import { BadInput } from './bad-input.js';

/**
 * Loads a user's own module, which is a guest here: what it prints goes where progress goes, since stdout is for the report; and it may neither end this
 * program nor leave it waiting for what never comes, which would be an exit code of 0 without a report.
 */
export async function asGuest<T>(file: string, load: () => Promise<T>): Promise<T> {
  const { exit } = process;
  const { log, info, debug } = console;
  let starve = (): void => {};
  const starved = new Promise<never>((_, fail) => {
    starve = () => fail(new BadInput(`${file} waits while it is loaded for what never comes; it declares, and awaits nothing else`));
  });
  process.once('beforeExit', starve);
  process.exit = (code) => {
    throw new BadInput(`${file} calls process.exit(${code ?? ''}) while it is loaded; it declares, and the command goes on from there`);
  };
  console.log = console.info = console.debug = console.error;
  try {
    return await Promise.race([load(), starved]);
  } finally {
    process.off('beforeExit', starve);
    process.exit = exit;
    Object.assign(console, { log, info, debug });
  }
}
