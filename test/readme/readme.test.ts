import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { blocksOf, withoutMoments } from './block.js';
import { outputOf, root } from './console.js';
import { graphOf } from './page.js';

const page = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = blocksOf(page);
const of = (wanted: string) => blocks.filter(({ language }) => language === wanted);

test('it is short enough to be read', () => expect(page.split('\n').length).toBeLessThanOrEqual(250));

test('its graph is the one of the review', () =>
  expect(of('mermaid').map(({ text }) => text)).toEqual([graphOf('snapshots/shop/README.md')]));

test.each(of('ts').filter(({ title }) => title !== ''))('line $line shows $title as it is', ({ title, text }) => {
  expect(readFileSync(join(root, title), 'utf8')).toContain(text);
});

test('every other TypeScript block compiles strictly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edge-mesh-readme-'));
  try {
    for (const { line, text } of of('ts').filter(({ title }) => title === '')) writeFileSync(join(folder, `line-${line}.ts`), text);
    const paths = {
      'cdk-edge-mesh': [join(root, 'lib/index.ts')],
      'cdk-edge-mesh/constructs': [join(root, 'constructs/index.ts')],
      '*': [join(root, 'node_modules/*')],
    };
    const compilerOptions = { paths, types: ['node'], typeRoots: [join(root, 'node_modules/@types')], module: 'nodenext' };
    mkdirSync(dirname(join(folder, 'tsconfig.json')), { recursive: true });
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [join(folder, '*.ts')] }),
    );
    const errors = await promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(errors).toEqual({ stdout: '', stderr: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('what it shows of a command is what the command prints', () => {
  test.each(of('console').map(({ text }) => ({ command: /^\$ (.*)$/m.exec(text)![1]!, text })))(
    '$command',
    async ({ command, text }) => expect(withoutMoments(text)).toBe(withoutMoments(`$ ${command}\n${await outputOf(command)}`)),
    180_000,
  );
});

test('its links lead somewhere', () => {
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
});
