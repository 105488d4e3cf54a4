import { type Html, html } from '../html.js';
import type { Box, Edge, Topology } from '../topology.js';
import { securityWord, short } from '../words.js';
import { icon } from './icon.js';

/** Everything that the graph says, as tables: every arrow and every box has a row. */
export const tables = ({ boxes, edges }: Topology): Html => html`
  <section aria-labelledby="calls-heading">
    <h2 id="calls-heading">Calls <span class="count" data-count="calls">${edges.length}</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="calls-heading">
    <table>
      <thead><tr><th scope="col">call</th><th scope="col">state</th><th scope="col">security</th><th scope="col" class="right">per second</th><th scope="col" class="right">failed</th>
        <th scope="col" class="right">refused</th><th scope="col" class="right">p50</th><th scope="col" class="right">p99</th><th scope="col" class="right">retries</th></tr></thead>
      <tbody>${edges.map(edgeRow)}</tbody>
    </table></div>
  </section>
  <section aria-labelledby="boxes-heading">
    <h2 id="boxes-heading">Services and their neighbours <span class="count" data-count="boxes">${boxes.length}</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="boxes-heading">
    <table>
      <thead><tr><th scope="col">name</th><th scope="col">kind</th><th scope="col">state</th><th scope="col">instances</th><th scope="col">traffic</th><th scope="col">domain</th><th scope="col" class="right">denied</th></tr></thead>
      <tbody>${boxes.map(boxRow)}</tbody>
    </table></div>
  </section>`;

const link = (id: string, text: string | Html): Html => html`<a href="#at=${encodeURIComponent(id)}" data-at="${id}">${text}</a>`;

const edgeRow = ({
  id,
  from,
  to,
  security,
}: Edge): Html => html`<tr data-row="calls" data-search="${short(from)} ${short(to)} ${securityWord[security]}" data-state="${id}" data-part="${id}">
  <th scope="row">${link(id, html`${short(from)} → ${short(to)}`)}</th>
  <td class="state" data-text="${id}#state"></td>
  <td>${security === 'plain' ? icon('unlocked') : undefined}${securityWord[security]}</td>
  ${['per', 'failed', 'refused', 'p50', 'p99', 'retries'].map((key) => html`<td class="number ${key}" data-text="${id}#${key}"></td>`)}
</tr>`;

const boxRow = ({
  id,
  kind,
  name,
  word,
  domain,
  versions,
}: Box): Html => html`<tr data-row="boxes" data-search="${name} ${word} ${domain ?? ''}" data-state="${id}" data-part="${id}">
  <th scope="row">${icon(kind)}${link(id, name)}</th><td>${word}</td><td class="state" data-text="${id}#state"></td><td data-text="${id}#instances"></td>
  <td>${versions.map((version, index) => html`${index === 0 ? '' : ', '}${version.name} <span class="number" data-text="version/${version.id}#share"></span>`)}</td>
  <td>${domain}</td>${kind === 'service' ? html`<td class="number" data-text="${id}#denied"></td>` : html`<td></td>`}
</tr>`;
