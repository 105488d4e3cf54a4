import { type Html, html } from '../html.js';
import { type Layout, type Placed, type Point, stackHeight, versionHeight } from '../layout.js';
import type { Box, BoxKind, Edge, Topology } from '../topology.js';
import { securityWord, short } from '../words.js';
import { glyphOf } from './icon.js';

/** The whole topology as a picture: complete before the first request, and nothing in it moves afterwards. */
export function graph(name: string, topology: Topology, layout: Layout, screen: 'wide' | 'narrow'): Html {
  const { width, height, direction, boxes, edges } = layout;
  const first = topology.boxes[0]?.id;
  const drawn = topology.edges.flatMap((edge) => {
    const way = edges.get(edge.id);
    return way === undefined ? [] : [{ edge, ...way }];
  });
  return html`<svg class="graph ${screen}" data-direction="${direction}" role="group" aria-label="${name}: ${topology.boxes.length} boxes, ${topology.edges.length} arrows; the table below says the same"
    viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
    ${drawn.map(({ edge, points }) => line(edge, points))}
    ${drawn.map(({ edge, plate }) => plateOf(edge, plate))}
    ${topology.boxes.map((box) => boxOf(box, boxes.get(box.id) ?? nowhere, box.id === first))}
  </svg>`;
}

const nowhere: Placed = { x: 0, y: 0, width: 0, height: 0 };

function line({ id, security }: Edge, points: readonly Point[]): Html {
  return html`<g class="edge ${security}" data-at="${id}">
    <path class="line" d="${path(points)}"/><path class="head" d="${head(points)}"/>
  </g>`;
}

/** Right angles with a little roundness, ending where the arrow's head begins. */
function path(points: readonly Point[]): string {
  const shortened = points.map((point, index) =>
    index === points.length - 1 ? before(point, points[index - 1] ?? point, headLength) : point,
  );
  return shortened
    .map((point, index) => {
      const previous = shortened[index - 1];
      const next = shortened[index + 1];
      if (previous === undefined) return `M${at(point)}`;
      if (next === undefined) return `L${at(point)}`;
      return `L${at(before(point, previous, radius(point, previous)))}Q${at(point)} ${at(before(point, next, radius(point, next)))}`;
    })
    .join('');
}

const headLength = 9;
const radius = (one: Point, other: Point): number => Math.min(8, distance(one, other) / 2);
const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** So far from a point towards another. */
function before(point: Point, towards: Point, length: number): Point {
  const share = length / (distance(point, towards) || 1);
  return { x: point.x + (towards.x - point.x) * share, y: point.y + (towards.y - point.y) * share };
}

function head(points: readonly Point[]): string {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  const base = before(tip, points.at(-2) ?? tip, headLength + 1);
  const across = { x: (tip.y - base.y) / 2, y: (base.x - tip.x) / 2 };
  return `M${at(tip)}L${at({ x: base.x + across.x, y: base.y + across.y })}L${at({ x: base.x - across.x, y: base.y - across.y })}Z`;
}

/** The numbers stand on a plate of the background's colour, on their line. */
function plateOf({ id, from, to, security, members }: Edge, { x, y, width, height }: Placed): Html {
  const middle = width / 2;
  return html`<a class="plate ${security}" href="#at=${encodeURIComponent(id)}" data-at="${id}" data-from="${from}" data-to="${to}"${standsFor(id, members)} aria-label="${short(from)} to ${short(to)}" tabindex="-1" transform="translate(${x} ${y})">
    <rect width="${width}" height="${height}" rx="6"/>
    <text class="number" x="${middle}" y="13" data-text="#rate">…</text>
    <text class="small" x="${middle}" y="26" data-text="#second"></text>
    ${security === 'plain' ? html`<g class="open" transform="translate(${middle - 25} ${31}) scale(.75)">${glyphOf('unlocked')}</g><text class="small" x="${middle + 7}" y="41">${securityWord.plain}</text>` : undefined}
  </a>`;
}

function boxOf({ id, kind, name, word, versions, members }: Box, { x, y, width, height }: Placed, first: boolean): Html {
  const most = Math.floor((width - 40) / 7.4);
  return html`<a class="box ${kind}" href="#at=${encodeURIComponent(id)}" data-at="${id}"${standsFor(id, members)} aria-label="${name}, ${word}" tabindex="${first ? 0 : -1}" transform="translate(${x} ${y})">
    <title>${name}, ${word}</title>
    <path class="shape" d="${shape[kind](width, height)}"/>
    <g transform="translate(12 13)">${glyphOf(kind)}</g>
    <text class="name" x="34" y="26">${name.length > most ? `${name.slice(0, most - 1)}…` : name}</text>
    <text class="small" x="12" y="42">${word}</text>
    <text class="state" x="12" y="58" data-text="#state">○ …</text>
    ${versions.map((version, index) => versionRow(version, width, boxHeightBefore(height, versions.length) + index * versionHeight))}
  </a>`;
}

/** What a box or an arrow of a coarser picture stands for. */
const standsFor = (id: string, members: readonly string[]): Html | undefined =>
  members.length === 1 && members[0] === id ? undefined : html` data-members="${members.join(' ')}"`;

const boxHeightBefore = (height: number, versions: number): number => height - versions * versionHeight;

/** A version is a row of its service's box, with a bar as long as its share. */
function versionRow({ id, name }: Box['versions'][number], width: number, y: number): Html {
  const full = width - 24;
  return html`<g class="version" transform="translate(12 ${y})">
    <text class="small" x="0" y="11">${name ?? id}</text><text class="number end" x="${full}" y="11" data-text="version/${id}#share"></text>
    <rect class="track" y="14" width="${full}" height="3" rx="1.5"/><rect class="bar" y="14" width="0" height="3" rx="1.5" data-bar="version/${id}" data-full="${full}"/>
  </g>`;
}

/** Shapes tell kinds apart without a colour: a pill, a tab, a box, a box with a cut corner, a dashed box (by style). */
const shape: Readonly<Record<BoxKind, (width: number, height: number) => string>> = {
  clients: (width, height) => rounded(width, height, 24),
  gateway: (width, height) => `M0 8V6a6 6 0 0 1 6-6H40l8 8H${width - 8}a8 8 0 0 1 8 8V${height - 8}a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8Z`,
  service: (width, height) => rounded(width, height, 8),
  worker: (width, height) => `M8 0H${width - 16}L${width} 16V${height - 8}a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Z`,
  external: (width, height) => rounded(width, height, 8),
  // A stack: what lies behind is hinted at below.
  domain: (width, height) => `${rounded(width, height - stackHeight, 8)}M8 ${height - 3}H${width - 8}M16 ${height}H${width - 16}`,
};

const rounded = (width: number, height: number, radius: number): string =>
  `M${radius} 0H${width - radius}a${radius} ${radius} 0 0 1 ${radius} ${radius}V${height - radius}a${radius} ${radius} 0 0 1-${radius} ${radius}H${radius}a${radius} ${radius} 0 0 1-${radius}-${radius}V${radius}a${radius} ${radius} 0 0 1 ${radius}-${radius}Z`;
