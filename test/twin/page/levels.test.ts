import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import voyage from '../../../bin/voyage/architecture.js';
import { collapsed, levelsOf, union } from '../../../lib/twin/page/levels.js';
import { type Topology, topologyOf } from '../../../lib/twin/page/topology.js';

const declared = topologyOf(resolve(voyage));
const levels = levelsOf(declared);
const domains = [...new Set(declared.boxes.flatMap(({ domain }) => domain ?? []))].sort();

test('a coarse picture comes first, then each domain opened, then all', () => {
  expect(levels.map(({ key }) => key)).toEqual(['domains', ...domains.map((domain) => `domain/${domain}`), 'all']);
  expect(levels.at(-1)?.topology).toBe(declared);
  expect(levels[0]!.topology.boxes.length).toBeLessThanOrEqual(12);
});

test('an architecture without domains has one picture', () => {
  expect(levelsOf(topologyOf(resolve(bookinfo))).map(({ key }) => key)).toEqual(['all']);
});

describe.each(levels.map(({ key, topology }) => ({ key, topology })))('in the picture $key', ({ topology }) => {
  test('every declared box stands once', () => {
    expect(topology.boxes.flatMap(({ members }) => members).sort()).toEqual(declared.boxes.map(({ id }) => id).sort());
  });

  test('every declared call is an arrow, or counted in the word of its domain', () => {
    const drawn = topology.edges.flatMap(({ members }) => members);
    const inside = topology.boxes.flatMap(({ kind, members, word }) => {
      const calls = declared.edges.filter(({ from, to }) => kind === 'domain' && members.includes(from) && members.includes(to));
      if (calls.length > 0) expect(word).toContain(`${calls.length} call`);
      return calls.map(({ id }) => id);
    });
    expect([...drawn, ...inside].sort()).toEqual(declared.edges.map(({ id }) => id).sort());
  });

  test('every arrow has both its boxes', () => {
    const ids = new Set(topology.boxes.map(({ id }) => id));
    expect(topology.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  });
});

test('an open domain shows its services, the others stay closed', () => {
  const [first = ''] = domains;
  const { boxes } = collapsed(declared, first);
  expect(
    boxes
      .filter(({ kind }) => kind === 'domain')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(domains.slice(1));
  const services = declared.boxes.filter(({ domain }) => domain === first).map(({ id }) => id);
  expect(boxes.map(({ id }) => id)).toEqual(expect.arrayContaining(services));
});

test('an arrow that stands for several is as unsafe as the least safe of them', () => {
  const box = (id: string, domain?: string) => ({
    id,
    kind: 'service' as const,
    name: id,
    word: 'service',
    domain,
    versions: [],
    members: [id],
  });
  const edge = (from: string, to: string, security: 'mtls' | 'plain') => ({
    id: `${from}>${to}`,
    from,
    to,
    kind: 'call' as const,
    security,
    counts: 'requests' as const,
    members: [`${from}>${to}`],
  });
  const topology: Topology = {
    boxes: [box('a', 'one'), box('b', 'one'), box('c', 'two'), box('d')],
    edges: [edge('a', 'c', 'mtls'), edge('b', 'c', 'plain'), edge('a', 'd', 'mtls'), edge('a', 'b', 'mtls')],
  };
  expect(collapsed(topology, undefined).edges.map(({ id, security, members }) => `${id} ${security} ${members.length}`)).toEqual([
    'domain/one>domain/two plain 2',
    'domain/one>d mtls 1',
  ]);
  expect(collapsed(topology, undefined).boxes.map(({ name, word }) => `${name}: ${word}`)).toEqual([
    'one: 2 services, 1 call',
    'two: 1 service',
    'd: service',
  ]);
  expect(collapsed(topology, 'one').edges.map(({ id }) => id)).toEqual(['a>domain/two', 'b>domain/two', 'a>d', 'a>b']);
});

test('all pictures together have each box and each arrow once, the declared ones first', () => {
  const all = union(declared, levels);
  expect(all.boxes.slice(0, declared.boxes.length)).toEqual(declared.boxes);
  expect(all.edges.slice(0, declared.edges.length)).toEqual(declared.edges);
  for (const ids of [all.boxes.map(({ id }) => id), all.edges.map(({ id }) => id)]) expect(new Set(ids).size).toBe(ids.length);
});
