import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import shop from '../../../bin/shop/architecture.js';
import voyage from '../../../bin/voyage/architecture.js';
import { html } from '../../../lib/twin/page/html.js';
import { type Direction, type Layout, layoutsOf, type Placed } from '../../../lib/twin/page/layout.js';
import { levelsOf } from '../../../lib/twin/page/levels.js';
import { type Topology, topologyOf } from '../../../lib/twin/page/topology.js';
import { graph } from '../../../lib/twin/page/view/graph.js';
import { tables } from '../../../lib/twin/page/view/tables.js';

const architectures = { shop: resolve(shop), bookinfo: resolve(bookinfo), voyage: resolve(voyage) };
const directions = ['right', 'down', 'narrow'] as const;
/** All of a large architecture is never drawn narrow. */
const domains = levelsOf(topologyOf(architectures.voyage))[0]!.topology;
const cases = Object.entries(architectures).flatMap(([name, architecture]) =>
  directions.map((direction) => ({
    name,
    direction,
    topology: name === 'voyage' && direction === 'narrow' ? domains : topologyOf(architecture),
  })),
);

const laidOut = new Map<string, Promise<Layout>>();
/** Laid out once for all tests of this file. */
const layoutFor = (topology: Topology, direction: Direction): Promise<Layout> => {
  const key = `${topology.boxes.map(({ id }) => id)} ${direction}`;
  const layout = laidOut.get(key) ?? layoutsOf([{ topology, direction }]).then(([layout]) => layout!);
  laidOut.set(key, layout);
  return layout;
};

const overlap = (one: Placed, other: Placed): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

function overlaps({ boxes, edges }: Layout): string[] {
  const all = [...boxes, ...[...edges].map(([id, { plate }]) => [id, plate] as const)];
  return all.flatMap(([one, first], index) =>
    all.slice(index + 1).flatMap(([other, second]) => (overlap(first, second) ? [`${one} over ${other}`] : [])),
  );
}

describe.each(cases)('$name, laid out $direction', ({ direction, topology }) => {
  let layout: Layout;
  beforeAll(async () => {
    layout = await layoutFor(topology, direction);
  });

  test('has every box and every arrow, and none of them over another', () => {
    expect([...layout.boxes.keys()].sort()).toEqual(topology.boxes.map(({ id }) => id).sort());
    expect([...layout.edges.keys()].sort()).toEqual(topology.edges.map(({ id }) => id).sort());
    expect(overlaps(layout)).toEqual([]);
  });

  test('stays inside its drawing', () => {
    for (const { x, y, width, height } of [...layout.boxes.values(), ...[...layout.edges.values()].map(({ plate }) => plate)]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });
});

const fresh = async (topology: Topology): Promise<Layout> => (await layoutsOf([{ topology, direction: 'right' }]))[0]!;

test('the same declaration is drawn the same each time, byte for byte', async () => {
  const topology = topologyOf(architectures.shop);
  const drawn = async () => graph('shop', topology, await fresh(topology), 'wide').markup;
  expect(await drawn()).toBe(await drawn());
});

test('clients are left of all, externals right of all', async () => {
  const { boxes } = await layoutFor(topologyOf(architectures.shop), 'right');
  const x = (id: string) => boxes.get(id)!.x;
  const others = [...boxes.keys()].filter((id) => !id.startsWith('clients/') && !id.startsWith('external/')).map(x);
  expect(x('clients/clients')).toBeLessThan(Math.min(...others));
  expect(Math.max(...others)).toBeLessThanOrEqual(Math.min(x('external/stripe'), x('external/monolith'), x('external/ordersDb')));
});

test('the shop is as wide as a laptop, and on a phone as wide as that, as the domains of a large architecture are', async () => {
  expect((await layoutFor(topologyOf(architectures.shop), 'right')).width).toBeLessThanOrEqual(1240);
  expect((await layoutFor(topologyOf(architectures.shop), 'narrow')).width).toBeLessThanOrEqual(368);
  expect((await layoutFor(domains, 'narrow')).width).toBeLessThanOrEqual(368);
});

const ids = (markup: string, attribute: string): string[] =>
  [...new Set([...markup.matchAll(new RegExp(`${attribute}="([^"]*)"`, 'g'))].map(([, id]) => id!))].sort();

test.each(cases)(
  'every row of the tables of $name is in the graph laid out $direction, and the other way round',
  async ({ name, direction, topology }) => {
    const drawn = ids(graph(name, topology, await layoutFor(topology, direction), 'wide').markup, 'data-at');
    expect(ids(tables(topology).markup, 'data-at')).toEqual(drawn);
    expect(drawn).toHaveLength(topology.boxes.length + topology.edges.length);
  },
);

test('the declaration alone says what is called how', () => {
  const { edges } = topologyOf(architectures.shop);
  expect(edges.map(({ id, security, counts }) => `${id} ${security} ${counts}`)).toEqual([
    'clients/clients>gateway/web plain requests',
    'gateway/web>external/monolith plain requests',
    'gateway/web>service/orders mtls requests',
    'gateway/web>service/catalog mtls requests',
    'service/catalog>service/pricing mtls requests',
    'service/nightly>service/orders mtls requests',
    'service/orders>service/catalog mtls requests',
    'service/orders>external/ordersDb plain connections',
    'service/orders>external/stripe tls requests',
  ]);
});

test('plain arrows are dashed and say so; nothing is told by colour alone', async () => {
  const topology = topologyOf(architectures.shop);
  const { markup } = graph('shop', topology, await layoutFor(topology, 'right'), 'wide');
  const plain = topology.edges.filter(({ security }) => security === 'plain');
  expect(markup.match(/class="edge plain"/g)).toHaveLength(plain.length);
  expect(markup.match(/>plain<\/text>/g)).toHaveLength(plain.length);
});

test('what is written by people is text, and never markup', () => {
  const name = '<img src=x onerror="alert(1)">&\'';
  expect(html`<p title="${name}">${name}${html`<b>${[name, 1, undefined]}</b>`}</p>`.markup).toBe(
    `<p title="${escaped}">${escaped}<b>${escaped}1</b></p>`,
  );
});
const escaped = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;';
