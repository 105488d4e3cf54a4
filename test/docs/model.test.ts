import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { declaredIn } from './declared.js';
import { modelPage } from './model.js';

const root = resolve(__dirname, '../..');
const spec = join(root, 'lib/model/spec');
const page = modelPage();

test('the page of the model says what the docstrings say; npm run docs writes it', () =>
  expect(readFileSync(join(root, 'docs/model.md'), 'utf8')).toBe(page));

test('it has every type that a user can write', () => {
  const files = readdirSync(spec).filter((file) => !['phantom.ts', 'plain.ts'].includes(file));
  const names = files.flatMap((file) =>
    [...readFileSync(join(spec, file), 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name!),
  );
  expect(files.flatMap((file) => declaredIn(file).map(({ name }) => name))).toEqual(names);
  const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, heading]) => heading!);
  const own = names.filter((name) => !name.endsWith('Leaf')).map((name) => name.replace(/Spec$/, ''));
  expect(own.filter((name) => !headings.includes(name))).toEqual([]);
  expect(new Set(headings).size).toBe(headings.length);
});

test('and every field', () => {
  for (const file of readdirSync(spec)) {
    const written = [...readFileSync(join(spec, file), 'utf8').matchAll(/^ {2}(?:readonly )?(\w+\??): /gm)].map(([, name]) => name!);
    const wanted = file === 'mtls.ts' ? ['from', 'to'] : written; // its type by name is in braces of its own
    expect(declaredIn(file).flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual(wanted);
    expect(wanted.filter((name) => !page.includes(`| \`${name.replace('?', '')}\` |`))).toEqual([]);
  }
});

test('its links lead to its headings', () => {
  const headings = new Set([...page.matchAll(/^## (\w+)$/gm)].map(([, heading]) => `#${heading!.toLowerCase()}`));
  expect([...page.matchAll(/\]\((#\w+)\)/g)].map(([, link]) => link!).filter((link) => !headings.has(link))).toEqual([]);
});
