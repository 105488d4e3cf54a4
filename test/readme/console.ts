import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { main } from '../../bin/main.js';

export const root = resolve(__dirname, '../..');

/** What a command of a console block prints, stdout and stderr as they come, without its exit code. */
export async function outputOf(command: string): Promise<string> {
  const [program, ...words] = command.split(' ');
  if (program === 'edge-mesh') return commandLine(words);
  if (program === 'npm') return npm(words);
  throw new Error(`no way to run "${command}"`);
}

async function commandLine(words: readonly string[]): Promise<string> {
  let printed = '';
  const sink = { write: (text: string) => (printed += text) };
  await main(words, { stdout: sink, stderr: sink, environment: {} });
  return printed;
}

async function npm(words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `npm --silent ${words.join(' ')} 2>&1`], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return stdout + stderr;
}
