import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolve } from 'cdk-edge-mesh';
import shop from '../../../bin/shop/architecture.js';
import { face } from '../../../lib/twin/page/face.js';
import type { EdgeLive, Live } from '../../../lib/twin/page/live.js';
import { strip } from '../../../lib/twin/page/strip.js';
import { topologyOf } from '../../../lib/twin/page/topology.js';
import { showRate, showTime } from '../../../lib/twin/page/words.js';

const topology = topologyOf(resolve(shop));
const idle = {
  health: 'idle',
  perSecond: 0,
  failed: 0,
  refused: 0,
  retries: 0,
  p50: undefined,
  p99: undefined,
  handshakes: 1,
  ejected: 0,
} as const;

/** The shop, idle but for some arrows. */
const liveWith = (changed: Readonly<Record<string, Partial<EdgeLive>>> = {}, more: Partial<Live> = {}): Live => ({
  version: 1,
  seconds: 10,
  edges: topology.edges.map(({ id }) => ({ id, ...idle, ...changed[id] })),
  boxes: topology.boxes.map(({ id }) => ({ id, health: 'idle', instances: 0, well: 0, denied: 0 })),
  instances: [],
  versions: [],
  shares: {},
  weights: {},
  certificates: 1,
  ...more,
});
const well = {
  name: 'orders-1',
  service: 'orders',
  version: 'orders',
  health: 'healthy',
  running: true,
  failing: undefined,
  delay: 0,
  sidecar: true,
  leaving: false,
} as const;
const orders = { id: 'orders', instances: 2, starting: 0, leaving: 0 } as const;

describe('the strip', () => {
  const clients = 'clients/clients>gateway/web';
  test.each<[string, Live, string, string]>([
    ['nothing happens', liveWith(), '4 services, 0 requests/s, 0 failed, all calls inside mTLS, 2 plain to the outside', 'idle'],
    [
      'all is well',
      liveWith({ [clients]: { health: 'healthy', perSecond: 12.34 } }),
      '4 services, 12 requests/s, 0 failed, all calls inside mTLS, 2 plain to the outside',
      'healthy',
    ],
    [
      'some fail, and an instance was killed',
      liveWith(
        { [clients]: { health: 'degraded', perSecond: 5, failed: 7 } },
        { instances: [well, { ...well, health: 'failing', running: false }] },
      ),
      '4 services, 5.0 requests/s, 7 failed, all calls inside mTLS, 2 plain to the outside, 1 of 2 instances not well',
      'degraded',
    ],
    [
      'a call answered without ever a handshake',
      liveWith({ 'service/catalog>service/pricing': { health: 'healthy', perSecond: 1, handshakes: 0 } }),
      '4 services, 0 requests/s, 0 failed, 1 of 5 calls without mTLS, 2 plain to the outside',
      'idle',
    ],
    ['the first second', liveWith({}, { seconds: 0 }), '4 services, …, 0 failed, all calls inside mTLS, 2 plain to the outside', 'idle'],
  ])('says it in words: %s', (_, live, text, health) => expect(strip(topology, live)).toEqual({ text, health }));
});

test.each([
  [undefined, '…'],
  [0, '0/s'],
  [0.04, '0.0/s'],
  [9.94, '9.9/s'],
  [12.5, '13/s'],
])('%s a second is %s', (perSecond, text) => expect(showRate(perSecond)).toBe(text));

test.each([
  [undefined, '–'],
  [0.42, '0.4 ms'],
  [41.4, '41 ms'],
  [1_250, '1.3 s'],
])('%s ms is %s', (ms, text) => expect(showTime(ms)).toBe(text));

test('an arrow has its rate and its p99; where requests fail, their number takes its place', () => {
  const id = 'service/catalog>service/pricing';
  const texts = (edge: Partial<EdgeLive>) => face(topology, topology, liveWith({ [id]: edge })).texts;
  expect(texts({})).toMatchObject({ [`${id}#rate`]: '0/s', [`${id}#second`]: 'idle' });
  expect(texts({ health: 'healthy', perSecond: 80, p99: 18 })).toMatchObject({ [`${id}#rate`]: '80/s', [`${id}#second`]: 'p99 18 ms' });
  expect(texts({ health: 'degraded', perSecond: 80, p99: 18, failed: 3 })).toMatchObject({
    [`${id}#rate`]: '▲ 80/s',
    [`${id}#second`]: '3 failed',
    [`${id}#state`]: '▲ degraded',
    [`${id}#p99`]: '18 ms',
  });
});

test('lines grow in four steps of ten, and idle ones are thinner than all', () => {
  const id = 'service/catalog>service/pricing';
  const width = (perSecond: number) => face(topology, topology, liveWith({ [id]: { perSecond } })).widths[id];
  expect([0, 0.1, 0.99, 1, 9, 10, 99, 100, 5_000].map(width)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
});

test('what is read aloud has what is seen', () => {
  const id = 'service/catalog>service/pricing';
  const { labels } = face(topology, topology, liveWith({ [id]: { health: 'degraded', perSecond: 80, p99: 18, failed: 3 } }));
  expect(labels[id]).toBe('catalog to pricing, mTLS, degraded, 80 requests/s, 3 failed, p99 18 ms');
  expect(labels['service/catalog']).toBe('catalog, service, idle, called by 2, calls 1');
});

test.each([
  ['well', {}, '● well', { kill: true, start: false, slow: true, fail: true, heal: false, end: true }],
  ['killed', { health: 'failing', running: false }, '✕ killed', { kill: false, start: true, slow: false, fail: false, heal: false }],
  ['slowed', { health: 'degraded', delay: 500 }, '▲ 500 ms slower', { kill: true, start: false, slow: true, fail: true, heal: true }],
  ['failing', { health: 'failing', failing: 503 }, '✕ answers 503', { kill: true, start: false, slow: true, fail: true, heal: true }],
  [
    'leaving',
    { health: 'idle', leaving: true },
    '○ leaving',
    { kill: false, start: false, slow: false, fail: false, heal: false, end: false },
  ],
  ['without its sidecar', { health: 'failing', sidecar: false }, '✕ its sidecar is dead', { kill: true, heal: false }],
] as const)('an instance that is %s says so, and can be done to what makes sense', (_, condition, text, buttons) => {
  const { texts, enabled } = face(topology, topology, liveWith({}, { instances: [{ ...well, ...condition }], versions: [orders] }));
  expect(texts['instance/orders-1#state']).toBe(text);
  for (const [name, can] of Object.entries(buttons)) expect(enabled[`instance/orders-1#${name}`]).toBe(can);
});

test.each([
  [{}, '2 instances', { more: true, fewer: true }, true],
  [{ instances: 1 }, '1 instance', { more: true, fewer: false }, false],
  [{ instances: 1, starting: 1 }, '1 instance, 1 starting', { more: true, fewer: false }, false],
  [{ instances: 4, starting: 1 }, '4 instances, 1 starting', { more: false, fewer: true }, true],
  [{ instances: 5, leaving: 1 }, '5 instances, 1 leaving', { more: false, fewer: true }, true],
])('a version with %j says %s, and becomes neither more than five nor none', (counts, text, buttons, mayEnd) => {
  const { texts, enabled } = face(topology, topology, liveWith({}, { instances: [well], versions: [{ ...orders, ...counts }] }));
  expect(texts['version/orders#count']).toBe(text);
  expect({ more: enabled['version/orders#more'], fewer: enabled['version/orders#fewer'] }).toEqual(buttons);
  expect(enabled['instance/orders-1#end']).toBe(mayEnd);
});

test('what leaves on purpose is no trouble', () => {
  const live = liveWith({}, { instances: [well, { ...well, health: 'idle', running: false, leaving: true }] });
  expect(strip(topology, live).text).not.toContain('not well');
});

describe('contrast', () => {
  const css = readFileSync(join(__dirname, '../../../lib/twin/page/browser/page.css'), 'utf8');
  const tokensIn = (block: string): Record<string, string> =>
    Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
  const [light, dark] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => tokensIn(block!));

  const luminance = (color: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const contrast = (one: string, other: string): number => {
    const [low, high] = [luminance(one), luminance(other)].sort((first, second) => first - second);
    return (high! + 0.05) / (low! + 0.05);
  };

  /** Texts (WCAG 1.4.3: 4.5), then lines and glyphs (1.4.11: 3), each on every ground that it stands on. */
  const pairs: readonly (readonly [string, number, readonly string[]])[] = [
    ['ink', 4.5, ['ground', 'card', 'calm', 'amber-ground', 'red-ground', 'blue-ground']],
    ['soft', 4.5, ['ground', 'card', 'calm', 'amber-ground', 'red-ground', 'blue-ground']],
    ['amber', 4.5, ['card', 'calm', 'amber-ground', 'blue-ground']],
    ['red', 4.5, ['card', 'calm', 'red-ground', 'blue-ground']],
    ['blue', 4.5, ['ground', 'card', 'calm', 'blue-ground']],
    ['line', 3, ['ground', 'card', 'calm']],
  ];
  const themes: readonly (readonly [string, Record<string, string> | undefined])[] = [
    ['light', light],
    ['dark', dark],
  ];

  test.each(
    themes.flatMap(([theme, tokens]) =>
      pairs.flatMap(([token, least, grounds]) => grounds.map((ground) => ({ theme, tokens, token, least, ground }))),
    ),
  )('$theme: $token on $ground is $least at least', ({ tokens, token, least, ground }) => {
    expect(contrast(tokens![token]!, tokens![ground]!)).toBeGreaterThanOrEqual(least);
  });

  test('every token of the light theme has one for the dark', () => expect(Object.keys(dark!).sort()).toEqual(Object.keys(light!).sort()));
});
