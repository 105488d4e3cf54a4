import type { Typed } from '../../curl.js';
import type { Twin } from '../../twin.js';
import { type Html, html } from '../html.js';
import { type Direction, type Layout, layoutsOf } from '../layout.js';
import type { Level } from '../levels.js';
import type { Topology } from '../topology.js';
import { boxPanels, titleOf } from './box-panel.js';
import { domainPanels } from './domain-panel.js';
import { edgePanels } from './edge-panel.js';
import { graph } from './graph.js';
import { overview } from './overview.js';
import { tables } from './tables.js';

/** Everything about one architecture: what the page shows to who has the token. */
export async function view(
  twin: Pick<Twin, 'architecture' | 'instances' | 'gateways'>,
  topology: Topology,
  levels: readonly Level[],
  typed: Typed,
): Promise<Html> {
  const pictures = await picturesOf(levels);
  return html`<header>
    <h1>${titleOf(twin.architecture)} <small>twin on this machine</small></h1>
    <div class="tools">
      <label class="search"><span class="hidden">search</span><input type="search" placeholder="search  /" aria-keyshortcuts="/" autocomplete="off" spellcheck="false"></label>
      <button type="button" data-pause aria-pressed="false">pause</button>
      <button type="button" data-help aria-keyshortcuts="?">keys</button>
    </div>
  </header>
  <p class="strip" data-state="strip"><span aria-hidden="true" data-text="strip/glyph">○</span> <span data-text="strip">measuring</span> <small data-text="seconds"></small></p>
  <main>
    ${pictures.length === 1 ? undefined : switcher(pictures)}
    ${pictures.map((each, index) => picture(twin.architecture.name, each, index === 0))}
    <div class="below">
      <div class="lists">
        <p class="found" data-found aria-live="polite"></p>
        ${tables(topology)}
      </div>
      <aside aria-label="details">${overview(topology)}${boxPanels(twin, topology, typed)}${edgePanels(twin, topology)}${domainPanels(topology, levels)}</aside>
    </div>
  </main>
  <p class="said" data-said role="status"></p>
  <p class="hidden" data-news aria-live="polite"></p>
  ${keys}`;
}

interface Picture {
  readonly level: Level;
  readonly layouts: readonly Layout[];
}

/** The width of a laptop's page. */
const laptop = 1_240;
/** More than this from top to bottom is a column that nobody reads: a phone has the domains, and the tables. */
const mostNarrow = 15;

/** All of it where that fits; else its domains, each open one, and then all of it, which scrolls. */
async function picturesOf(levels: readonly Level[]): Promise<Picture[]> {
  const all = levels.at(-1)!;
  const [whole] = await layoutsOf([{ topology: all.topology, direction: 'right' }]);
  const shown = whole!.width <= laptop ? [all] : levels;
  const drawings = shown.flatMap((level) => directionsOf(level, all).map((direction) => ({ level, direction, topology: level.topology })));
  const layouts = await layoutsOf(drawings);
  return shown.map((level) => ({
    level,
    layouts: [...(level === all ? [whole!] : []), ...layouts.filter((_, index) => drawings[index]!.level === level)],
  }));
}

const directionsOf = (level: Level, all: Level): Direction[] => [
  ...(level === all ? [] : (['right', 'down'] as const)),
  ...(level.topology.boxes.length > mostNarrow ? [] : (['narrow'] as const)),
];

/** From left to right where that fits, or where there is no narrower drawing. */
function wide(layouts: readonly Layout[]): Layout {
  const right = layouts.find(({ direction }) => direction === 'right')!;
  const down = layouts.find(({ direction }) => direction === 'down');
  return down === undefined || right.width <= Math.max(laptop, down.width) ? right : down;
}

const switcher = (pictures: readonly Picture[]): Html => html`<nav class="levels" aria-label="pictures">
  ${pictures.map(({ level: { key, word } }) => html`<a href="#view=${encodeURIComponent(key)}" data-view="${key}">${word}</a>`)}
</nav>`;

/** A picture that has no narrow drawing shows its wide one on a phone, too. */
function picture(name: string, { level: { key, word, topology }, layouts }: Picture, first: boolean): Html {
  const narrow = layouts.find(({ direction }) => direction === 'narrow');
  return html`<section class="picture${narrow === undefined ? ' single' : ''}" aria-label="graph, ${word}" data-picture="${key}"${first ? undefined : html` hidden`}>
    ${graph(name, topology, wide(layouts), 'wide')}${narrow === undefined ? undefined : graph(name, topology, narrow, 'narrow')}
  </section>`;
}

const keys = html`<dialog aria-labelledby="keys-heading"><h2 id="keys-heading">Keys</h2>
  <dl class="keys">
    <dt><kbd>/</kbd></dt><dd>search names</dd>
    <dt><kbd>Tab</kbd></dt><dd>to the graph, the tables, the details</dd>
    <dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>in the graph: to what is called, to who calls</dd>
    <dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>to what stands beside it</dd>
    <dt><kbd>Enter</kbd></dt><dd>opens the details</dd>
    <dt><kbd>Esc</kbd></dt><dd>clears search and selection</dd>
  </dl><form method="dialog"><button>close</button></form></dialog>`;
