import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { drainScript } from '../../../constructs/engine/drainer.js';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { NameServer } from '../../engines/envoy/name-server.js';
import { type App, Trial } from '../../engines/envoy/trial.js';

/** Nothing is tried again: whoever loses a request is told by the one who asked. */
const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    mesh: { defaults: { timeout: '20s', retries: false } },
    services: {
      client: { image: 'client', calls: { orders: {} } },
      orders: { image: 'orders', listen: { protocol: 'http', port: 8080 } },
    },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' } } } },
  }),
);
const version = (name: string) => architecture.services.find((each) => each.name === name)!.versions[0]!;
const at = (port: number, address = '127.0.0.1') => ({ address, port });
/** As tasks on AWS: the same port, addresses of their own. */
const addresses = ['127.0.0.2', '127.0.0.3'] as const;

let trial: Trial;
let names: NameServer;
let apps: App[];
let local: number;
let front: number;
let drains: Record<string, number>;
const ready: Record<string, number> = {};
/** What each instance's app got. */
const seen = [0, 0];
const drainers: ChildProcess[] = [];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  names = await NameServer.start();
  names.addresses = addresses;
  const app = (instance: number) =>
    trial.app(async ({ headers }, response) => {
      seen[instance]! += 1;
      await wait(Number(headers['x-takes'] ?? 0));
      response.end(String(instance));
    });
  apps = [await app(0), await app(1)];
  const inbound = trial.port();
  local = trial.port();
  front = trial.port();
  drains = { 'orders-0': trial.port(), 'orders-1': trial.port(), ingress: trial.port() };
  for (const name of Object.keys(drains)) ready[name] = trial.port();
  const leaves = (name: string) => ({ drain: at(drains[name]!), ready: at(ready[name]!) });
  const orders = (instance: number) => {
    const name = `orders-${instance}`;
    const own = { inbound: at(inbound, addresses[instance]), app: at(apps[instance]!.port), ...leaves(name) };
    return [name, compileSidecar(architecture, version('orders'), trial.placement(name, own))] as const;
  };
  const endpoints = () => ({ dns: 'orders.trial.internal', port: inbound });
  const client = compileSidecar(architecture, version('client'), trial.placement('client', { local: () => at(local), endpoints }));
  const ingress = compileIngress(architecture, trial.placement('ingress', { front: () => at(front), endpoints, ...leaves('ingress') }));
  await trial.start({
    ...Object.fromEntries([orders(0), orders(1)]),
    client: { ...client, typed_dns_resolver_config: names.resolver },
    ingress: { ...ingress, typed_dns_resolver_config: names.resolver },
  });
});

afterAll(async () => {
  for (const { pid, exitCode, signalCode } of drainers) if (exitCode === null && signalCode === null) process.kill(-pid!, 'SIGKILL');
  names?.stop();
  await trial?.stop();
});

/** The container's process, once it waits. */
async function drainer(name: string, seconds: number) {
  const started = spawn('bash', ['-c', drainScript(drains[name]!, seconds)], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  drainers.push(started);
  let said = '';
  for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  while (readFileSync(`/proc/${started.pid}/task/${started.pid}/children`, 'utf8').trim() === '') await wait(20);
  const ended = once(started, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { stop: () => void started.kill('SIGTERM'), ended, running: () => started.exitCode === null };
}

const order = (takes = 0) =>
  trial.send({ port: local, method: 'POST', path: '/orders', headers: { 'x-takes': String(takes) } }).then(
    ({ status }) => status,
    (error: Error) => error.message,
  );
const counter = async (name: string, counted: string) => (await trial.statistics(name, counted))[counted] ?? 0;

test('[draining] the drainer of a task: its callers leave by DNS, what it has in hand is answered, and only then it ends; no request is lost', async () => {
  const { stop, ended, running } = await drainer('orders-0', 8); // 1 s for which an answer is kept, 5 s between questions, and time to spare
  const answers: (number | string)[] = [];
  let load = true;
  const client = async () => {
    while (load) answers.push(await order());
  };
  const clients = [client(), client(), client(), client()];
  while (seen.some((amount) => amount < 20)) await wait(20);
  const underWay = Array.from({ length: 6 }, () => order(4_000)); // by turns: three of them at the one that leaves
  await wait(200);
  names.addresses = [addresses[1]]; // as ECS does: at the moment at which it stops the task, and waits for nobody
  const since = performance.now();
  stop();
  while ((await counter('client', 'cluster.orders.membership_total')) === 2 && running()) await wait(50);
  await Promise.all(underWay);
  await wait(300); // for what was sent at that moment
  const left = seen[0];
  const before = seen[1]!;
  expect(running()).toBe(true);
  expect(await ended).toEqual({ code: 0, said: 'drains for 8 s: HTTP/1.1 200 OK\n' });
  expect((performance.now() - since) / 1_000).toBeGreaterThanOrEqual(8);
  expect({ left: seen[0], stays: seen[1]! > before }).toEqual({ left, stays: true });
  apps[0]!.close(); // what ECS stops next
  await trial.admin('orders-0', '/quitquitquit');
  await wait(300);
  load = false;
  await Promise.all(clients);
  expect([...answers, ...(await Promise.all(underWay))].filter((status) => status !== 200)).toEqual([]);
  // Connections were asked to end with the next answer, before DNS said anything.
  expect(await counter('client', 'cluster.orders.upstream_cx_close_notify')).toBeGreaterThan(0);
});

test('[draining] a task can ask its sidecar to drain, exactly so, and for nothing else of the administration', async () => {
  const ask = (path: string, method = 'POST', headers: Record<string, string> = { host: 'drain' }) =>
    trial.send({ port: drains['orders-1']!, method, path, headers }).then(({ status }) => status);
  const others = [
    '/drain/x',
    '/drain/',
    '/drain?x',
    '/x/../drain',
    '/%64rain',
    '/',
    '/drainer',
    '/healthcheck/fail',
    '/healthcheck/ok',
    '/quitquitquit',
  ];
  const refused = [...(await Promise.all(others.map((path) => ask(path)))), await ask('/drain', 'GET'), await ask('/stats', 'GET')];
  // What an app is made to send to an address of somebody's choice has that address for its Host.
  refused.push(await ask('/drain', 'POST', {}), await ask('/drain', 'POST', { host: `drain:${drains['orders-1']}` }));
  expect(refused).toEqual(refused.map(() => 404));
  expect(await counter('orders-1', 'http.drain.downstream_rq_4xx')).toBe(refused.length);
  expect((await trial.send({ port: ready['orders-1']!, path: '/ready' })).status).toBe(200);
});

test('[draining] the ingress says that it leaves, and asks each connection to close with its next answer', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<string | undefined>((answered, failed) => {
      const sent = request(
        { host: '127.0.0.1', port: front, path: '/orders', headers: { 'x-edge-route': 'GET /orders' }, agent },
        (answer) => answer.resume().on('end', () => answered(`${answer.statusCode} ${answer.headers.connection ?? 'stays'}`)),
      );
      sent.on('error', failed).end();
    });
  expect([await ask(), await ask()]).toEqual(['200 stays', '200 stays']);
  const { stop, ended, running } = await drainer('ingress', 1);
  stop();
  while ((await trial.send({ port: ready['ingress']!, path: '/ready' })).status === 200 && running()) await wait(20);
  expect(await ask()).toBe('200 close');
  expect((await ended).code).toBe(0);
  agent.destroy();
});

test('a drainer whose sidecar has gone already does not wait', async () => {
  await trial.admin('orders-1', '/quitquitquit');
  const { stop, ended } = await drainer('orders-1', 600);
  while ((await trial.send({ port: drains['orders-1']!, path: '/' }).catch(() => undefined)) !== undefined) await wait(20);
  stop();
  expect((await ended).code).toBe(0);
});
