import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import shop from '../../../bin/shop/architecture.js';
import { awsPlacement, type Bootstrap, compileIngress, compileSidecar, type Placement } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve, type Version } from '../../../lib/index.js';
import { CertificateAuthority } from '../../../lib/twin/certificate-authority.js';
import { findEnvoy } from '../../../lib/twin/envoy-binary.js';
import { everywhere } from './everywhere.js';
import { guarded, open } from './guarded.js';
import { mesh } from './mesh.js';
import { odd } from './odd.js';
import { spoken } from './spoken.js';

const folder = mkdtempSync(join(tmpdir(), 'validate-'));
let files: Pick<Placement, 'credentials' | 'external' | 'keys'>;

beforeAll(async () => {
  const authority = await CertificateAuthority.create(folder);
  const { certificate, privateKey } = await authority.issueIdentity('spiffe://mesh/svc/any');
  const trust = { filename: authority.roots };
  files = {
    credentials: () => ({ certificate: { filename: certificate }, privateKey: { filename: privateKey }, trust }),
    external: (external) => ({ ...everywhere.external(external), roots: trust }),
    keys: ({ jwks }) => ({ uri: jwks, roots: trust }),
  };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the real Envoy says of a configuration: its last line. */
function verdict(bootstrap: Bootstrap): string {
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(bootstrap));
  const { stdout, stderr } = spawnSync(findEnvoy(), ['--mode', 'validate', '--config-path', file, '--log-level', 'warning'], {
    encoding: 'utf8',
  });
  return [stderr, stdout].join('\n').replaceAll(file, 'it').trim();
}

/** As on AWS, with certificates and roots that are on this machine. */
const compiled = (architecture: Architecture): Record<string, () => Bootstrap> => {
  const place = (version?: Version): Placement => ({ ...awsPlacement(architecture, { ...(version && { version }) }), ...files });
  const sidecars = architecture.services.flatMap(({ versions }) =>
    versions.map((version) => [version.id, () => compileSidecar(architecture, version, place(version))] as const),
  );
  return { ...Object.fromEntries(sidecars), ingress: () => compileIngress(architecture, place()) };
};

describe.each(
  [bookinfo, shop]
    .map((declaration) => resolve(declaration, { environment: 'prod' }))
    .concat(mesh, odd, guarded, open, spoken)
    .map((each) => [each.name, each] as const),
)('%s', (_name, architecture) => {
  test.each(Object.entries(compiled(architecture)))('%s is taken by the real Envoy, without a warning', (_id, compile) => {
    expect(verdict(compile())).toBe("configuration 'it' OK");
  });
});

test('the real Envoy is asked indeed: a name that leads nowhere is refused', () => {
  const text = JSON.stringify(compileSidecar(mesh, mesh.services[0]!.versions[0]!, { ...everywhere, ...files })).replace(
    '"cluster":"local/app"',
    '"cluster":"elsewhere"',
  );
  expect(verdict(JSON.parse(text) as Bootstrap)).toContain("route: unknown cluster 'elsewhere'");
});

test('a long path with a parameter is taken, whose expression Envoy by itself calls too large', () => {
  const long = resolve(
    defineArchitecture({
      name: 'long',
      services: {
        callee: {
          image: 'callee',
          listen: { protocol: 'http', port: 8080 },
          access: { caller: [`GET /${'a-part-of-a-long-path/'.repeat(9)}{id}`] },
        },
        caller: { image: 'caller', calls: { callee: {} } },
      },
    }),
  );
  const whole = compiled(long)['callee']!();
  expect(verdict(whole)).toBe("configuration 'it' OK");
  const { layered_runtime: _, ...without } = whole;
  expect(verdict(without)).toContain('max program size');
});
