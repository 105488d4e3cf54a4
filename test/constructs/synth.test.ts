import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CertificateAuthority } from '../../lib/twin/certificate-authority.js';
import { findEnvoy } from '../../lib/twin/envoy-binary.js';

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

interface SidecarProperties {
  readonly Name: string;
  readonly Command: readonly (string | { 'Fn::Join': [string, unknown[]] })[];
  readonly Secrets: readonly { readonly Name: string }[];
}

const sidecarsOf = ({ Resources }: { Resources: Record<string, { Properties?: { ContainerDefinitions?: SidecarProperties[] } }> }) =>
  Object.values(Resources).flatMap(({ Properties }) => Properties?.ContainerDefinitions?.filter(({ Name }) => Name === 'sidecar') ?? []);

/** As CloudFormation would complete it: here every unknown is a host. */
const completed = (argument: SidecarProperties['Command'][number]): string =>
  typeof argument === 'string'
    ? argument
    : argument['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'host.internal')).join('');

describe('the example apps', () => {
  test.each(apps)('$title: cdk synth makes a template and warns of nothing', async (each) => {
    await synthesize(each);
    const { Resources } = JSON.parse(readFileSync(fileOf(each, 'template'), 'utf8'));
    expect(Object.keys(Resources).length).toBeLessThan(200); // of the 500 that CloudFormation takes
    expect(readFileSync(fileOf(each, 'metadata'), 'utf8').match(/"aws:cdk:(warning|error)"/g)).toBeNull();
  });

  test.each(apps)('$title: no policy is for every action or every resource', (each) => {
    const { Resources } = JSON.parse(readFileSync(fileOf(each, 'template'), 'utf8'));
    const statements = (Object.values(Resources) as { Properties?: { PolicyDocument?: { Statement: object[] } } }[]).flatMap(
      ({ Properties }) => Properties?.PolicyDocument?.Statement ?? [],
    );
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter((statement) => /"(\w+:)?\*"/.test(JSON.stringify(statement)))).toEqual([]);
  });

  test.each(apps.filter(({ context }) => context.length === 0))('$title: Envoy accepts each command line as deployed', async (each) => {
    const authority = await CertificateAuthority.create(folder, 'anyone');
    const { certificate, privateKey } = await authority.issueIdentity('spiffe://any.mesh.internal/svc/any');
    const pem = { CERTIFICATE: certificate, PRIVATE_KEY: privateKey, TRUST: authority.roots };
    const containers = sidecarsOf(JSON.parse(readFileSync(fileOf(each, 'template'), 'utf8')));
    expect(containers.length).toBeGreaterThan(4);
    for (const { Command, Secrets } of containers) {
      const env = Secrets.map(({ Name }) => [
        Name,
        readFileSync(Object.entries(pem).find(([part]) => Name.startsWith(`MESH_${part}`))![1], 'utf8'),
      ]);
      await run(findEnvoy(), [...Command.map(completed), '--mode', 'validate'], { env: Object.fromEntries(env) });
    }
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
