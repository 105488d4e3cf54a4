import { type Html, html } from '../html.js';
import type { Topology } from '../topology.js';
import { button } from './button.js';
import { icon } from './icon.js';

/** What the details show while nothing is selected: how to read the page, and what can be done to all of it. */
export const overview = ({ boxes, edges }: Topology): Html => html`<section class="panel" data-panel="">
  <h2 tabindex="-1">How to read this</h2>
  <p>${boxes.length} boxes and ${edges.length} arrows, as declared; nothing is left out. Choose one for its policy, its numbers and its buttons.</p>
  <ul class="legend">
    <li>${sample('mtls')} solid: TLS; inside the mesh always mutual</li>
    <li>${sample('past')} dotted: past the mesh, such as what is pulled from a queue</li>
    <li>${sample('plain')} dashed, ${icon('unlocked')} plain: without TLS</li>
    <li><span aria-hidden="true">●</span> healthy <span aria-hidden="true">▲</span> degraded <span aria-hidden="true">✕</span> failing <span aria-hidden="true">○</span> idle</li>
    <li>A line is as thick as its traffic, in steps of ten: 1, 10, 100 per second.</li>
    <li>Numbers are what the Envoys counted in the last ten seconds; p99 is the time that 99 of 100 requests took at most.</li>
  </ul>
  <h3>Certificates</h3>
  <p>In use: <span data-text="certificates"></span></p>
  <span class="buttons">${button({ do: 'rotate' }, 'rotate all', 'Every identity gets a new key and certificate. Nothing to undo.')}</span>
  <p class="hint"><b>rotate all</b>: every identity gets a new key and certificate, used from the next connection on. Nothing to undo: the old ones stay valid.</p>
</section>`;

const sample = (how: string): Html =>
  html`<svg class="inline" viewBox="0 0 40 16" width="40" height="16" aria-hidden="true"><g class="edge ${how}" data-health="healthy" data-width="2"><path class="line" d="M0 8H30"/><path class="head" d="M40 8L30 13L30 3Z"/></g></svg>`;
