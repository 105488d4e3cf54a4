import { count } from '../../count.js';
import { type Box, type Edge, edgeId, type Security, type Topology } from './topology.js';

/** One picture of a topology: all of it, or its domains with one of them open. */
export interface Level {
  /** `all`, `domains`, or an open domain's id. */
  readonly key: string;
  /** What the link to it says. */
  readonly word: string;
  readonly topology: Topology;
}

const domainId = (domain: string): string => `domain/${domain}`;

/** The pictures of a topology that has domains, the coarsest first; the last one is all of it. */
export function levelsOf(topology: Topology): Level[] {
  const domains = [...new Set(topology.boxes.flatMap(({ domain }) => domain ?? []))].sort();
  const all = { key: 'all', word: `all ${topology.boxes.length} boxes`, topology };
  if (domains.length < 2) return [all];
  return [
    { key: 'domains', word: 'domains', topology: collapsed(topology, undefined) },
    ...domains.map((domain) => ({ key: domainId(domain), word: domain, topology: collapsed(topology, domain) })),
    all,
  ];
}

/** The topology with every domain as one box, but for the open one. Calls inside a closed domain are in its word. */
export function collapsed({ boxes, edges }: Topology, open: string | undefined): Topology {
  const groupOf = ({ id, domain }: Box): string => (domain === undefined || domain === open ? id : domainId(domain));
  const groups = new Map(boxes.map((box) => [box.id, groupOf(box)]));
  const ends = (edge: Edge): [string, string] => [groups.get(edge.from) ?? edge.from, groups.get(edge.to) ?? edge.to];
  return {
    boxes: gathered(boxes, groupOf).map((members) =>
      members[0]!.id === groupOf(members[0]!) ? members[0]! : domainBox(groupOf(members[0]!), members, edges),
    ),
    edges: gathered(
      edges.filter((edge) => ends(edge)[0] !== ends(edge)[1]),
      (edge) => edgeId(...ends(edge)),
    ).map((members) => merged(...ends(members[0]!), members)),
  };
}

/** Those with the same key together, in the order of their first. */
function gathered<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

function domainBox(id: string, members: readonly Box[], edges: readonly Edge[]): Box {
  const ids = members.map((member) => member.id);
  const inside = edges.filter(({ from, to }) => ids.includes(from) && ids.includes(to)).length;
  const word = inside === 0 ? count(members.length, 'service') : `${count(members.length, 'service')}, ${count(inside, 'call')}`;
  return { id, kind: 'domain', name: members[0]!.domain ?? '', word, domain: members[0]!.domain, versions: [], members: ids };
}

/** As unsafe as the least safe of its members. */
const weakest = (members: readonly Edge[]): Security =>
  (['plain', 'tls', 'mtls', 'past'] as const).find((security) => members.some((member) => member.security === security)) ?? 'plain';

function merged(from: string, to: string, members: readonly Edge[]): Edge {
  const [first] = members as [Edge];
  if (first.from === from && first.to === to) return first;
  const counts = (['requests', 'connections'] as const).find((each) => members.some((member) => member.counts === each)) ?? 'nothing';
  return {
    id: edgeId(from, to),
    from,
    to,
    kind: first.kind,
    security: weakest(members),
    counts,
    members: members.flatMap((member) => member.members),
  };
}

/** Every box and every arrow of all levels, each once: the declared ones first. */
export function union(declared: Topology, levels: readonly Level[]): Topology {
  const once = <T extends { readonly id: string }>(all: readonly T[]): T[] => [...new Map(all.map((each) => [each.id, each])).values()];
  const more = levels.map(({ topology }) => topology);
  return {
    boxes: once([...declared.boxes, ...more.flatMap(({ boxes }) => boxes)]),
    edges: once([...declared.edges, ...more.flatMap(({ edges }) => edges)]),
  };
}
