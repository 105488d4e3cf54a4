import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const rooms = ['lib', 'constructs', 'bin'] as const;

const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(room, file)),
);

/** Everything that a file names in `from '…'`, `import('…')` and `require('…')`; the rooms of the house by their folder. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const names = [...source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\s*\(\s*)['"]([^'"]+)['"]/g)].map(
    ([, name]) => name!,
  );
  return names.map((name) => (name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name));
}

const isRoom = (name: string, room: string): boolean => name === room || name.startsWith(`${room}/`);

test('there is something to look at', () => expect(sources.length).toBeGreaterThan(50));

test.each(sources.filter((file) => isRoom(file, 'lib')))('%s imports no CDK, and nothing of constructs or bin', (file) => {
  const forbidden = importsOf(file).filter(
    (name) => /^(aws-cdk-lib|constructs|@aws-cdk)(\/|$)/.test(name) || isRoom(name, 'constructs') || isRoom(name, 'bin'),
  );
  expect(forbidden).toEqual([]);
});

test.each(sources.filter((file) => isRoom(file, 'constructs')))('%s imports nothing of bin', (file) => {
  expect(importsOf(file).filter((name) => isRoom(name, 'bin'))).toEqual([]);
});

test.each(sources.filter((file) => /^(lib\/(model|checks|review|engines)|constructs)\//.test(file)))(
  '%s reads no clock, no randomness and no environment',
  (file) => {
    const source = readFileSync(join(root, file), 'utf8');
    if (file.startsWith('constructs/gateway/authorizer/')) return; // runs on AWS, not at synth
    if (file === 'constructs/today.ts') return; // for findings, which may depend on the day; no template does
    expect(source.match(/\bnew Date\(|\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b|\brandomUUID\b|\bconsole\.\w+\(/g)).toBeNull();
  },
);

test('a public index only re-exports', () => {
  for (const file of ['lib/index.ts', 'constructs/index.ts']) {
    const statements = readFileSync(join(root, file), 'utf8').match(/^(?!export (type )?[{*]|\s|}|\/|\*|$).+/gm);
    expect({ file, statements }).toEqual({ file, statements: null });
  }
});

test('no file imports itself by way of others, not even for a type', () => {
  const imports = new Map(
    sources.map((file) => {
      const names = importsOf(file).map((name) => name.replace(/\.js$/, '.ts'));
      return [file, names.filter((name) => sources.includes(name))];
    }),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (way.includes(file) || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});
