import { join } from 'node:path';
import { parse } from 'yaml';
import { compact, compileSidecar } from '../../../lib/engines/envoy/index.js';
import type { Bootstrap, JsonObject } from '../../../lib/engines/envoy/json.js';
import { ask } from '../../../lib/twin/statistics.js';
import { callerOf } from '../../bench/scale/architecture.js';
import { everywhere } from './everywhere.js';
import { mesh } from './mesh.js';
import { Trial } from './trial.js';

test('what repeats stands once, and is named where it stands again', () => {
  const limits = { streams: 100, window: 65_536 };
  expect(compact({ one: { name: 'one', limits }, other: { name: 'other', limits: { ...limits } } })).toBe(
    '{one: {name: one,limits: &a1 {streams: 100,window: 65536}},other: {name: other,limits: *a1}}',
  );
});

test('a part of what repeats gets a name of its own only where it stands elsewhere too', () => {
  const inner = { key: 'long enough to be named' };
  const both = [{ inner }, { inner }];
  expect(compact({ both })).toBe('{both: [&a1 {inner: {key: "long enough to be named"}},*a1]}');
  expect(compact({ both, inner })).toBe('{both: [&a1 {inner: &a2 {key: "long enough to be named"}},*a1],inner: *a2}');
});

test('what is short is said again', () => expect(compact({ one: [80, 443], other: [80, 443] })).toBe('{one: [80,443],other: [80,443]}'));

test('what is no plain word is written as the caller says', () => {
  expect(compact({ host: 'db.internal', token: '$(Token)', port: 5432 }, (value) => `<${value}>`)).toBe(
    '{host: db.internal,token: <$(Token)>,port: <5432>}',
  );
});

const compiled: readonly Bootstrap[] = mesh.services.map(({ versions }) => compileSidecar(mesh, versions[0]!, everywhere));

test('it is the same configuration, for anyone who reads YAML', () => {
  for (const bootstrap of compiled) expect(parse(compact(bootstrap))).toEqual(JSON.parse(JSON.stringify(bootstrap)));
});

test('of a hundred callees it is a fraction of the JSON, and the same bytes each time', () => {
  const architecture = callerOf(100);
  const { versions } = architecture.services.find(({ name }) => name === 'caller')!;
  const bootstrap = compileSidecar(architecture, versions[0]!, everywhere);
  expect(compact(bootstrap)).toBe(compact(structuredClone(bootstrap)));
  expect(compact(bootstrap).length * 2).toBeLessThan(JSON.stringify(bootstrap).length);
});

/** Each would be something else than a text, or the end of one, were it not quoted. */
const odd = [
  ...[
    '',
    ' ',
    'y',
    'No',
    'ON',
    'true',
    'Null',
    '~',
    'nan',
    '.inf',
    '1',
    '-1',
    '1.40',
    '0x1F',
    '0o17',
    '1e3',
    '1_000',
    '12:30:45',
    '2026-01-01',
  ],
  ...[
    'a: b',
    'a:b',
    'a #b',
    '#a',
    '- a',
    '*a1',
    '&a1',
    '!a',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '<<',
    '=',
    '?',
    '[a]',
    '{a}',
    'a,b',
    '"a"',
    "'a'",
    '\\d+\\/',
  ],
  ...['two\nlines', 'a\ttab', 'end\r', 'é', '漢', '😀', '\u2028', '\u0085', '\u0001', '/ready', 'to/pricing', 'a.b-c_d', 'spiffe://a/b'],
];

test('the real Envoy reads from it what it reads from JSON, whatever texts and numbers there are', async () => {
  const trial = await Trial.of(mesh);
  try {
    const metadata: JsonObject = { odd, numbers: [0, -1, 65_536], truths: [true, false, null], again: { odd } };
    const socket = join(trial.folder, 'compact.sock');
    const bootstrap = {
      node: { id: 'compact', cluster: 'compact', metadata },
      admin: { address: { pipe: { path: socket, mode: 0o600 } } },
    };
    await trial.start({ compact: bootstrap }, (_, [envoy = '', , , ...rest]) => [envoy, '--config-yaml', compact(bootstrap), ...rest]);
    const { configs } = JSON.parse((await ask(socket, '/config_dump')).body) as { configs: readonly JsonObject[] };
    expect((configs[0]!['bootstrap'] as { node: JsonObject }).node['metadata']).toEqual(metadata);
  } finally {
    await trial.stop();
  }
});
