import type { Service } from '../../../model/architecture/index.js';
import { showSplit } from '../../../review/wording.js';
import type { Instance } from '../../instance.js';
import { type Html, html } from '../html.js';
import { button } from './button.js';

/** How much slower a button makes an instance: beyond a timeout of 300 ms, within one of 1 s. */
const slower = 500;

/** Its instances, each with what can be done to it. */
export function instances(own: readonly Instance[]): Html {
  const onDemand = own.every((instance) => instance.isOnDemand);
  return html`<h3>Instances</h3>
    ${own.map((instance) => {
      const id = `instance/${instance.name}`;
      return html`<div class="instance" data-state="${id}">
        <span><b>${instance.version.name ?? instance.version.service} #${instance.number}</b> <span class="state" data-text="${id}#state"></span></span>
        <span class="buttons" role="group" aria-label="${instance.name}">${buttons(instance)}</span>
      </div>`;
    })}
    ${onDemand ? html`<p class="hint">run once: ${own.some(({ isOwn }) => isOwn) ? 'its program runs, to its end.' : 'it makes its declared calls once.'}</p>` : effects(own)}`;
}

const buttons = (instance: Instance): Html | readonly Html[] =>
  instance.isOnDemand ? work(instance) : instance.isOwn ? kill(instance) : [...kill(instance), ...harm(instance)];

const work = ({ name, isOwn }: Instance): Html =>
  button({ do: 'work', instance: name }, 'run once', isOwn ? 'Its program runs, to its end.' : 'It makes its declared calls once.');

function kill({ name }: Instance): readonly Html[] {
  const id = `instance/${name}`;
  return [
    button({ do: 'kill', instance: name }, 'kill', 'Its app stops listening and its connections break. Undo: start.', `${id}#kill`),
    button({ do: 'start', instance: name }, 'start', 'Its app listens again.', `${id}#start`),
  ];
}

/** To stubs alone: a program answers as it answers. */
function harm({ name }: Instance): readonly Html[] {
  const id = `instance/${name}`;
  return [
    button(
      { do: 'slow', instance: name, milliseconds: slower },
      'slow',
      `Each request takes ${slower} ms longer. Undo: heal.`,
      `${id}#slow`,
    ),
    button({ do: 'fail', instance: name, status: 503 }, 'fail', 'It answers 503 to every request. Undo: heal.', `${id}#fail`),
    button({ do: 'heal', instance: name }, 'heal', 'It answers at once, and well.', `${id}#heal`),
  ];
}

const effects = (own: readonly Instance[]): Html => html`<ul class="hint">
  <li><b>kill</b>: its app stops listening; its sidecar says so to callers, who may try another. Undo: <b>start</b></li>
  ${
    own.some(({ isOwn }) => !isOwn)
      ? html`<li><b>slow</b>: each request takes ${slower} ms longer. Undo: <b>heal</b></li>
  <li><b>fail</b>: it answers 503 to everything. Undo: <b>heal</b></li>`
      : undefined
  }
  ${own.some(({ isOwn }) => isOwn) ? html`<li>A program of yours can be killed; only stubs can be slowed and made to fail. A call's <code>faults</code> do that to both.</li>` : undefined}
</ul>`;

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
