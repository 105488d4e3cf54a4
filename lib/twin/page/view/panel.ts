import type { Instance } from '../../instance.js';
import { editionsOf } from '../edition.js';
import { type Html, html } from '../html.js';
import type { Box, BoxKind, Edge } from '../topology.js';
import { icon } from './icon.js';

/** Whose instances a panel is about, and which those are. */
export interface Edition {
  /** A service's box. */
  readonly of: string;
  readonly is: string;
}

/** @returns undefined for what is no service */
export function editionOf(id: string, instances: readonly Instance[]): Edition | undefined {
  const is = editionsOf(instances.map(({ name, version }) => ({ name, service: version.service })))[id];
  return is === undefined ? undefined : { of: id, is };
}

/** What the page shows beside the tables when something is selected. */
export const panel = (
  id: string,
  kind: BoxKind | undefined,
  title: string,
  word: string,
  body: Html,
  edition?: Edition,
): Html => html`<section class="panel" data-panel="${id}" data-state="${id}"${edition === undefined ? undefined : html` data-of="${edition.of}" data-edition="${edition.is}"`}>
  <h2 tabindex="-1">${kind === undefined ? undefined : icon(kind)}${title} <small>${word}</small></h2>
  <p class="state" data-text="${id}#state"></p>
  ${body}
</section>`;

/** What is called, and what calls: links to the panels of both ends. */
export function neighbours(box: Box, edges: readonly Edge[], name: (id: string) => string): Html {
  const links = (found: readonly Edge[], end: 'from' | 'to'): Html =>
    found.length === 0
      ? html`nobody`
      : html`${found.map((edge, index) => html`${index === 0 ? '' : ', '}<a href="#at=${encodeURIComponent(edge.id)}" data-at="${edge.id}">${name(edge[end])}</a>`)}`;
  const into = edges.filter(({ to }) => to === box.id);
  const out = edges.filter(({ from }) => from === box.id);
  return html`<dl>
    <dt>called by</dt><dd>${links(into, 'from')}</dd>
    <dt>calls</dt><dd>${links(out, 'to')}</dd>
  </dl>`;
}

/** A line to paste, with a button that copies it. */
export const command = (line: string): Html =>
  html`<div class="command"><pre tabindex="0">${line}</pre><button type="button" data-copy="${line}">copy</button></div>`;
