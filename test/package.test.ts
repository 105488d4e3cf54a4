import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiPage } from './docs/api';
import { cdk, namesIn, newProject, pack, run } from './package/consumer';

/** What a new user writes, in files of their own. */
const architecture = `import { defineArchitecture } from 'cdk-edge-mesh';

export default defineArchitecture({
  name: 'store',
  services: {
    orders: { image: 'acme/orders:7', listen: { protocol: 'http', port: 8080 }, calls: { pricing: { timeout: '300ms' }, ordersDb: {} } },
    pricing: { image: 'acme/pricing:1', listen: { protocol: 'http2', port: 9090 } },
  },
  external: { ordersDb: { protocol: 'tcp', port: 5432 } },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders/{id}': { to: 'orders' } } } },
});
`;
const app = `import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ArchitectureError, type Declaration } from 'cdk-edge-mesh';
import { MeshEngine, MicroserviceApp } from 'cdk-edge-mesh/constructs';
import architecture from './architecture.js';

const declared: Declaration = architecture;
if (declared.spec.name !== 'store' || new ArchitectureError([]).name !== 'ArchitectureError') throw new Error('another copy of the library');
const cdk = new App({ outdir: 'cdk.out', builtinCloudFormationValidation: false });
const stack = new Stack(cdk, 'Store');
const identity = (name: string) => Secret.fromSecretNameV2(stack, name, name);
new MicroserviceApp(stack, 'App', {
  architecture,
  engine: MeshEngine.envoy(),
  bind: { external: { ordersDb: { host: 'db.internal' } } },
  certificates: { services: { orders: identity('orders'), pricing: identity('pricing') }, gateways: { web: identity('web') } },
});
cdk.synth();
`;
const worker = '{ "name": "store", "services": { "nightly": { "image": "acme/nightly:3" } } }';
/** Without `skipLibCheck`: the published types are checked as well. */
const tsconfig = (types: readonly string[], include: readonly string[]): string =>
  JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types }, include });
const context = JSON.stringify({ 'availability-zones:account=unknown:region=unknown': ['dummy1a', 'dummy1b'] });
const kinds = [
  ['CommonJS', '{ "private": true }'],
  ['ES-modules', '{ "private": true, "type": "module" }'],
] as const;

let folder: string;
let tarball: string;
/** Has neither CDK nor the types of Node. */
let pure: string;
/** Has both, and a folder for each kind of module: one compilation checks what they share, CDK's types above all, once. */
let project: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edge-mesh-package-'));
  tarball = pack(folder);
  pure = newProject(join(folder, 'pure'), tarball, {
    'tsconfig.json': tsconfig([], ['*.ts']),
    'architecture.ts': architecture,
    'misspelt.ts': architecture.replace('calls: { pricing:', 'calls: { pricng:'),
  });
  const sources = kinds.flatMap(([kind, manifest]) => [
    [`${kind}/package.json`, manifest],
    [`${kind}/architecture.ts`, architecture],
    [`${kind}/app.ts`, app],
  ]);
  const files = { 'tsconfig.json': tsconfig(['node'], ['*/app.ts']), 'worker.json': worker, ...Object.fromEntries(sources) };
  project = newProject(join(folder, 'project'), tarball, files, cdk);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compile = (place: string): string => run(place, process.execPath, ['node_modules/typescript/bin/tsc']);
const edgeMesh = (place: string, words: readonly string[], environment?: Readonly<Record<string, string>>): string =>
  run(place, process.execPath, [join(project, 'node_modules/cdk-edge-mesh/dist/bin/edge-mesh.js'), ...words], environment);

test('the package holds what was built and its papers, no source, no test, no example', () => {
  const names = namesIn(tarball);
  expect(names.filter((name) => !name.startsWith('dist/')).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect(names).toEqual(
    expect.arrayContaining([
      'dist/lib/index.js',
      'dist/lib/index.d.ts',
      'dist/constructs/index.js',
      'dist/bin/edge-mesh.js',
      'dist/authorizer/index.js',
      'dist/lib/twin/page/browser/page.js',
      'dist/lib/twin/page/browser/page.css',
    ]),
  );
  expect(names.filter((name) => /(?<!\.d)\.ts$|\.map$|\/test\/|^dist\/bin\/(shop|bookinfo)\//.test(name))).toEqual([]);
});

test('what it exports is written down; npm run docs writes it', () =>
  expect(apiPage(join(pure, 'node_modules/cdk-edge-mesh/dist'))).toBe(readFileSync(resolve(__dirname, '../docs/api.md'), 'utf8')));

test("compilers that do not read exports, as those of older CDK apps, find each door's types all the same", () => {
  const { exports, types, typesVersions } = JSON.parse(readFileSync(resolve(__dirname, '../package.json'), 'utf8'));
  expect(`./${types}`).toBe(exports['.'].types);
  expect(typesVersions['*']).toEqual({ constructs: [exports['./constructs'].types] });
});

test('the pure library needs neither CDK nor types of Node; a name that does not exist is a compile error', () =>
  expect(() => compile(pure)).toThrow(
    /tsc failed\nmisspelt\.ts\(6,\d+\): error TS2561: .*'pricng' does not exist .*Did you mean to write 'pricing'\?\n\n$/,
  ));

let compiled: string | undefined;
const compileOnce = (): string => {
  compiled ??= compile(project);
  return compiled;
};

test('beside CDK it type-checks, the published types too, in modules of either kind', () => expect(compileOnce()).toBe(''));

test('edge-mesh loads neither tsx nor a certificate library for JSON', () => {
  const coverage = join(folder, 'coverage');
  expect(edgeMesh(project, ['check', 'worker.json'], { NODE_V8_COVERAGE: coverage })).toBe(
    'store: no findings in 1 service and 0 routes\n',
  );
  const loaded = readdirSync(coverage).flatMap((name): { url: string }[] => JSON.parse(readFileSync(join(coverage, name), 'utf8')).result);
  const packages = loaded.flatMap(({ url }) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  expect([...new Set(packages)].sort()).toEqual(['cdk-edge-mesh', 'commander', 'zod']);
});

describe.each(kinds)('in a CDK project of %s', (kind) => {
  let place: string;
  beforeAll(() => {
    place = join(project, kind);
  });

  test('it synthesizes an app', () => {
    compileOnce();
    run(place, process.execPath, ['app.js'], { CDK_CONTEXT_JSON: context });
    const template = JSON.parse(readFileSync(join(place, 'cdk.out/Store.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::ECS::TaskDefinition')).toHaveLength(3);
    expect(types).toContain('AWS::ApiGatewayV2::Api');
  });

  test('edge-mesh checks a TypeScript architecture', () => {
    expect(edgeMesh(place, ['check', 'architecture.ts'])).toBe('store: no findings in 2 services and 1 route\n');
  });

  test('edge-mesh finds path aliases by the tsconfig.json of the architecture, from any folder', () => {
    const aliased = join(place, 'aliased');
    mkdirSync(join(aliased, 'parts'), { recursive: true });
    writeFileSync(
      join(aliased, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "nodenext", "paths": { "@parts/*": ["./parts/*"] } } }',
    );
    writeFileSync(join(aliased, 'parts/worker.ts'), "export const nightly = { image: 'acme/nightly:3' };\n");
    writeFileSync(
      join(aliased, 'architecture.ts'),
      "import { nightly } from '@parts/worker';\nimport { defineArchitecture } from 'cdk-edge-mesh';\nexport default defineArchitecture({ name: 'store', services: { nightly } });\n",
    );
    expect(edgeMesh(place, ['check', 'aliased/architecture.ts'])).toBe('store: no findings in 1 service and 0 routes\n');
  });
});
