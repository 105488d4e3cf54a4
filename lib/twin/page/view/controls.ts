import type { Service } from '../../../model/architecture/index.js';
import { showSplit } from '../../../review/wording.js';
import { type Html, html } from '../html.js';
import { button } from './button.js';

/** How its requests split over its versions, with weights to change. */
export function split(service: Service): Html {
  const { name, versions, traffic } = service;
  const weightOf = (id: string): number => traffic.find(({ version }) => version === id)?.weight ?? 0;
  return html`<h3>Traffic</h3>
    <form data-shift="${name}">
      ${versions.map(
        (version) => html`<label><span>${version.name ?? version.id}</span>
          <input type="number" name="${version.id}" min="0" max="1000" step="1" value="${weightOf(version.id)}" inputmode="numeric" required>
          <span>now <span class="number" data-text="version/${version.id}#share"></span></span></label>`,
      )}
      <span class="buttons"><button type="submit" title="Every caller splits by these weights. Undo: back to declared.">shift</button>
      ${button({ do: 'unshift', service: name }, 'back to declared', `Every caller splits ${showSplit(traffic, service)}.`)}</span>
    </form>
    <p class="hint"><b>shift</b>: every caller splits by these weights at once, and no connection is closed; rules that name a version stay.
      Undo: <b>back to declared</b>, ${showSplit(traffic, service)}</p>`;
}
