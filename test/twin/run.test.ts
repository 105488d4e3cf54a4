import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve as absolute, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';
import { perform } from '../../lib/twin/page/control.js';
import { face } from '../../lib/twin/page/face.js';
import { liveOf } from '../../lib/twin/page/live.js';
import { Sampler } from '../../lib/twin/page/sampler.js';
import { topologyOf } from '../../lib/twin/page/topology.js';
import { boxPanel } from '../../lib/twin/page/view/box-panel.js';
import { type Answer, ask } from './client.js';

const app = absolute(__dirname, 'apps/shop.js');
const listen = { protocol: 'http', port: 8080 } as const;
const http = { kind: 'http', auth: 'public' } as const;

/** The folder of the architecture's file, and of what workers write. */
let folder: string;
let twin: Twin;
const lines: string[] = [];
const news: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
  mkdirSync(join(folder, 'services'));
  const shop = resolve(
    defineArchitecture({
      name: 'shop',
      services: {
        orders: {
          listen,
          ports: { metrics: { protocol: 'http', port: 9102 } },
          health: { path: '/healthz' },
          env: { LEVEL: 'info', PORT: '8080', COLOR: 'blue' },
          versions: {
            v1: {
              run: { command: `exec ${process.execPath} ${app}`, cwd: 'services', env: { LEVEL: 'debug' }, inherit: ['RUN_TEST_PASSWORD'] },
            },
            v2: { env: { COLOR: 'red' } },
          },
          traffic: { v1: 100, v2: 0 },
          calls: { pricing: {} },
        },
        pricing: { listen },
        scraper: { calls: { 'orders:metrics': {}, orders: {} } },
        fragile: { listen, run: 'echo starting; exit 4' },
        nightly: {
          schedule: 'rate(1 day)',
          run: 'echo "$PRICING_HOST $GREETING" >> worked',
          env: { GREETING: 'hello' },
          calls: { pricing: {} },
        },
        failing: { schedule: 'rate(1 day)', run: 'echo no such luck >&2; exit 5' },
        always: { run: 'echo working; sleep 600' },
      },
      gateways: {
        web: { ...http, routes: { 'GET /orders': { to: 'orders' }, 'GET /crash': { to: 'orders' }, 'GET /fragile': { to: 'fragile' } } },
      },
    }),
  );
  process.env['RUN_TEST_PASSWORD'] = 'secret';
  process.env['RUN_TEST_OTHER'] = 'not declared';
  twin = await up(shop, {
    folder,
    instances: { 'orders-v1': 2 },
    onAppLine: (instance, line) => lines.push(`${instance} | ${line}`),
    onAppNews: (each) => news.push(each),
  });
}, 60_000);
afterAll(async () => {
  await twin?.stop();
  rmSync(folder, { recursive: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 300 && !(await holds()); tries += 1) await wait(50);
};
const orders = () => ask(`${twin.gateway('web').url}/orders`);
const said = ({ text }: Answer) => JSON.parse(text);

test('a program takes requests through its sidecar, and finds its callee by its variables', async () => {
  const answer = await orders();
  expect(answer.status).toBe(200);
  expect(said(answer)).toMatchObject({
    caller: 'spiffe://shop.local.mesh.internal/ingress/web',
    pricing: { status: 200, body: { service: 'pricing', path: '/prices/7', calledBy: 'spiffe://shop.local.mesh.internal/svc/orders' } },
  });
  const { 'http.inbound.downstream_rq_2xx': taken = 0 } = await twin.statistics('pricing-1', 'http.inbound.downstream_rq_2xx');
  expect(taken).toBeGreaterThan(0);
});

test('it is told what is declared, what is said for this machine, and nothing else of the shell', async () => {
  const { environment, cwd } = said(await orders());
  expect(cwd).toBe(join(folder, 'services'));
  const { PRICING_URL, PRICING_PORT, PORT_METRICS, PATH, ...others } = environment;
  expect(PATH).toBe(process.env['PATH']);
  expect(PRICING_URL).toBe(`http://127.0.0.1:${PRICING_PORT}`);
  expect(PORT_METRICS).toMatch(/^\d+$/);
  const ordinary = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR', 'TERM', 'PWD', 'OLDPWD', 'SHLVL', '_'];
  expect(Object.fromEntries(Object.entries(others).filter(([name]) => !ordinary.includes(name) && !name.startsWith('LC_')))).toEqual({
    LEVEL: 'debug',
    COLOR: 'blue',
    HOST: '127.0.0.1',
    PRICING_HOST: '127.0.0.1',
    RUN_TEST_PASSWORD: 'secret',
  });
});

test('what it writes comes line by line, with its instance', () => {
  expect(lines).toContain('orders-v1-1 | a word on stderr');
  expect(lines).toContain('orders-v1-2 | a word on stderr');
  expect(lines).toContain(`orders-v1-1 | listens on ${twin.instance('orders-v1', 1).appPort}`);
  expect(lines).toContain('always-1 | working');
});

test('a version without a command stays a stub', async () => {
  expect(twin.instance('orders-v1').isOwn).toBe(true);
  expect(twin.instance('orders-v2').isOwn).toBe(false);
  await twin.shift('orders', { 'orders-v2': 1 });
  expect(said(await orders())).toMatchObject({ service: 'orders', version: 'v2' });
  await twin.shift('orders', undefined);
});

test('it listens on its further ports too', async () => {
  const reports = await twin.run('scraper');
  expect(reports).toMatchObject([
    { to: 'orders', status: 200 },
    { to: 'orders:metrics', status: 200, answer: 'numbers' },
  ]);
});

test('killed, it is gone with all that it started; the other instance answers, until it is started again', async () => {
  const [one, other] = [twin.instance('orders-v1', 1), twin.instance('orders-v1', 2)];
  await other.stopApp();
  const { pid, child } = said(await orders());
  await Promise.all([one.stopApp(), other.startApp()]);
  await until(() => !isAlive(pid) && !isAlive(child));
  expect([isAlive(pid), isAlive(child)]).toEqual([false, false]);
  expect(one.condition).toMatchObject({ running: false, own: 'killed' });
  await until(async () => (await orders()).status === 200);
  expect(said(await orders()).pid).not.toBe(pid);
  await one.startApp();
  await until(() => one.condition.own === 'ready');
  expect(one.condition).toMatchObject({ running: true, own: 'ready' });
});

test('it is started again when it ends by itself', async () => {
  await ask(`${twin.gateway('web').url}/crash`);
  await until(() => news.some((each) => each.startsWith('orders-v1-')));
  expect(news.find((each) => each.startsWith('orders-v1-'))).toMatch(
    /^orders-v1-[12]'s app ended: exit code 3; it is started again in 0\.1 s \(1 of 5\)$/,
  );
  await until(() => [1, 2].every((number) => twin.instance('orders-v1', number).condition.own === 'ready'));
  expect((await orders()).status).toBe(200);
});

test('one more instance is one more program, which callers know once it is ready; ended, it is gone', async () => {
  await twin.scale('orders-v1', 3);
  const third = twin.instance('orders-v1', 3);
  expect(third.condition).toMatchObject({ running: true, own: 'ready' });
  const pids = new Set<number>();
  await until(async () => pids.add(said(await orders()).pid).size === 3);
  expect(pids.size).toBe(3);
  await twin.end('orders-v1', 3);
  await until(() => [...pids].filter(isAlive).length === 2);
  expect([...pids].filter(isAlive)).toHaveLength(2);
});

test('what ends again and again stays down, is told of, and everything else goes on', async () => {
  expect(news.filter((each) => each.includes("fragile-1's app"))).toEqual([
    "fragile-1's app ended: exit code 4; it is started again in 0.1 s (1 of 5)",
    "fragile-1's app ended: exit code 4; it is started again in 0.2 s (2 of 5)",
    "fragile-1's app ended: exit code 4; it is started again in 0.4 s (3 of 5)",
    "fragile-1's app ended: exit code 4; it is started again in 0.8 s (4 of 5)",
    "fragile-1's app ended: exit code 4; it is started again in 1.6 s (5 of 5)",
    "fragile-1's app ended: exit code 4; its last lines:\n  starting\nfragile-1's app ended 6 times in a row: it stays down, and everything else goes on",
  ]);
  expect(twin.instance('fragile').condition).toMatchObject({ running: false, own: 'down' });
  expect((await ask(`${twin.gateway('web').url}/fragile`)).status).toBe(503);
});

test('a worker runs all the time, or on demand where it has a schedule', async () => {
  expect(twin.instance('always').condition).toMatchObject({ running: true, own: 'ready' });
  expect(twin.instance('nightly').condition).toMatchObject({ running: true, own: 'idle' });
  expect(() => readFileSync(join(folder, 'worked'))).toThrow('ENOENT');
  expect(await twin.run('nightly')).toEqual([]);
  expect(readFileSync(join(folder, 'worked'), 'utf8')).toBe('127.0.0.1 hello\n');
  await expect(twin.run('failing')).rejects.toThrow("failing-1's app ended: exit code 5; its last lines:\n  no such luck");
});

test('what can be done to a stub alone says so', () => {
  const words = (done: string) =>
    `orders-v1-1 runs a program of your own, which cannot be ${done}; kill it, or declare \`faults\` on a call to it`;
  const instance = twin.instance('orders-v1');
  expect(() => instance.slowApp(100)).toThrow(words('slowed'));
  expect(() => instance.failApp(503)).toThrow(words('made to fail'));
  expect(() => instance.work()).toThrow(words('told to make its calls'));
});

describe('the page', () => {
  const panelOf = (service: string) => {
    const topology = topologyOf(twin.architecture);
    return boxPanel(twin, topology, {}, topology.boxes.find(({ name }) => name === service)!).markup;
  };
  const buttonsOf = (service: string) => [...panelOf(service).matchAll(/<button[^>]*>([^<]+)<\/button>/g)].map(([, name]) => name);
  const does = (control: Parameters<typeof perform>[1]) => perform(twin, control);

  test('offers what can be done', () => {
    expect(buttonsOf('fragile')).toEqual(['one fewer', 'one more', 'kill', 'start', 'stop as a task']);
    expect(buttonsOf('always')).toEqual(['one fewer', 'one more', 'kill', 'start', 'stop as a task']);
    expect(buttonsOf('nightly')).toEqual(['run once']);
    expect(buttonsOf('pricing')).toEqual(['one fewer', 'one more', 'kill', 'start', 'slow', 'fail', 'heal', 'stop as a task']);
  });

  test('says which instances run a program, and which', () => {
    expect(panelOf('always')).toContain('your program: <code>echo working; sleep 600</code>');
    const own = twin.instances.filter(({ version, isOwn }) => version.service === 'orders' && isOwn);
    expect(panelOf('orders').match(/your program/g)).toHaveLength(own.length);
    expect(own.map(({ version }) => version.name)).not.toContain('v2');
    expect(panelOf('pricing')).not.toContain('program');
  });

  test('starts a program once more, and ends that', async () => {
    expect(await does({ do: 'more', version: 'always' })).toContain('always has one more instance');
    expect(twin.instance('always', 2).condition.own).toBe('ready');
    expect(await does({ do: 'fewer', version: 'always' })).toContain('always #2, the newest, has ended as a task does');
  });

  test('kills a program, starts it, and refuses what is for stubs', async () => {
    const always = twin.instance('always');
    expect(await does({ do: 'kill', instance: 'always-1' })).toBe(
      'always #1 is killed: its app is gone, with all that it started; undo: start',
    );
    expect(always.condition.own).toBe('killed');
    expect(await does({ do: 'start', instance: 'always-1' })).toBe('always #1 is being started');
    await until(() => always.condition.own === 'ready');
    await expect(does({ do: 'slow', instance: 'always-1', milliseconds: 100 })).rejects.toThrow('always-1 runs a program of your own');
    await expect(does({ do: 'kill', instance: 'nightly-1' })).rejects.toThrow(
      'nightly #1 runs on demand, so only "work" can be done to it',
    );
    expect(await does({ do: 'work', instance: 'nightly-1' })).toBe('nightly #1 ran its program to its end, which was a good one');
    await expect(does({ do: 'work', instance: 'failing-1' })).rejects.toThrow("failing-1's app ended: exit code 5");
  });

  test('shows how programs are', async () => {
    const topology = topologyOf(twin.architecture);
    const live = liveOf(twin, topology, await new Sampler(twin, topology).measure());
    const { texts } = face(topology, topology, live);
    const state = (name: string) => texts[`instance/${name}#state`]?.slice(2);
    expect(['orders-v1-1', 'fragile-1', 'nightly-1', 'always-1', 'pricing-1'].map(state)).toEqual([
      'well',
      'ended too often',
      'on demand',
      'well',
      'well',
    ]);
  });
});

test('stubs stand in for all of them where they are to', async () => {
  const { services } = twin.architecture;
  const stubs = await up(
    { ...twin.architecture, services: services.filter(({ name }) => name === 'pricing' || name === 'fragile'), calls: [], gateways: [] },
    { apps: 'stubs' },
  );
  try {
    expect(stubs.instances.map(({ isOwn }) => isOwn)).toEqual([false, false]);
    expect(stubs.instance('fragile').condition).toEqual({ running: true, failing: undefined, delay: 0 });
  } finally {
    await stubs.stop();
  }
});

test('a folder that is none is told of before anything is started', async () => {
  const lost = resolve(
    defineArchitecture({ name: 'shop', services: { orders: { listen, run: { command: 'npm start', cwd: 'nowhere' } } } }),
  );
  await expect(up(lost, { folder: '/nonexistent' })).rejects.toThrow(
    '`cwd` is relative to the file of the architecture:\n  orders runs in /nonexistent/nowhere, which is no folder',
  );
});
