import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const cases = join(__dirname, 'cases');

/** The compiler's errors by `file:line`, first line of each. */
async function compile(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'edge-mesh-types-'));
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { types: ['node'], typeRoots: [join(root, 'node_modules/@types')], noEmit: true },
    include: [join(cases, '*.ts')],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { stdout } = await promisify(execFile)(tsc, ['-p', folder, '--pretty', 'false'], { cwd: root }).catch(
      (error) => error as { stdout: string },
    );
    const errors = [...stdout.matchAll(/^(?:.*\/)?(\w+\.ts)\((\d+),\d+\): error TS\d+: (.*(?:\n +.*)*)$/gm)];
    return new Map(errors.map(([, file, line, text]) => [`${file}:${line}`, text!]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const expected = readdirSync(cases).flatMap((file) =>
  readFileSync(join(cases, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.includes('//! ') ? [{ place: `${file}:${index + 1}`, text: line.split('//! ')[1]! }] : [])),
);

describe('what the compiler says of a wrong name', () => {
  let errors: Map<string, string>;
  beforeAll(async () => {
    errors = await compile();
  });

  test.each(expected)('$place: $text', ({ place, text }) => expect(errors.get(place)).toContain(text));
  test('nothing else is an error', () => expect([...errors.keys()].sort()).toEqual(expected.map(({ place }) => place).sort()));
});
