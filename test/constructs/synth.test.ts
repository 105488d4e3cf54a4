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

const templateOf = ({ title, stack }: (typeof apps)[number]): string => join(folder, title.replaceAll(' ', '-'), `${stack}.template.json`);

async function synthesize({ title, app, context }: (typeof apps)[number]): Promise<string> {
  const command = `node --conditions=@cdk-edge-mesh/source --import tsx bin/${app}/app.ts`;
  const output = join(folder, title.replaceAll(' ', '-'));
  const { stderr } = await run(
    join(root, 'node_modules/.bin/cdk'),
    ['synth', '--quiet', '--app', command, '--output', output, ...context],
    {
      cwd: root,
      // CDK's own linter takes nine tenths of the time; cfn-lint, below, looks at the same templates.
      env: { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_VERSION_CHECK: '1', CI: 'true' },
    },
  );
  return stderr;
}

describe('the example apps', () => {
  test.each(apps)('$title: cdk synth makes a template, with no more to say', async (each) => {
    const said = await synthesize(each);
    expect(said).not.toMatch(/\[(Warning|Error)/);
    const { Resources } = JSON.parse(readFileSync(templateOf(each), 'utf8'));
    expect(Object.keys(Resources).length).toBeLessThan(200); // of the 500 that CloudFormation takes
  });

  test('cfn-lint finds no error in any of them', async () => {
    const lint = run(join(root, '.venv/bin/cfn-lint'), ['--format', 'json', ...apps.map(templateOf)], { maxBuffer: 64 * 1024 * 1024 });
    const { stdout } = await lint.catch((error: { stdout: string }) => error); // its exit code counts warnings as well
    const findings: { Level: string; Message: string }[] = JSON.parse(stdout);
    expect(findings.filter(({ Level }) => Level === 'Error').map(({ Message }) => Message)).toEqual([]);
  });
});
