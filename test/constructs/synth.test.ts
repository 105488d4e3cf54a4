import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const run = promisify(execFile);

/** What a user types, without an account: the zones are in cdk.json. */
const apps = [
  { title: 'shop', app: 'shop', stack: 'Shop', context: [] },
  { title: 'bookinfo on envoy', app: 'bookinfo', stack: 'Bookinfo', context: [] },
  { title: 'bookinfo on app-mesh', app: 'bookinfo', stack: 'Bookinfo', context: ['--context', 'engine=app-mesh'] },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edge-mesh-synth-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = ({ title, stack }: (typeof apps)[number], kind: 'template' | 'metadata'): string =>
  join(folder, title.replaceAll(' ', '-'), `${stack}.${kind}.json`);

async function synthesize({ title, app, context }: (typeof apps)[number]): Promise<void> {
  const command = `node --conditions=@cdk-edge-mesh/source --import tsx bin/${app}/app.ts`;
  const output = join(folder, title.replaceAll(' ', '-'));
  await run(join(root, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--app', command, '--output', output, ...context], {
    cwd: root,
    // CDK's own linter takes nine tenths of the time; cfn-lint, below, looks at the same templates.
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_VERSION_CHECK: '1' },
  });
}

describe('the example apps', () => {
  test.each(apps)('$title: cdk synth makes a template and warns of nothing', async (each) => {
    await synthesize(each);
    const { Resources } = JSON.parse(readFileSync(fileOf(each, 'template'), 'utf8'));
    expect(Object.keys(Resources).length).toBeLessThan(200); // of the 500 that CloudFormation takes
    expect(readFileSync(fileOf(each, 'metadata'), 'utf8').match(/"aws:cdk:(warning|error)"/g)).toBeNull();
  });

  test('cfn-lint finds no error in any of them', async () => {
    const lint = run(join(root, '.venv/bin/cfn-lint'), ['--format', 'json', ...apps.map((each) => fileOf(each, 'template'))], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const { stdout } = await lint.catch((error: { stdout: string }) => error); // its exit code counts warnings as well
    const findings: { Level: string; Message: string }[] = JSON.parse(stdout);
    expect(findings.filter(({ Level }) => Level === 'Error').map(({ Message }) => Message)).toEqual([]);
  });
});
