import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { blocksOf, withoutMoments } from './block.js';
import { outputOf, root } from './console.js';
import { graphOf, pages } from './page.js';

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)];
/** But for the public types, which are parts of files. */
const written = papers.filter((file) => file !== 'docs/api.md');

test('the graph of the README is the one of the review', () =>
  expect(
    blocksOf(textOf('README.md'))
      .filter(({ language }) => language === 'mermaid')
      .map(({ text }) => text),
  ).toEqual([graphOf('snapshots/shop/README.md')]));

test('every other TypeScript block of the README and the docs compiles strictly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edge-mesh-readme-'));
  try {
    for (const file of written) {
      const blocks = blocksOf(textOf(file)).filter(({ language, title }) => language === 'ts' && title === '');
      for (const { line, text } of blocks) writeFileSync(join(folder, `${basename(file, '.md')}-${line}.ts`), text);
    }
    const paths = {
      'cdk-edge-mesh': [join(root, 'lib/index.ts')],
      'cdk-edge-mesh/constructs': [join(root, 'constructs/index.ts')],
      '*': [join(root, 'node_modules/*')],
    };
    const compilerOptions = { paths, types: ['node'], typeRoots: [join(root, 'node_modules/@types')], module: 'nodenext' };
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

describe.each(pages)('$file', ({ file, folder, lines }) => {
  const page = textOf(file);
  const of = (wanted: string) => blocksOf(page).filter(({ language }) => language === wanted);

  test('is short enough to be read', () => expect(page.split('\n').length).toBeLessThanOrEqual(lines));

  test.each(of('ts').filter(({ title }) => title !== ''))('shows $title as it is, in line $line', ({ title, text }) => {
    expect(text.trim()).not.toBe('');
    expect(textOf(title)).toContain(text);
  });

  test.each(of('console').map(({ text }) => ({ command: /^\$ (.*)$/m.exec(text)![1]!, text })))(
    'shows what is printed by $command',
    async ({ command, text }) => expect(withoutMoments(text)).toBe(withoutMoments(`$ ${command}\n${await outputOf(command, folder)}`)),
    180_000,
  );
});

test.each(papers)('the links of %s lead somewhere', (file) => {
  const links = [...textOf(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([]);
});
