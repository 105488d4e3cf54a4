import type { Typed } from '../../curl.js';
import type { Twin } from '../../twin.js';
import { type Html, html } from '../html.js';
import { layoutOf } from '../layout.js';
import type { Topology } from '../topology.js';
import { boxPanels, titleOf } from './box-panel.js';
import { edgePanels } from './edge-panel.js';
import { graph } from './graph.js';
import { overview } from './overview.js';
import { tables } from './tables.js';

/** Everything about one architecture: what the page shows to who has the token. */
export async function view(twin: Pick<Twin, 'architecture' | 'instances' | 'gateways'>, topology: Topology, typed: Typed): Promise<Html> {
  const { name } = twin.architecture;
  const wide = await layoutOf(topology, 'right');
  const narrow = await layoutOf(topology, 'down');
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
    <section class="picture" aria-label="graph">
      ${graph(name, topology, wide, 'right')}${graph(name, topology, narrow, 'down')}
    </section>
    <div class="below">
      <div class="lists">
        <p class="found" data-found aria-live="polite"></p>
        ${tables(topology)}
      </div>
      <aside aria-label="details">${overview(topology)}${boxPanels(twin, topology, typed)}${edgePanels(twin, topology)}</aside>
    </div>
  </main>
  <p class="said" data-said role="status"></p>
  <p class="hidden" data-news aria-live="polite"></p>
  ${keys}`;
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
