import type { Architecture, Service, Version } from '../../../model/architecture/index.js';
import type { Instance } from '../../instance.js';
import { mostInstances } from '../crew.js';
import { type Html, html } from '../html.js';
import { button } from './button.js';

/** How much slower a button makes an instance: beyond a timeout of 300 ms, within one of 1 s. */
const slower = 500;

/** Whether it makes a difference in which zone its instances are: to those who ask it, or to whom they ask. */
export type Zones = 'callers' | 'callees' | 'none';

export function zonesMatter({ name, zones }: Service, { services, calls }: Architecture): Zones {
  if (zones === 'prefer-own') return 'callers';
  const near = services.filter((service) => service.zones === 'prefer-own').map((service) => service.name);
  return calls.some(({ from, to }) => from === name && near.includes(to)) ? 'callees' : 'none';
}

/** The instances of each version, how many they are, and what can be done to all and to each. */
export function instances({ name, versions }: Service, own: readonly Instance[], zones: Zones): Html {
  const onDemand = own.every((instance) => instance.isOnDemand);
  return html`<h3>Instances</h3>
    ${versions.map((version) => {
      const ofVersion = own.filter((instance) => instance.version.id === version.id);
      return html`${onDemand ? undefined : crew(version, versions.length > 1 ? (version.name ?? version.id) : name)}${ofVersion.map((instance) => row(instance, zones))}`;
    })}
    ${onDemand ? html`<p class="hint">run once: ${own.some(({ isOwn }) => isOwn) ? 'its program runs, to its end.' : 'it makes its declared calls once.'}</p>` : effects(own, zones)}`;
}

/** How many there are of a version, with a button for one more and one for one fewer. */
function crew({ id }: Version, name: string): Html {
  const key = `version/${id}`;
  return html`<div class="instance crew">
    <span><b>${name}</b> <span class="number" data-text="${key}#count"></span></span>
    <span class="buttons" role="group" aria-label="${name}, how many">
      ${button({ do: 'fewer', version: id }, 'one fewer', 'The newest ends as a task does, and nobody loses a request. Undo: one more.', `${key}#fewer`)}
      ${button({ do: 'more', version: id }, 'one more', 'Another instance starts; its callers ask it once it is ready. Undo: one fewer.', `${key}#more`)}
    </span>
  </div>`;
}

function row(instance: Instance, zones: Zones): Html {
  const { name, version, number, zone } = instance;
  const id = `instance/${name}`;
  return html`<div class="instance" data-state="${id}">
    <span><b>${version.name ?? version.service} #${number}</b>${zones === 'none' ? undefined : html` <span class="hint">zone ${zone}</span>`} <span class="state" data-text="${id}#state"></span>${program(instance)}</span>
    <span class="buttons" role="group" aria-label="${name}">${buttons(instance)}</span>
  </div>`;
}

/** Whose answers these are, where it could be either's. */
const program = ({ isOwn, version: { run } }: Instance): Html | undefined =>
  run === undefined
    ? undefined
    : html`<br><span class="hint">${isOwn ? 'your program' : 'a stub stands in for your program'}: <code>${run.command}</code></span>`;

const buttons = (instance: Instance): Html | readonly Html[] =>
  instance.isOnDemand
    ? work(instance)
    : instance.isOwn
      ? [...kill(instance), end(instance)]
      : [...kill(instance), ...harm(instance), end(instance)];

const work = ({ name, isOwn }: Instance): Html =>
  button({ do: 'work', instance: name }, 'run once', isOwn ? 'Its program runs, to its end.' : 'It makes its declared calls once.');

function kill({ name, isOwn }: Instance): readonly Html[] {
  const id = `instance/${name}`;
  const dies = isOwn ? 'Your program is killed, with all that it started.' : 'Its app stops listening and its connections break.';
  return [
    button({ do: 'kill', instance: name }, 'kill', `${dies} Undo: start.`, `${id}#kill`),
    button({ do: 'start', instance: name }, 'start', isOwn ? 'Your program is started again.' : 'Its app listens again.', `${id}#start`),
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

const end = ({ name }: Instance): Html =>
  button(
    { do: 'end', instance: name },
    'stop as a task',
    'It leaves its callers, ends what is under way, then stops for good. Undo: one more.',
    `instance/${name}#end`,
  );

const effects = (own: readonly Instance[], zones: Zones): Html => html`<ul class="hint">
  <li><b>one more</b>: callers ask it once it is ready; ${mostInstances} at most. Undo: <b>one fewer</b>, which ends the newest as a task</li>
  <li><b>kill</b>: its app stops listening; its sidecar says so to callers, who may try another. Undo: <b>start</b></li>
  ${
    own.some(({ isOwn }) => !isOwn)
      ? html`<li><b>slow</b>: each request takes ${slower} ms longer. Undo: <b>heal</b></li>
  <li><b>fail</b>: it answers 503 to everything. Undo: <b>heal</b></li>`
      : undefined
  }
  <li><b>stop as a task</b>: it leaves its callers first, ends what is under way, then stops for good; never the last. Undo: <b>one more</b></li>
  ${own.some(({ isOwn }) => isOwn) ? html`<li>A program of yours can be killed and stopped; only stubs can be slowed and made to fail. A call's <code>faults</code> do that to both.</li>` : undefined}
  ${zones === 'none' ? undefined : html`<li>zone: ${zones === 'callers' ? 'callers ask in their own zone first' : 'it asks in its own zone first, where the callee says so'}; instances stand for a, b and c by turns</li>`}
</ul>`;
