import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFolder } from '../../../bin/edge-mesh/folder';
import { architectures, importing } from './architectures';
import { folderFor, write } from './folder';
import { run } from './run';

const folder = folderFor(Object.fromEntries(Object.keys(architectures).map((name) => [`${name}.ts`, ''])));
const at = (name: keyof typeof architectures): string => join(folder, `${name}.ts`);
const out = (name: string): string => join(folder, 'out', name);
const compile = (name: keyof typeof architectures, engine: string, to: string, ...more: string[]) =>
  run(['compile', at(name), '--engine', engine, '--out', to, ...more], { importing });
const textsIn = (place: string): Record<string, string> =>
  Object.fromEntries(readdirSync(place).map((name) => [name, readFileSync(join(place, name), 'utf8')]));

test('envoy: one file for each version, and the ingress', async () => {
  const { code, stdout, stderr } = await compile('shop', 'envoy', out('shop'));
  const files = ['catalog.json', 'nightly.json', 'orders.json', 'pricing-v1.json', 'pricing-v2.json', 'ingress.json'];
  expect(stdout.split('\n')).toEqual([
    'ordersDb has no host here: the files say ordersdb.bound-at-deploy.invalid, the CDK side binds the real one',
    'each Envoy finds its identity in the environment, as PEM: MESH_CERTIFICATE, MESH_PRIVATE_KEY, MESH_TRUST',
    'the ingress finds that of web: MESH_CERTIFICATE_WEB, MESH_PRIVATE_KEY_WEB, MESH_TRUST_WEB',
    ...files.map((name) => join(out('shop'), name)),
    `shop: 6 files for envoy in ${out('shop')}, environment local`,
    '',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `next: edge-mesh up ${at('shop')}\n` });
  expect(readdirSync(out('shop')).sort()).toEqual(['.edge-mesh.json', ...files].sort());
  const orders = JSON.parse(readFileSync(join(out('shop'), 'orders.json'), 'utf8'));
  expect(orders.node).toEqual(expect.objectContaining({ id: 'orders', cluster: 'orders' }));
});

test('envoy: the rules of the network too, where an app is intercepted', async () => {
  const { stdout } = await compile('intercepted', 'envoy', out('intercepted'));
  expect(stdout).toContain(
    'one is intercepted: nft -f one.nft in the network of each task, its Envoy as user 1337, its app as any other\n',
  );
  expect(readdirSync(out('intercepted')).sort()).toEqual(['.edge-mesh.json', 'one.json', 'one.nft']);
});

test('envoy: what the rate limit service counts too, where there are global limits', async () => {
  const { stdout } = await compile('counted', 'envoy', out('counted'));
  expect(stdout).toContain(
    'limits counts what stands in rate-limit-service.yaml, and limits nothing else: it needs the file before sidecars ask\n',
  );
  expect(textsIn(out('counted'))['rate-limit-service.yaml']).toContain('domain: "counted/local"\n');
});

test('app-mesh: one template whose ids CloudFormation takes, and what is lost', async () => {
  const { code, stdout, stderr } = await compile('bookinfo', 'app-mesh', out('bookinfo'));
  const template = JSON.parse(readFileSync(join(out('bookinfo'), 'template.json'), 'utf8'));
  const ids = Object.keys(template.Resources);
  expect(ids).toEqual(ids.filter((id) => /^[A-Za-z0-9]{1,255}$/.test(id)));
  for (const { DependsOn = [] } of Object.values<{ DependsOn?: string[] }>(template.Resources))
    expect(ids).toEqual(expect.arrayContaining(DependsOn));
  expect(stdout).toContain('warning architecture: AWS App Mesh ended on 2026-09-30');
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `next: cfn-lint --ignore-checks W3696 --template ${join(out('bookinfo'), 'template.json')}\n`,
  });
});

test('app-mesh: where a sidecar finds its identity, and who has no host here', async () => {
  const { stdout } = await compile('shop', 'app-mesh', out('shop-app-mesh'));
  expect(stdout.split('\n').filter((line) => !/^(warning|error) /.test(line))).toEqual([
    'ordersDb has no host here: the template says ordersdb.bound-at-deploy.invalid, the CDK side binds the real one',
    'each sidecar reads its identity from files, as PEM: /certificates/certificate.pem, /certificates/private-key.pem, /certificates/trust.pem',
    join(out('shop-app-mesh'), 'template.json'),
    `shop: 1 file for app-mesh in ${out('shop-app-mesh')}, environment local`,
    '',
  ]);
});

test.each(['envoy', 'app-mesh'])('%s: twice is the same bytes, and what is stale goes', async (engine) => {
  await compile('shop', engine, out('twice'));
  const first = textsIn(out('twice'));
  await compile('bookinfo', engine, out('twice'));
  await compile('shop', engine, out('twice'));
  expect(textsIn(out('twice'))).toEqual(first);
});

test('as JSON it is one object', async () => {
  const { stdout, stderr } = await compile('lonely', 'envoy', out('json'), '--json');
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    architecture: 'lonely',
    engine: 'envoy',
    out: out('json'),
    files: ['orders.json'],
    notes: ['each Envoy finds its identity in the environment, as PEM: MESH_CERTIFICATE, MESH_PRIVATE_KEY, MESH_TRUST'],
  });
  expect(stderr).toBe('');
});

test('an architecture with errors is compiled, and the verdict says so', async () => {
  const { code, stderr } = await compile('open', 'envoy', out('open'));
  expect(code).toBe(0);
  expect(stderr.split('\n')[0]).toBe(`open: 1 finding in 1 service and 1 route: 1 error; see: edge-mesh check ${at('open')}`);
});

describe('nobody else’s file is touched', () => {
  test('a folder with other files is refused, and stays as it is', async () => {
    const place = out('foreign');
    write(join(place, 'notes.txt'), 'mine');
    expect(await compile('shop', 'envoy', place)).toEqual({
      code: 2,
      stdout: '',
      stderr: `--out ${place} holds what this command did not write: notes.txt; choose another folder, or move them away\n`,
    });
    expect(textsIn(place)).toEqual({ 'notes.txt': 'mine' });
  });

  test('a manifest of something else is no permission', async () => {
    const place = out('manifest');
    write(join(place, '.edge-mesh.json'), '["notes.txt"]');
    write(join(place, 'notes.txt'), 'mine');
    expect((await compile('shop', 'envoy', place)).code).toBe(2);
  });

  test('a file where the folder should be is refused', async () => {
    const place = write(out('file'), 'mine');
    expect(await compile('shop', 'envoy', place)).toMatchObject({ code: 2, stderr: `--out ${place} is a file; choose a folder\n` });
  });

  test('the working directory is refused', async () => {
    expect(await compile('shop', 'envoy', process.cwd())).toMatchObject({
      code: 2,
      stderr: `--out ${process.cwd()} holds the working directory; choose a folder inside it\n`,
    });
  });

  test('an empty folder and a link to one are taken', async () => {
    mkdirSync(out('empty'), { recursive: true });
    symlinkSync(out('empty'), out('link'));
    expect((await compile('lonely', 'envoy', out('link'))).code).toBe(0);
    expect(readdirSync(out('empty')).sort()).toEqual(['.edge-mesh.json', 'orders.json']);
  });
});

test('a folder is as open as the machine makes folders, and stays as open as it was', async () => {
  const modeOf = (place: string): string => (statSync(place).mode & 0o777).toString(8);
  await compile('lonely', 'envoy', out('open-folder'));
  expect(modeOf(out('open-folder'))).toBe((0o777 & ~process.umask()).toString(8));
  chmodSync(out('open-folder'), 0o750);
  await compile('lonely', 'envoy', out('open-folder'));
  expect(modeOf(out('open-folder'))).toBe('750');
});

describe('all files or none', () => {
  test('what cannot be written leaves the folder as it was, and nothing beside it', () => {
    const place = out('whole');
    replaceFolder(place, { 'a.json': 'old' }, 'a test');
    expect(() => replaceFolder(place, { 'a.json': 'new', 'no/b.json': 'new' }, 'a test')).toThrow('ENOENT');
    expect(textsIn(place)['a.json']).toBe('old');
    expect(readdirSync(out('')).filter((name) => name.startsWith('.whole'))).toEqual([]);
  });

  test('a parent that cannot be written leaves nothing', () => {
    if (process.getuid?.() === 0) return; // root writes anywhere
    mkdirSync(out('closed'), { recursive: true });
    chmodSync(out('closed'), 0o500);
    expect(() => replaceFolder(join(out('closed'), 'x'), { 'a.json': '' }, 'a test')).toThrow('EACCES');
    expect(existsSync(join(out('closed'), 'x'))).toBe(false);
  });
});
