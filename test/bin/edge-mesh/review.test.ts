import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { architectures, importing } from './architectures';
import { folderFor, write } from './folder';
import { run } from './run';

const folder = folderFor(Object.fromEntries(Object.keys(architectures).map((name) => [`${name}.ts`, ''])));
const at = (name: keyof typeof architectures): string => join(folder, `${name}.ts`);
const review = (name: keyof typeof architectures, to: string, ...more: string[]) =>
  run(['review', at(name), '--out', join(folder, to), ...more], { importing });

test('it writes the review, and says what to do with it', async () => {
  const place = join(folder, 'shop');
  const { code, stdout, stderr } = await review('shop', 'shop');
  const names = readdirSync(place).sort();
  expect(names).toContain('README.md');
  expect(stdout).toBe(
    [...names.map((name) => `wrote ${join(place, name)}`), `shop: ${names.length} files written to ${place}`, ''].join('\n'),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: `next: git add ${place}\n` });
});

test('what is up to date is left alone, with and without --check', async () => {
  await review('shop', 'again');
  const says = {
    code: 0,
    stdout: `shop: the review in ${join(folder, 'again')} is up to date\n`,
    stderr: `next: edge-mesh up ${at('shop')}\n`,
  };
  expect(await review('shop', 'again')).toEqual(says);
  expect(await review('shop', 'again', '--check')).toEqual(says);
});

test('--check of what was never reviewed is stale and writes nothing', async () => {
  const { code, stdout, stderr } = await review('lonely', 'never', '--check');
  expect(code).toBe(1);
  expect(stdout.split('\n').at(-2)).toBe(`lonely: the review in ${join(folder, 'never')} is stale`);
  expect(stderr).toBe(`next: edge-mesh review ${at('lonely')} --out ${join(folder, 'never')}\n`);
  expect(readdirSync(folder)).not.toContain('never');
});

test('what changed is said in words, when it is compared and when it is written', async () => {
  await review('lonely', 'changed');
  const compared = await review('open', 'changed', '--check');
  const written = await review('open', 'changed');
  expect([compared.code, written.code]).toEqual([1, 0]);
  for (const { stdout } of [compared, written]) expect(stdout).toMatch(/^open: \d+ changes: /);
});

test('files of others stay, and are named', async () => {
  write(join(folder, 'kept/notes.md'), 'mine');
  const { stdout } = await review('lonely', 'kept');
  expect(stdout).toContain(`left  ${join(folder, 'kept/notes.md')}: not of this review\n`);
  expect(readdirSync(join(folder, 'kept'))).toContain('notes.md');
});

test('as JSON it is one object', async () => {
  const { code, stdout, stderr } = await review('lonely', 'data', '--check', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, architecture: 'lonely', upToDate: false, stale: [], written: [] });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('a file where the folder should be is refused', async () => {
  write(join(folder, 'file'), '');
  expect(await review('shop', 'file')).toMatchObject({ code: 2, stderr: `--out ${join(folder, 'file')} is a file; choose a folder\n` });
});

test('nor can it be below a file', async () => {
  const file = join(folder, 'plain');
  write(file, '');
  expect(await review('shop', 'plain/below')).toMatchObject({
    code: 2,
    stderr: `--out ${join(file, 'below')} is below a file, ${file}; choose a folder\n`,
  });
});

test('what the machine refuses to read or to write is said in words', async () => {
  write(join(folder, 'odd/mesh.md/page'), '');
  expect(await review('shop', 'odd')).toEqual({
    code: 2,
    stdout: '',
    stderr: `cannot read the review in ${join(folder, 'odd')}: illegal operation on a directory; nothing was changed; make it right, or choose another folder with --out\n`,
  });
});

test('nor can it be where a link leads to nothing', async () => {
  const [link, nowhere] = [join(folder, 'link'), join(folder, 'gone/far')];
  symlinkSync(nowhere, link);
  const stderr = `--out ${link} leads over a link to ${nowhere}, which does not exist; choose a folder\n`;
  expect(await review('shop', 'link')).toEqual({ code: 2, stdout: '', stderr });
});
