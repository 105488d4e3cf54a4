import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import type { Instance } from '../../../../lib/twin/instance.js';
import { instances, zonesMatter } from '../../../../lib/twin/page/view/instances.js';

const listen = { protocol: 'http', port: 8080 } as const;
const architecture = resolve(
  defineArchitecture({
    name: 'tea',
    services: {
      menu: { image: 'menu', listen, calls: { price: {}, store: {} } },
      price: {
        listen,
        zones: 'prefer-own',
        versions: { v1: { image: 'a' }, v2: { image: 'b', run: 'npm <start>' } },
        traffic: { v1: 100 },
      },
      store: { image: 'store', listen },
    },
  }),
);

const serviceOf = (name: string) => architecture.services.find((service) => service.name === name)!;
/** All that a panel reads of an instance. */
const standIns = (name: string, parts: Partial<Instance> = {}): Instance[] =>
  serviceOf(name).versions.map(
    (version, index) =>
      ({ name: `${version.id}-1`, version, number: 1, zone: 'abc'[index], isOwn: false, isOnDemand: false, ...parts }) as Instance,
  );
const textOf = (name: string, parts: Partial<Instance> = {}): string =>
  instances(serviceOf(name), standIns(name, parts), zonesMatter(serviceOf(name), architecture))
    .markup.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

test.each([
  ['price', 'callers', 'callers ask in their own zone first'],
  ['menu', 'callees', 'it asks in its own zone first, where the callee says so'],
  ['store', 'none', undefined],
] as const)('the zones of %s matter to its %s', (name, zones, words) => {
  expect(zonesMatter(serviceOf(name), architecture)).toBe(zones);
  const text = textOf(name);
  if (words === undefined) expect(text).not.toContain('zone');
  else expect(text).toContain(`zone: ${words}; instances stand for a, b and c by turns`);
});

test('each version says how many it has, and each instance its zone and its program', () => {
  const text = textOf('price');
  expect(text).toContain('v1 one fewer one more v1 #1 zone a');
  expect(text).toContain('v2 one fewer one more v2 #1 zone b a stub stands in for your program: npm &lt;start&gt;');
  expect(textOf('price', { isOwn: true })).toContain('v2 #1 zone b your program: npm &lt;start&gt;');
});
