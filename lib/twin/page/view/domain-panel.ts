import { count } from '../../../count.js';
import { type Html, html } from '../html.js';
import type { Level } from '../levels.js';
import type { Box, Edge } from '../topology.js';
import { short } from '../words.js';
import { panel } from './panel.js';

/** The details of what only coarser pictures have: a domain, or an arrow that stands for several calls. */
export function domainPanel(levels: readonly Level[], id: string): Html | undefined {
  const box = levels.flatMap(({ topology }) => topology.boxes).find((each) => each.id === id);
  if (box !== undefined) return ofDomain(box);
  const edge = levels.flatMap(({ topology }) => topology.edges).find((each) => each.id === id);
  return edge === undefined ? undefined : ofCalls(edge);
}

const link = (id: string, text: string): Html => html`<a href="#at=${encodeURIComponent(id)}" data-at="${id}">${text}</a>`;

const ofDomain = ({ id, name, word, members }: Box): Html =>
  panel(
    id,
    'domain',
    name,
    word,
    html`<p><a href="#view=${encodeURIComponent(id)}" data-view="${id}">open it in the graph</a></p>
      <ul>${members.map((member) => html`<li>${link(member, short(member))} <span class="state" data-text="${member}#state"></span></li>`)}</ul>`,
  );

const ofCalls = ({ id, from, to, members }: Edge): Html =>
  panel(
    id,
    undefined,
    `${short(from)} → ${short(to)}`,
    count(members.length, 'call'),
    html`<table><tbody>${members.map(
      (member) => html`<tr data-state="${member}"><th scope="row">${link(member, member.split('>').map(short).join(' → '))}</th>
        <td class="state" data-text="${member}#state"></td><td class="number right" data-text="${member}#per"></td></tr>`,
    )}</tbody></table>`,
  );
