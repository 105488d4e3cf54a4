import { setTimeout as wait } from 'node:timers/promises';
import { OwnApp, type OwnAppOptions } from '../../lib/twin/own-app.js';
import { Ports } from '../../lib/twin/ports.js';
import { Supervisor } from '../../lib/twin/supervisor.js';

let supervisor: Supervisor;
let news: string[];
beforeEach(() => {
  supervisor = new Supervisor();
  news = [];
});
afterEach(() => supervisor.stop());

/** A program that listens on a port, and what it is told of. */
async function program(command: string, options: Partial<OwnAppOptions> = {}): Promise<OwnApp> {
  const held = await Ports.reserve(1);
  const port = held.take();
  return new OwnApp({
    name: 'orders-1',
    command,
    folder: supervisor.folder,
    environment: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
    port,
    ports: new Map(),
    held,
    sign: { kind: 'port', port },
    onDemand: false,
    supervisor,
    onLine: () => {},
    onNews: (each) => news.push(each),
    ...options,
  });
}
const listening = (then = '') => `exec ${process.execPath} -e "require('net').createServer().listen(process.env.PORT, '127.0.0.1')${then}"`;
const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await wait(25);
};

test('what listens elsewhere than where PORT says is told of, and waited for no longer', async () => {
  const app = await program('sleep 600', { pace: { word: 100, patience: 300 } });
  await app.start();
  await app.whenSettled();
  expect(app.state).toBe('starting');
  const silent = `orders-1's app does not answer on 127.0.0.1:${app.port}`;
  expect(news).toEqual([
    `${silent} yet; it has to listen where PORT says, and is waited for up to 0.3 s`,
    `${silent} after 0.3 s; it has to listen where PORT says`,
  ]);
});

test('its port is held for it until it is started', async () => {
  const app = await program(listening());
  const others = await program(listening());
  expect(app.port).not.toBe(others.port);
  await app.start();
  await app.whenSettled();
  expect(app.state).toBe('ready');
});

test('what ran well for some time counts from the first again', async () => {
  const app = await program(listening(`; setTimeout(() => process.exit(1), 150)`), { pace: { wellAfter: 100, backOff: 20 } });
  await app.start();
  await until(() => news.length >= 8);
  expect(new Set(news)).toEqual(new Set(["orders-1's app ended: exit code 1; it is started again in 0.02 s (1 of 5)"]));
});

test('down or killed, it is started again from the first; while it runs, starting it does nothing', async () => {
  const app = await program('exit 2', { pace: { backOff: 1 } });
  await app.start();
  await app.whenSettled();
  expect(app.state).toBe('down');
  expect(news).toHaveLength(6);
  await app.start();
  await app.whenSettled();
  expect(news).toHaveLength(12);
  const runs = await program('sleep 600', { sign: { kind: 'none' } });
  await runs.start();
  await runs.whenSettled();
  await runs.start();
  expect(runs.state).toBe('ready');
  await runs.stop();
  expect(runs.state).toBe('killed');
  expect(news).toHaveLength(12);
});

test('killed while it waits to be started again, it stays so', async () => {
  const app = await program('exit 2', { pace: { backOff: 200 } });
  await app.start();
  await until(() => app.state === 'restarting');
  await app.stop();
  await wait(400);
  expect(app.state).toBe('killed');
  expect(news).toHaveLength(1);
});

test('nobody waits for it once the twin stops', async () => {
  const app = await program('sleep 600');
  await app.start();
  const settled = app.whenSettled();
  await supervisor.stop();
  await settled;
  expect(news).toEqual([]);
});
