import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';
import { ask, counted, stubAnswer } from './client.js';

const listen = { protocol: 'http', port: 8080 } as const;
const tea = resolve(
  defineArchitecture({
    name: 'tea',
    services: {
      menu: { image: 'menu', listen, calls: { price: {} } },
      price: { image: 'price', listen, zones: 'prefer-own' },
    },
  }),
);

let twin: Twin;
beforeAll(async () => {
  twin = await up(tea, { instances: 3 });
});
afterAll(() => twin?.stop());

/** How many of so many requests of an instance's app each instance of the other service answered; a status where none did. */
async function answering(menu: number, amount = 60): Promise<Record<string, number>> {
  const answers = [];
  for (let request = 0; request < amount; request += 1)
    answers.push(await ask(`http://127.0.0.1:${twin.instance('menu', menu).localPorts.get('price')}/`));
  return counted(answers.map((answer) => (answer.status === 200 ? stubAnswer(answer).instance : `status ${answer.status}`)));
}
const gauge = async (menu: number, name: string) => (await twin.statistics(`menu-${menu}`, name))[name];

test('instances stand for three zones by turns', () => {
  expect(twin.instances.map(({ name, zone }) => `${name} ${zone}`)).toEqual([
    'menu-1 a',
    'menu-2 b',
    'menu-3 c',
    'price-1 a',
    'price-2 b',
    'price-3 c',
  ]);
});

test('[zone-aware-balancing] in a twin of three instances each asks its neighbour', async () => {
  for (const menu of [1, 2, 3]) expect((await answering(menu))[menu]).toBeGreaterThan(45); // 58 ± 1.4
});

test('[zone-aware-balancing] when the sidecar of the neighbour is killed, the other zones answer all requests', async () => {
  await twin.instance('price', 1).killSidecar();
  const { 2: b = 0, 3: c = 0, ...others } = await answering(1);
  expect(others).toEqual({});
  expect(Math.min(b, c)).toBeGreaterThan(10);
});

test('[zone-aware-balancing] a new instance of the own zone is asked, and peers that come count', async () => {
  await twin.scale('price', 4); // the fourth is in a, as the dead first
  expect(twin.instance('price', 4).zone).toBe('a');
  expect((await answering(1))['4']).toBeGreaterThan(30);
  expect(await gauge(1, 'cluster.local/peers.membership_total')).toBe(3);
  await twin.scale('menu', 4);
  expect(await gauge(1, 'cluster.local/peers.membership_total')).toBe(4);
});
