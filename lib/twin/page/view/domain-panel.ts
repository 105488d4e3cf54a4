import { type Html, html } from '../html.js';
import type { Level } from '../levels.js';
import type { Box, Edge, Topology } from '../topology.js';
import { many, short } from '../words.js';
import { panel } from './panel.js';

/** Panels of what only coarser pictures have: domains, and arrows that stand for several calls. */
export function domainPanels(declared: Topology, levels: readonly Level[]): Html[] {
  const known = new Set([...declared.boxes, ...declared.edges].map(({ id }) => id));
  const unknown = <T extends { readonly id: string }>(all: readonly T[]): T[] => {
    const found = all.filter(({ id }) => !known.has(id));
    for (const { id } of found) known.add(id);
    return found;
  };
  return levels.flatMap(({ topology }) => [...unknown(topology.boxes).map(ofDomain), ...unknown(topology.edges).map(ofCalls)]);
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
    many(members.length, 'call'),
    html`<table><tbody>${members.map(
      (member) => html`<tr data-state="${member}"><th scope="row">${link(member, member.split('>').map(short).join(' → '))}</th>
        <td class="state" data-text="${member}#state"></td><td class="number right" data-text="${member}#per"></td></tr>`,
    )}</tbody></table>`,
  );
