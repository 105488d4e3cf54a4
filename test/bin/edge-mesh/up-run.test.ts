import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defineArchitecture } from 'cdk-edge-mesh';
import { folderFor, write } from './folder';
import { ended, start } from './process';
import { run } from './run';

const app = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
console.log('child ' + child.pid);
require('node:http').createServer((_, response) => response.end('hello from ' + process.cwd())).listen(process.env.PORT, process.env.HOST);
`;
const listen = { protocol: 'http', port: 8080 };
const architecture = {
  name: 'hello',
  services: {
    greeter: { listen, run: { command: `mkdir tried || exec ${process.execPath} app.js; exit 1`, cwd: 'greeter' } },
  },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /hello': { to: 'greeter' } } } },
};
const folder = folderFor();
const file = write(join(folder, 'architecture.json'), JSON.stringify(architecture));
write(join(folder, 'greeter', 'app.js'), app);

const isAlive = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};

/** What a stream says, so far. */
function heard(stream: NodeJS.ReadableStream): { text: string } {
  const all = { text: '' };
  stream.on('data', (data) => {
    all.text += data;
  });
  return all;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !holds(); tries += 1) await wait(50);
  expect(holds()).toBe(true);
}

/** The program and what it started. */
const pidsOf = (stderr: string): number[] => [...stderr.matchAll(/greeter-1 \| child (\d+)/g)].map(([, pid]) => Number(pid));

describe('a program of the user', () => {
  let child: ChildProcess;
  let stdout: { text: string };
  let stderr: { text: string };
  beforeEach(async () => {
    rmSync(join(folder, 'greeter/tried'), { recursive: true, force: true });
    child = start(['up', file, '--json'], { TMPDIR: folder });
    [stdout, stderr] = [heard(child.stdout!), heard(child.stderr!)];
    await until(() => stdout.text.endsWith('}\n'));
  });
  afterEach(() => child.kill('SIGKILL'));

  test.each(['SIGINT', 'SIGKILL'] as const)('runs where it is declared, speaks on stderr alone, and is gone after %s', async (signal) => {
    const report = JSON.parse(stdout.text) as { gateways: { url: string }[]; notReproduced: string[] };
    const greeting = await fetch(`${report.gateways[0]!.url}/hello`);
    expect(await greeting.text()).toBe(`hello from ${join(folder, 'greeter')}`);
    expect(report.notReproduced).toContain('the image of greeter: a program of this machine, which can reach whatever it can');
    expect(stderr.text).toContain("greeter-1's app ended: exit code 1; it is started again in 0.1 s (1 of 5)\n");
    const pids = pidsOf(stderr.text);
    expect(pids.map(isAlive)).toEqual([true]);
    const end = ended(child);
    child.kill(signal);
    await end;
    await until(() => !pids.some(isAlive));
    await until(() => readdirSync(folder).filter((name) => name.startsWith('edge-mesh-')).length === 0);
    if (signal !== 'SIGKILL') expect(stderr.text).toContain('stopped 4 processes; removed 1 folder; nothing is left\n');
  });
});

test('Ctrl-C while a program starts leaves nothing either', async () => {
  const slow = { ...architecture, services: { greeter: { listen, run: 'echo child $$; sleep 600' } } };
  const child = start(['up', write(join(folder, 'slow.json'), JSON.stringify(slow))], { TMPDIR: folder });
  const stderr = heard(child.stderr!);
  const end = ended(child);
  await until(() => pidsOf(stderr.text).length === 1);
  child.kill('SIGINT');
  expect(await end).toMatchObject({
    code: 130,
    stdout: '',
    stderr: expect.stringContaining('SIGINT came while the twin was starting; nothing is left\n'),
  });
  expect(pidsOf(stderr.text).map(isAlive)).toEqual([false]);
  expect(readdirSync(folder).filter((name) => name.startsWith('edge-mesh-'))).toEqual([]);
});

describe('--through', () => {
  const importing = async () => ({
    default: defineArchitecture({
      name: 'shop',
      services: { orders: {} },
      external: { stripe: { host: 'api.stripe.com', protocol: 'https' }, ordersDb: { protocol: 'tcp', port: 5432 } },
    }),
  });
  test.each([
    ['strpe', '"strpe" is not an external; did you mean "stripe"?'],
    ['stripe,', '"" is not an external; allowed: ordersDb, stripe'],
    ['ordersDb', 'ordersDb has no host to be let through to; declare external.ordersDb.host, or environments.local.external.ordersDb.host'],
  ])('%s is refused', async (names, says) => {
    const typescript = write(join(folder, 'architecture.ts'), '');
    expect(await run(['up', typescript, '--through', names], { importing })).toEqual({ code: 2, stdout: '', stderr: `${says}\n` });
  });
});

test('a folder that is none is said with its place', async () => {
  const lost = write(
    join(folder, 'lost.json'),
    JSON.stringify({ ...architecture, services: { greeter: { listen, run: { command: 'x', cwd: 'away' } } } }),
  );
  const { code, stderr } = await run(['up', lost]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `\`cwd\` is relative to the file of the architecture:\n  greeter runs in ${resolve(folder, 'away')}, which is no folder\n`,
  });
});
