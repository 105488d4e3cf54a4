import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { layOut } from './layout-worker.js';
import type { Box, Edge, Topology } from './topology.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands, in pixels at scale 1. The same topology always gives the same numbers. */
export interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Placed>;
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly plate: Placed }>;
}

/** Left to right; from top to bottom where that would be too wide; narrow, from top to bottom on a phone. */
export type Direction = 'right' | 'down' | 'narrow';

/** Room for 13 px text, which is never drawn smaller than 11. */
interface Sizes {
  readonly least: number;
  readonly most: number;
  readonly plate: number;
}

/** A name, what it is, how it is. */
const boxHeight = 66;
export const versionHeight = 22;
/** The edges of what lies behind a domain's box. */
export const stackHeight = 6;
/** `past the mesh` does not fit where numbers do. */
const plateWidth = ({ counts }: Edge, { plate }: Sizes): number => (counts === 'nothing' ? Math.max(plate, 74) : plate);
/** How often, how long; a plain edge also says that it is plain. */
const plateHeight = (edge: Edge): number => (edge.security === 'plain' ? 46 : 32);

/** One way to lay a graph out. */
interface Way {
  readonly sizes: Sizes;
  readonly options: Readonly<Record<string, string>>;
}

const right: Way = {
  sizes: { least: 128, most: 208, plate: 76 },
  options: {
    'elk.direction': 'RIGHT',
    'elk.layered.spacing.nodeNodeBetweenLayers': '28',
    'elk.spacing.nodeNode': '22',
    'elk.spacing.edgeNode': '14',
    'elk.spacing.edgeEdge': '12',
  },
};

const down: Way = {
  sizes: right.sizes,
  options: { ...right.options, 'elk.direction': 'DOWN', 'elk.layered.spacing.nodeNodeBetweenLayers': '20' },
};

/** A phone of 390 px, without the margins of the page and the border of the picture. */
const phone = 366;

const abreast = (boxes: number, apart: number): Readonly<Record<string, string>> => ({
  'elk.direction': 'DOWN',
  'elk.layered.spacing.nodeNodeBetweenLayers': '20',
  'elk.spacing.nodeNode': String(apart),
  'elk.spacing.edgeNode': String(apart),
  'elk.spacing.edgeEdge': String(apart),
  'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
  'elk.layered.layering.coffmanGraham.layerBound': String(boxes),
});

/** Two boxes or numbers beside each other, and the lines that pass them, are as wide as a phone. */
const pairs: Way = { sizes: { least: 98, most: 140, plate: 70 }, options: abreast(2, 8) };

/** One below the other, with the lines beside them. How many lines are beside each other is left to chance, so it is tried some times. */
const column = (seed: number): Way => ({
  sizes: { least: 98, most: 124, plate: 56 },
  options: { ...abreast(1, 6), 'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS', 'elk.randomSeed': String(seed) },
});
const tries = 8;

const ways: Readonly<Record<Direction, readonly Way[]>> = {
  right: [right],
  down: [down],
  narrow: [pairs, ...Array.from({ length: tries }, (_, index) => column(index + 1))],
};

export interface Drawing {
  readonly topology: Topology;
  readonly direction: Direction;
}

/** Lays each out in layers: clients first, externals last, calls flowing one way. */
export async function layoutsOf(drawings: readonly Drawing[]): Promise<Layout[]> {
  if (drawings.length === 0) return [];
  const choices = drawings.map(({ topology, direction }) => ({
    ways: ways[direction].map((way) => graphOf(topology, direction, way)),
    within: phone,
  }));
  return (await layOut(choices)).map((node, index) => ({ direction: drawings[index]!.direction, ...read(node) }));
}

const graphOf = (topology: Topology, direction: Direction, { sizes, options }: Way): ElkNode => ({
  id: 'graph',
  layoutOptions: {
    'elk.algorithm': 'layered',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.layered.edgeLabels.sideSelection': 'ALWAYS_UP',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.thoroughness': '10',
    'elk.randomSeed': '1',
    'elk.padding': '[top=4,left=4,bottom=4,right=4]',
    'elk.spacing.edgeLabel': '0',
    ...options,
  },
  children: topology.boxes.map((box) => nodeOf(box, direction, sizes)),
  edges: topology.edges.map((edge) => edgeOf(edge, sizes)),
});

function nodeOf({ id, kind, name, word, versions }: Box, direction: Direction, { least, most }: Sizes): ElkNode {
  // From top to bottom, a last row of all externals would be wider than a phone.
  const constraint = kind === 'clients' ? 'FIRST' : kind === 'external' && direction === 'right' ? 'LAST' : 'NONE';
  return {
    id,
    width: Math.min(most, Math.max(least, 44 + name.length * 8, 24 + word.length * 6.5)),
    height: boxHeight + versions.length * versionHeight + (kind === 'domain' ? stackHeight : 0),
    layoutOptions: { 'elk.layered.layering.layerConstraint': constraint },
  };
}

const edgeOf = (edge: Edge, sizes: Sizes): ElkExtendedEdge => ({
  id: edge.id,
  sources: [edge.from],
  targets: [edge.to],
  labels: [
    {
      id: edge.id,
      text: edge.id, // a label without text would get no room
      width: plateWidth(edge, sizes),
      height: plateHeight(edge),
      layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
    },
  ],
});

function read({ width = 0, height = 0, children = [], edges = [] }: ElkNode): Omit<Layout, 'direction'> {
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: new Map(children.map((node) => [node.id, placed(node)])),
    edges: new Map(
      edges.map(({ id, sections = [], labels = [] }) => {
        const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint].map(point));
        return [id, { points, plate: placed(labels[0] ?? {}) }];
      }),
    ),
  };
}

const point = ({ x, y }: Point): Point => ({ x: round(x), y: round(y) });
const placed = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Placed>): Placed => ({
  x: round(x),
  y: round(y),
  width: round(width),
  height: round(height),
});
const round = (value: number): number => Math.round(value * 10) / 10;
