import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Supervisor } from '../../lib/twin/supervisor.js';

const node = process.execPath;
const isAlive = (pid: number | undefined): boolean => {
  try {
    process.kill(pid ?? 0, 0);
    return pid !== undefined;
  } catch {
    return false;
  }
};

async function untilDead(pid: number): Promise<void> {
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await wait(20);
  expect(isAlive(pid)).toBe(false);
}

describe('stopping', () => {
  test('ends every process, with what it started, and removes the folder', async () => {
    const supervisor = new Supervisor();
    expect(statSync(supervisor.folder).mode & 0o777).toBe(0o700);
    const lines: string[] = [];
    const script = "const { spawn } = require('child_process'); console.log(spawn('sleep', ['600']).pid); setInterval(() => {}, 1000)";
    const parent = supervisor.start({ name: 'parent', command: node, args: ['-e', script], onLine: (_, line) => lines.push(line) });
    while (lines.length === 0) await wait(20);
    expect(await supervisor.stop()).toEqual({ processes: 1, folders: 1, signal: undefined });
    expect(parent.running).toBe(false);
    await untilDead(Number(lines[0]));
    expect(existsSync(supervisor.folder)).toBe(false);
  });

  test('lets what a process started end in its own time, though the process itself has gone', async () => {
    const supervisor = new Supervisor();
    const lines: string[] = [];
    const note = join(supervisor.folder, '..', `${basename(supervisor.folder)}.note`);
    const child = `process.on('SIGTERM', () => setTimeout(() => { require('fs').writeFileSync(${JSON.stringify(note)}, 'closed'); process.exit() }, 300)); console.log('up'); setInterval(() => {}, 1000)`;
    const start = [`${node} -e ${JSON.stringify(child)} & wait`];
    supervisor.start({ name: 'shell', command: 'sh', args: ['-c', ...start], onLine: (_, line) => lines.push(line) });
    while (lines.length === 0) await wait(20);
    await supervisor.stop();
    expect(readFileSync(note, 'utf8')).toBe('closed');
    rmSync(note);
  });

  test('does not wait for a process that ignores SIGTERM', async () => {
    const supervisor = new Supervisor();
    const lines: string[] = [];
    const script = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)";
    const deaf = supervisor.start({ name: 'deaf', command: node, args: ['-e', script], onLine: (_, line) => lines.push(line) });
    while (lines.length === 0) await wait(20);
    await supervisor.stop();
    expect(deaf.failure().message).toContain('deaf ended: signal SIGKILL');
  });

  test('happens once, however often it is asked, and then nothing more is started', async () => {
    const supervisor = new Supervisor();
    const [one, other] = await Promise.all([supervisor.stop(), supervisor.stop()]);
    expect(one).toBe(other);
    expect(await supervisor.stopped).toBe(one);
    expect(() => supervisor.start({ name: 'late', command: node, args: [] })).toThrow('stopped while it was starting');
  });

  test('closes what runs in this process, latest first', async () => {
    const supervisor = new Supervisor();
    const closed: string[] = [];
    supervisor.closeAtEnd(() => void closed.push('first'));
    supervisor.closeAtEnd(() => void closed.push('second'));
    await supervisor.stop();
    expect(closed).toEqual(['second', 'first']);
  });

  test('leaves no handler of signals behind', async () => {
    const before = process.listenerCount('SIGINT');
    const supervisor = new Supervisor();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    await supervisor.stop();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

test('a process that ends by itself says how, with its last lines', async () => {
  const supervisor = new Supervisor();
  const script = "for (let line = 1; line <= 20; line += 1) console.error('line ' + line); process.exitCode = 3";
  const failing = supervisor.start({ name: 'envoy-x', command: node, args: ['-e', script] });
  await failing.ended;
  const shown = Array.from({ length: 12 }, (_, index) => `  line ${index + 9}`);
  expect(failing.failure().message).toBe(['envoy-x ended: exit code 3; its last lines:', ...shown].join('\n'));
  await supervisor.stop();
});

test('what a process started ends with it, and is not waited for where it left the group', async () => {
  const supervisor = new Supervisor();
  const lines: string[] = [];
  const away = "require('child_process').spawn('sleep', ['60'], { detached: true, stdio: 'inherit' }).pid";
  const script = `const { spawn } = require('child_process'); console.log(spawn('sleep', ['600']).pid); console.log(${away}); setTimeout(() => process.exit(1), 100)`;
  const crashing = supervisor.start({ name: 'crashing', command: node, args: ['-e', script], onLine: (_, line) => lines.push(line) });
  await crashing.ended;
  expect(crashing.end).toBe('exit code 1');
  await untilDead(Number(lines[0]));
  process.kill(Number(lines[1]), 'SIGKILL');
  await supervisor.stop();
});

test('a command that does not exist is said', async () => {
  const supervisor = new Supervisor();
  const missing = supervisor.start({ name: 'missing', command: '/nonexistent/envoy', args: [] });
  await missing.ended;
  expect(missing.failure().message).toBe('missing ended: spawn /nonexistent/envoy ENOENT; its last lines:\n  (it wrote nothing)');
  await supervisor.stop();
});

/** A program that supervises a `sleep`, or this instead, prints its pid and the folder, and then does that. */
function program(
  then: string,
  starts = "supervisor.start({ name: 'sleep', command: 'sleep', args: ['600'] })",
): Promise<{ pid: number; folder: string; child: ReturnType<typeof spawn> }> {
  const script = `
    const { Supervisor } = require(${JSON.stringify(resolve('lib/twin/supervisor.ts'))});
    const supervisor = new Supervisor();
    const { pid } = ${starts};
    console.log(pid + ' ' + supervisor.folder);
    setInterval(() => {}, 1000).unref();
    setTimeout(() => { ${then} }, 50);
  `;
  const child = spawn(node, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((done, reject) => {
    child.stderr.once('data', (chunk: Buffer) => reject(new Error(chunk.toString('utf8'))));
    child.stdout.once('data', (chunk: Buffer) => {
      const [pid, folder = ''] = chunk.toString('utf8').trim().split(' ');
      done({ pid: Number(pid), folder, child });
    });
  });
}

describe('nothing is left', () => {
  const end = (child: ReturnType<typeof spawn>) => new Promise((done) => child.once('exit', done));

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('after %s', async (signal) => {
    const { pid, folder, child } = await program('');
    expect(isAlive(pid)).toBe(true);
    const ended = end(child);
    child.kill(signal);
    await ended;
    await untilDead(pid);
    expect(existsSync(folder)).toBe(false);
  });

  test('after SIGKILL, which lets nobody do anything', async () => {
    const { pid, folder, child } = await program('');
    const ended = end(child);
    child.kill('SIGKILL');
    await ended;
    await untilDead(pid);
    for (let tries = 0; tries < 200 && existsSync(folder); tries += 1) await wait(20);
    expect(existsSync(folder)).toBe(false);
  });

  test('after SIGKILL before anything was started', async () => {
    const { folder, child } = await program('setInterval(() => {}, 1000)', 'process');
    child.kill('SIGKILL');
    await end(child);
    for (let tries = 0; tries < 200 && existsSync(folder); tries += 1) await wait(20);
    expect(existsSync(folder)).toBe(false);
  });

  test.each([
    ['an exception that nobody caught', "throw new Error('boom')"],
    ['process.exit', 'process.exit(0)'],
  ])('after %s', async (_, then) => {
    const { pid, folder, child } = await program(then);
    if (child.exitCode === null) await end(child);
    await untilDead(pid);
    expect(existsSync(folder)).toBe(false);
  });
});
