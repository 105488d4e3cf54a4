import type { Typed } from '../../curl.js';
import type { Twin } from '../../twin.js';
import { type Html, html } from '../html.js';
import type { Level } from '../levels.js';
import type { Topology } from '../topology.js';
import { boxPanel, titleOf } from './box-panel.js';
import { domainPanel } from './domain-panel.js';
import { edgePanel } from './edge-panel.js';
import { overview } from './overview.js';
import { Pictures } from './pictures.js';
import { tables } from './tables.js';

/** What the page shows to who has the token: its beginning, and the rest piece by piece, as it is looked at. */
export class View {
  private constructor(
    private readonly twin: Pick<Twin, 'architecture' | 'instances' | 'gateways'>,
    private readonly topology: Topology,
    private readonly typed: Typed,
    private readonly pictures: Pictures,
  ) {}

  static async of(
    twin: Pick<Twin, 'architecture' | 'instances' | 'gateways'>,
    topology: Topology,
    levels: readonly Level[],
    typed: Typed,
  ): Promise<View> {
    return new View(twin, topology, typed, await Pictures.of(twin.architecture.name, levels));
  }

  /** The answer, the first picture, the tables. */
  async page(): Promise<Html> {
    const { levels } = this.pictures;
    return html`<header>
    <h1>${titleOf(this.twin.architecture)} <small>twin on this machine</small></h1>
    <div class="tools">
      <label class="search"><span class="hidden">search</span><input type="search" placeholder="search  /" aria-keyshortcuts="/" autocomplete="off" spellcheck="false"></label>
      <button type="button" data-pause aria-pressed="false">pause</button>
      <button type="button" data-help aria-keyshortcuts="?">keys</button>
    </div>
  </header>
  <p class="strip" data-state="strip"><span aria-hidden="true" data-text="strip/glyph">○</span> <span data-text="strip">measuring</span> <small data-text="seconds"></small></p>
  <main>
    ${levels.length === 1 ? undefined : switcher(levels)}
    <p class="hint" data-sideways hidden>This picture is wider than the screen: it scrolls sideways. The tables say the same.</p>
    <div data-pictures>${await this.picture(levels[0]!.key)}</div>
    <div class="below">
      <div class="lists">
        <p class="found" data-found aria-live="polite"></p>
        ${tables(this.topology)}
      </div>
      <aside aria-label="details">${overview(this.topology)}</aside>
    </div>
  </main>
  <p class="said" data-said role="status"></p>
  <p class="hidden" data-news aria-live="polite"></p>
  ${keys}`;
  }

  /** @returns undefined where there is no such picture */
  picture = (key: string): Promise<Html | undefined> => this.pictures.picture(key);

  /** The details of a box or an arrow, declared or of a coarser picture. */
  panel(id: string): Html | undefined {
    const box = this.topology.boxes.find((each) => each.id === id);
    if (box !== undefined) return boxPanel(this.twin, this.topology, this.typed, box);
    const edge = this.topology.edges.find((each) => each.id === id);
    return edge === undefined ? domainPanel(this.pictures.levels, id) : edgePanel(this.twin, edge);
  }
}

const switcher = (levels: readonly Level[]): Html => html`<nav class="levels" aria-label="pictures">
  ${levels.map(({ key, word }) => html`<a href="#view=${encodeURIComponent(key)}" data-view="${key}">${word}</a>`)}
</nav>`;

const keys = html`<dialog aria-labelledby="keys-heading"><h2 id="keys-heading">Keys</h2>
  <dl class="keys">
    <dt><kbd>/</kbd></dt><dd>search names</dd>
    <dt><kbd>Tab</kbd></dt><dd>to the graph, the tables, the details</dd>
    <dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>in the graph: to what is called, to who calls</dd>
    <dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>to what stands beside it</dd>
    <dt><kbd>Enter</kbd></dt><dd>opens the details</dd>
    <dt><kbd>Esc</kbd></dt><dd>clears search and selection</dd>
  </dl><form method="dialog"><button>close</button></form></dialog>`;
