import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderFor, write } from './folder';

const root = resolve(__dirname, '../../..');
const folder = folderFor();

/** An entry under a Node that says it is of another release. */
const under = (release: string, entry: string, ...words: string[]): Promise<{ code: number; stderr: string }> => {
  const fake = write(join(folder, `${release}.cjs`), `Object.defineProperty(process.versions, 'node', { value: '${release}' });`);
  const options = ['--require', fake, '--conditions=@cdk-edge-mesh/source', '--import', 'tsx', `bin/${entry}.ts`, ...words];
  return new Promise((settle) =>
    execFile(process.execPath, options, { cwd: root }, (error, _, stderr) => settle({ code: Number(error?.code ?? 0), stderr })),
  );
};

test.each(['edge-mesh', 'start', 'setup'])('%s says which Node it needs, rather than to fail in the middle', async (entry) => {
  expect(await under('20.11.1', entry, '--version')).toEqual({
    code: 2,
    stderr: 'Node 20.11.1 is too old; needed: 20.12 or newer\n',
  });
});

test.each(['20.12.0', '22.0.0'])('%s is new enough', async (release) => {
  expect((await under(release, 'edge-mesh', '--version')).code).toBe(0);
});

test('npm is told the same', () =>
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines).toEqual({ node: '>=20.12' }));
