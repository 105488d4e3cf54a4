import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';
import { answerOf, ask, counted, stubAnswer, times } from './client.js';

const listen = { protocol: 'http', port: 8080 } as const;
/** Nothing is tried again: whoever loses a request here is told by the one who asked. */
const tea = resolve(
  defineArchitecture({
    name: 'tea',
    mesh: { defaults: { timeout: '10s', retries: false } },
    services: {
      menu: { image: 'menu', listen, calls: { price: {}, 'price:metrics': {}, store: {} } },
      store: { image: 'store', listen: { protocol: 'tcp', port: 6379 } },
      price: {
        listen,
        ports: { metrics: { protocol: 'http', port: 9102 } },
        versions: { v1: { image: 'a' }, v2: { image: 'b' } },
        traffic: { v1: 100 },
      },
    },
    gateways: {
      web: { kind: 'http', auth: 'public', throttle: { rate: 500, burst: 500 }, routes: { 'GET /menu': { to: 'menu' } } },
    },
  }),
);

const deaths: string[] = [];
let twin: Twin;
beforeAll(async () => {
  twin = await up(tea, { onDeath: ({ message }) => deaths.push(message.split(';')[0]!) });
});
afterAll(() => twin?.stop());

const menu = () => ask(`${twin.gateway('web').url}/menu`);
const prices = async (count = 12) => {
  const answers = (await times(count, menu, 3)).map((answer) => answerOf(stubAnswer(answer), 'price'));
  return [...new Set(answers.map(({ version, instance }) => `${version}#${instance}`))].sort();
};
const names = () => twin.instances.map(({ name }) => name);

/** Asks all the time until it is done, and counts what came back. */
async function underTraffic(act: () => Promise<unknown>, atATime = 3): Promise<Record<string, number>> {
  let acting = true;
  const statuses: number[] = [];
  const client = async () => {
    while (acting) statuses.push((await menu()).status);
  };
  const clients = Array.from({ length: atATime }, client);
  await act().finally(() => {
    acting = false;
  });
  await Promise.all(clients);
  expect(statuses.length).toBeGreaterThan(atATime);
  return counted(statuses);
}

const only = (statuses: Record<string, number>) => Object.keys(statuses);

test('scales out: further instances are asked, at each port, and no Envoy is started again', async () => {
  const pids = twin.envoys.map(({ pid }) => pid);
  expect(only(await underTraffic(() => twin.scale('price-v1', 3)))).toEqual(['200']);
  expect(names()).toEqual(['menu-1', 'price-v1-1', 'price-v1-2', 'price-v1-3', 'price-v2-1', 'store-1']);
  expect(twin.envoys.map(({ pid }) => pid)).toEqual(expect.arrayContaining(pids));
  expect(await prices()).toEqual(['v1#1', 'v1#2', 'v1#3']);
  const metrics = (await times(12, menu, 3)).map((answer) => answerOf(stubAnswer(answer), 'price:metrics').instance);
  expect(only(counted(metrics))).toEqual(['1', '2', '3']);
});

test('what came later has the weights and certificates of now, and takes part in further changes', async () => {
  await twin.shift('price', { 'price-v2': 1 });
  await twin.rotateCertificates();
  expect(only(await underTraffic(() => twin.scale('menu', 2)))).toEqual(['200']);
  const answers = (await times(12, menu, 3)).map(stubAnswer);
  expect(only(counted(answers.map(({ instance }) => instance)))).toEqual(['1', '2']);
  expect(only(counted(answers.map((answer) => answerOf(answer, 'price').version)))).toEqual(['v2']);
  await twin.shift('price', undefined);
  expect(await prices()).toEqual(['v1#1', 'v1#2', 'v1#3']);
  await twin.rotateCertificates();
  expect(await menu()).toMatchObject({ status: 200 });
});

test('scales in: the newest end, drained, and no request is lost', async () => {
  expect(only(await underTraffic(() => twin.scale('price-v1', 1)))).toEqual(['200']);
  expect(names()).toEqual(['menu-1', 'menu-2', 'price-v1-1', 'price-v2-1', 'store-1']);
  expect(twin.departed.map(({ name }) => name).sort()).toEqual(['price-v1-2', 'price-v1-3']);
  expect(twin.departed.every(({ sidecar }) => !sidecar.running)).toBe(true);
  expect(await prices()).toEqual(['v1#1']);
});

test('[draining] a task is replaced while it is asked: its successor first, under a number of its own; nothing is lost, nothing tried again', async () => {
  expect(only(await underTraffic(() => twin.replace('price-v1', 1)))).toEqual(['200']);
  expect(names()).toEqual(['menu-1', 'menu-2', 'price-v1-4', 'price-v2-1', 'store-1']);
  expect(await prices()).toEqual(['v1#4']);
  await expect(async () => twin.end('price-v1', 1)).rejects.toThrow('"price-v1-1" is not an instance; did you mean "price-v1-4"?');
});

test('[draining] one that speaks TCP too: its connections end before it does', async () => {
  expect(only(await underTraffic(() => twin.replace('store', 1)))).toEqual(['200']);
  const answers = (await times(4, menu, 2)).map((answer) => stubAnswer(answer).calls.find(({ to }) => to === 'store')?.answer);
  expect(only(counted(answers as string[]))).toEqual([expect.stringMatching(/^store-2 heard: hello from menu/)]);
});

test('[draining] a task that ends in the design’s order finishes what it has in hand; one whose app ends first loses it', async () => {
  await twin.scale('price-v1', 3);
  for (const { version, number } of twin.instances) if (version.id === 'price-v1') twin.instance('price-v1', number).slowApp(200);
  expect(only(await underTraffic(() => twin.end('price-v1', 6), 8))).toEqual(['200']);
  const statuses = await underTraffic(() => twin.end('price-v1', 5, 'app-first'), 8);
  expect(statuses['502']).toBeGreaterThan(0);
  expect(names()).toContain('price-v1-4');
});

test('an Envoy that ends by itself is told of, one that was ended or killed on purpose is not', async () => {
  await twin.instance('menu', 2).killSidecar();
  expect(deaths).toEqual([]);
  const { sidecar } = twin.instance('price-v2');
  process.kill(sidecar.pid!, 'SIGKILL');
  await sidecar.ended;
  expect(deaths).toEqual(['price-v2-1 ended: signal SIGKILL']);
});
