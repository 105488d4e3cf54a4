import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = resolve(__dirname, '../..');

const programs: Readonly<Record<string, string>> = {
  'edge-mesh': `node --conditions=@cdk-edge-mesh/source --import tsx ${root}/bin/edge-mesh.ts`,
  npx: `npm_command=exec node --conditions=@cdk-edge-mesh/source --import tsx ${root}/bin/edge-mesh.ts`,
  npm: 'npm --silent',
};

/** What a command of a console block prints, stdout and stderr as they come, whatever its exit code. */
export async function outputOf(command: string, folder = root): Promise<string> {
  const [program, ...words] = command.replace(/^npx edge-mesh /, 'npx ').split(' ');
  if (programs[program!] === undefined) throw new Error(`no way to run "${command}"`);
  // What npm tells the programs that it starts would change the name by which the command line calls itself.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const { stdout } = await promisify(execFile)('sh', ['-c', `{ ${programs[program!]} ${words.join(' ')}; } 2>&1; true`], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1' },
  });
  return stdout;
}
