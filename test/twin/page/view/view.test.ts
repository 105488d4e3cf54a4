import { resolve } from 'cdk-edge-mesh';
import voyage from '../../../../bin/voyage/architecture.js';
import { html } from '../../../../lib/twin/page/html.js';
import { levelsOf, union } from '../../../../lib/twin/page/levels.js';
import { topologyOf } from '../../../../lib/twin/page/topology.js';
import { View } from '../../../../lib/twin/page/view/view.js';

const architecture = resolve(voyage);
const topology = topologyOf(architecture);
const levels = levelsOf(topology);
let view: View;
beforeAll(async () => {
  view = await View.of({ architecture, instances: [], gateways: [] }, topology, levels, {});
});

test('a large architecture begins with a small page: its domains and its tables', async () => {
  const { markup } = await view.page();
  expect(markup.length).toBeLessThan(120_000);
  expect(markup.match(/data-picture="[^"]*"/g)).toEqual(['data-picture="domains"']);
  expect(markup).not.toContain('spiffe://');
});

test.each(['domains', 'domain/book', 'all'])('the picture %s comes when it is asked for', async (key) => {
  const picture = await view.picture(key);
  expect(picture?.markup).toContain(`data-picture="${key}"`);
  expect(await view.picture(key)).toBe(picture);
});

test('whatever can be selected has details: boxes and arrows, of all pictures', () => {
  const { boxes, edges } = union(topology, levels);
  for (const { id } of [...boxes, ...edges]) expect(view.panel(id)?.markup).toContain(html`data-panel="${id}"`.markup);
});

test('there is nothing of what there is not', async () => {
  expect([await view.picture('nowhere'), view.panel('service/nobody')]).toEqual([undefined, undefined]);
});

test('what a service pulls from a queue goes past the mesh, and says so', () => {
  expect(view.panel('service/refunds>external/claims')?.markup).toContain('refunds pulls from it by itself.');
});
