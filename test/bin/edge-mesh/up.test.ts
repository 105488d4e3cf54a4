import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import bookinfo from '../../../bin/bookinfo/architecture';
import { folderFor } from './folder';
import { ended, runProcess, start } from './process';
import { run } from './run';

const folder = folderFor();
const file = resolve(__dirname, '../../../bin/bookinfo/architecture.ts');
const importing = async () => ({ default: bookinfo });

test('it runs until Ctrl-C, takes a token of its own, and leaves no process and no file', async () => {
  const child = start(['up', file], { TMPDIR: folder });
  try {
    const banner = await until(child.stdout!, 'Ctrl-C stops everything');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0];
    expect(banner).toContain(`$(edge-mesh token ${file} readers)`);

    const token = await runProcess(['token', file, 'readers', '--subject', 'bob'], { TMPDIR: folder });
    expect(token).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/), stderr: '' });
    const ask = (headers: Record<string, string>) => fetch(`${url}/api/v1/products`, { headers }).then(({ status }) => status);
    expect(await ask({})).toBe(401);
    const refused = await fetch(`${url}/api/v1/products`, { headers: { authorization: 'Bearer none' } });
    expect(await refused.text()).toMatch(new RegExp(`^Jwt .*\na token of this twin: edge-mesh token ${file} readers\n$`));
    expect(await ask({ authorization: `Bearer ${token.stdout.trim()}` })).toBe(200);
  } finally {
    child.kill('SIGINT');
  }
  const { code, stderr } = await ended(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^stopped \d+ Envoys; removed 1 folder; nothing is left\n$/) });
  expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
});

test('a token without a twin says how to start one, with the file as it was given', async () => {
  const { code, stdout, stderr } = await runProcess(['token', file, 'readers'], { XDG_RUNTIME_DIR: folder });
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `no twin of "bookinfo" is running, and only a running twin accepts test tokens; start it with: edge-mesh up ${file}\n`,
  });
});

test('a token for an authorizer with a typo names the nearest', async () => {
  expect(await run(['token', file, 'reader'], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: '"reader" is not an authorizer; did you mean "readers"?\n',
  });
});

test.each(['0', '11', '1.5', 'two', '-1', ''])('%s instances are none', async (instances) => {
  expect(await run(['up', file, `--instances=${instances}`], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: `--instances is a whole number from 1 to 10, got ${JSON.stringify(instances)}\n`,
  });
});

test('several instances of each version, and the address of the live page', async () => {
  const child = start(['up', file, '--instances', '2', '--json'], { TMPDIR: folder });
  try {
    const report = JSON.parse(await until(child.stdout!, '\n')) as { envoys: number; page: string };
    const versions = 6;
    expect(report).toMatchObject({ architecture: 'bookinfo', envoys: versions * 2 + 2 });
    expect((await fetch(report.page)).status).toBe(200);
    const token = new URL(report.page).hash.slice('#t='.length);
    const live = await fetch(new URL('/live', report.page), { headers: { authorization: `Bearer ${token}` } });
    expect(((await live.json()) as { instances: unknown[] }).instances).toHaveLength(versions * 2);
  } finally {
    child.kill('SIGINT');
  }
  expect((await ended(child)).code).toBe(0);
});

test('without an Envoy it says how to get one', async () => {
  const child = start(['up', file], { ENVOY: join(folder, 'no-envoy'), TMPDIR: folder });
  const { code, stdout, stderr } = await ended(child);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^ENVOY is .*no-envoy, which is not an executable file\n$/);
});

/** What a stream says until it says this. */
function until(stream: NodeJS.ReadableStream, end: string): Promise<string> {
  let text = '';
  return new Promise((settle, fail) => {
    stream.on('data', (data) => {
      text += data;
      if (text.includes(end)) settle(text);
    });
    stream.once('close', () => fail(new Error(`it ended after: ${text}`)));
  });
}
