import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Ran } from './run';

const checkout = resolve(__dirname, '../../..');

/** The program from its source, as `npm run edge-mesh` starts it. */
export function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const { PATH, HOME, TMPDIR, ENVOY } = process.env;
  return spawn(process.execPath, ['--conditions=@cdk-edge-mesh/source', '--import', 'tsx', 'bin/edge-mesh.ts', ...words], {
    cwd: checkout,
    env: { PATH, HOME, TMPDIR, ENVOY, ...environment },
  });
}

/** Runs it in a process of its own until it ends. */
export const runProcess = (words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ran> =>
  ended(start(words, environment));

export function ended(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (data) => {
    stdout += data;
  });
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => settle({ code: code ?? -1, stdout, stderr }));
  });
}
