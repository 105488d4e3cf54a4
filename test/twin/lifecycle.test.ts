import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import { findEnvoy, issueToken, up } from '../../lib/twin/index.js';

/** A temporary folder of our own, so that what is left in it was left by the twin. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifecycle-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cli = ['--conditions=@cdk-edge-mesh/source', '--import', 'tsx', 'bin/edge-mesh.ts'];
const architecture = 'bin/bookinfo/architecture.ts';
/** As `npm run edge-mesh` would call it, so that the printed commands work here. */
const environment = () => ({ ...process.env, TMPDIR: folder, XDG_RUNTIME_DIR: folder, npm_lifecycle_event: 'edge-mesh' });

/** Processes whose command line names the folder. */
const processesIn = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(folder) ? [line] : [];
      } catch {
        return [];
      }
    });

interface Running {
  readonly child: ChildProcess;
  readonly banner: string;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** `edge-mesh up`, as soon as it has printed its banner. */
function startTwin(): Promise<Running> {
  const child = spawn(process.execPath, [...cli, 'up', architecture], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<Awaited<Running['ended']>>((done) => child.once('close', (code) => done({ code, stderr })));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  return new Promise((done, reject) => {
    void ended.then(() => reject(new Error(stderr)));
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (stdout.includes('Ctrl-C')) done({ child, banner: stdout, ended });
    });
  });
}

/** The lines under `try it`, with their continuations. */
const commandsOf = (banner: string): string[] =>
  banner
    .split('\n\n')
    .find((block) => block.startsWith('try it'))!
    .replaceAll(/ \\\n\s+/g, ' ')
    .split('\n')
    .slice(1)
    .map((line) => line.trim());

test('every line that it prints to try works, one with a token from another process', async () => {
  const { child, banner, ended } = await startTwin();
  try {
    const commands = commandsOf(banner);
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const { stdout } = await promisify(execFile)('bash', ['-c', `${command} -s -o /dev/null -w '%{http_code}'`], { env: environment() });
      expect(`${command}: ${stdout}`).toBe(`${command}: 200`);
    }
  } finally {
    child.kill('SIGINT');
    await ended;
  }
});

/** What is in the folder besides the loader's own cache. */
const found = (): string[] => readdirSync(folder).filter((name) => !name.startsWith('tsx-'));

test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves no process and no file, and says so', async (signal) => {
  const { child, ended } = await startTwin();
  const [processes, files] = [processesIn(), found()];
  child.kill(signal);
  expect(await ended).toEqual({ code: 0, stderr: expect.stringContaining('stopped 8 Envoys; removed 1 folder; nothing is left') });
  expect(processes).toHaveLength(8 + 1); // whoever ends them all should we be killed
  expect(files).toEqual(['cdk-edge-mesh', expect.stringMatching(/^edge-mesh-/)]);
  expect(processesIn()).toEqual([]);
  expect(found()).toEqual([]);
});

test('SIGKILL, which lets nobody do anything, leaves neither: not even the key that signs its tokens', async () => {
  const { child, ended } = await startTwin();
  expect(found()).toContain('cdk-edge-mesh');
  child.kill('SIGKILL');
  await ended;
  for (let tries = 0; tries < 500 && (found().length > 0 || processesIn().length > 0); tries += 1) await wait(20);
  expect(processesIn()).toEqual([]);
  expect(found()).toEqual([]);
});

test('a token without a twin says to start one', async () => {
  const before = process.env['XDG_RUNTIME_DIR'];
  process.env['XDG_RUNTIME_DIR'] = folder;
  try {
    await expect(issueToken(resolve(bookinfo), 'readers')).rejects.toThrow(
      'no twin of "bookinfo" is running, and only a running twin accepts test tokens; start it with: edge-mesh up ARCH',
    );
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = before;
  }
});

describe('starting', () => {
  const before = process.env['ENVOY'];
  afterEach(() => {
    if (before === undefined) delete process.env['ENVOY'];
    else process.env['ENVOY'] = before;
  });

  /** A program in Envoy's place. */
  function instead(...lines: string[]): void {
    const file = join(folder, 'envoy');
    writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(file, 0o755);
    process.env['ENVOY'] = file;
  }

  test('with an Envoy that fails says what it wrote last', async () => {
    instead('echo "error: no such luck" >&2', 'exit 1');
    await expect(up(resolve(bookinfo))).rejects.toThrow(/^\S+ ended: exit code 1; its last lines:\n {2}error: no such luck\n/);
  });

  test.each([
    [
      'exit 0',
      /^\S+ ended: exit code 0; its last lines:\n {2}\(it wrote nothing\)\n\S+\/envoy does not say that it is an Envoy; get it with\n/,
    ],
    [
      '[ "$1" = --version ] && echo "$0  version: a1b2/1.29.12/Clean/RELEASE/BoringSSL"; echo "no such field" >&2; exit 1',
      /^\S+ ended: exit code 1; its last lines:\n {2}no such field\n\S+\/envoy is Envoy 1\.29\.12, and what the twin runs is proven with 1\.40\.0; get it with\n/,
    ],
  ])('with something that is no Envoy, or an old one, says so: %s', async (line, says) => {
    instead(line);
    const lines: string[] = [];
    await expect(up(resolve(bookinfo), { onLine: (_, said) => lines.push(said) })).rejects.toThrow(says);
    expect(lines).toEqual([]);
  });

  test('once more where another process took a port in between', async () => {
    const real = findEnvoy();
    instead('if mkdir "$0.first" 2>/dev/null; then echo "cannot bind: Address already in use" >&2; exit 1; fi', `exec ${real} "$@"`);
    const twin = await up(resolve(bookinfo));
    expect(twin.envoys.every(({ running }) => running)).toBe(true);
    await twin.stop();
  });
});
