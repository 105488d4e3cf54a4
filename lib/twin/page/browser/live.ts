import type { Changes, Face } from '../sent.js';
import { asked, type Connection } from './connection.js';
import { arrived, type Pieces } from './pieces.js';

const interval = 1_000;
/** How long a twin may take to answer, in milliseconds; 20 is usual. */
const patience = 10_000;

/**
 * Asks for numbers once a second, while the page is seen and not paused. Only texts, states and widths change: nothing moves.
 *
 * @returns what asks at once
 */
export function attachLive(page: HTMLElement, connection: Connection, pieces: Pieces): () => Promise<void> {
  const pause = page.querySelector<HTMLButtonElement>('[data-pause]')!;
  const news = page.querySelector<HTMLElement>('[data-news]')!;
  let before: Readonly<Record<string, string>> | undefined;
  let paused = false;
  let last: Face | undefined;
  let number = 0;
  let asking = Promise.resolve();

  const show = (face: Face): void => {
    for (const each of page.querySelectorAll<HTMLElement>('[data-text]')) write(each, face.texts[keyOf(each)] ?? '');
    for (const each of page.querySelectorAll<HTMLElement>('[data-state]'))
      set(each, 'data-health', face.states[each.dataset['state']!] ?? '');
    for (const each of page.querySelectorAll<SVGElement>('.graph [data-at]')) {
      const id = each.dataset['at']!;
      set(each, 'data-health', face.states[id] ?? '');
      if (each.matches('a')) set(each, 'aria-label', face.labels[id] ?? '');
      else set(each, 'data-width', String(face.widths[id] ?? 0));
    }
    for (const each of page.querySelectorAll<HTMLElement>('[data-bar]')) {
      set(each, 'width', String((Number(each.dataset['full']) * (face.widths[each.dataset['bar']!] ?? 0)) / 100));
    }
    for (const each of page.querySelectorAll<HTMLButtonElement>('button[data-enabled]')) {
      const { enabled } = each.dataset;
      // Not `disabled`: a button that loses the focus when it was pressed leaves a keyboard nowhere.
      if (enabled) set(each, 'aria-disabled', String(!(face.enabled[enabled] ?? true)));
    }
    announce(face.states);
  };

  /** Changes of state are read aloud, numbers are not. */
  const announce = (states: Readonly<Record<string, string>>): void => {
    const changed = Object.entries(states).filter(
      ([key, state]) =>
        key !== 'strip' && !key.includes('>') && before?.[key] !== undefined && before[key] !== state && isNews(before[key], state),
    );
    if (changed.length > 0) write(news, changed.map(([key, state]) => `${key.slice(key.indexOf('/') + 1)}: ${state}`).join(', '));
    before = states;
  };

  /** Undefined where there is no answer, where it breaks off, or where it takes too long: old numbers are not to look like new ones. */
  const numbers = async (): Promise<Changes | undefined> => {
    try {
      const answer = await asked(connection, `/live?since=${number}`, undefined, AbortSignal.timeout(patience));
      return answer?.ok ? ((await answer.json()) as Changes) : undefined;
    } catch {
      return undefined;
    }
  };

  const showAway = (): void => {
    write(page.querySelector('[data-text="strip"]')!, 'the twin does not answer; the numbers are its last');
    write(page.querySelector('[data-text="strip/glyph"]')!, '✕');
    set(page.querySelector('[data-state="strip"]')!, 'data-health', 'failing');
  };

  const ask = async (): Promise<void> => {
    const answer = await numbers();
    page.classList.toggle('stale', answer === undefined);
    if (answer === undefined) return showAway();
    const { face, since, ...changes } = answer;
    ({ number } = changes);
    last = since === undefined ? merged(nothing, face) : merged(last ?? nothing, face);
    show(last);
    pieces.renew(last.editions);
  };
  /** One after the other: each builds on the one before. */
  const refresh = (): Promise<void> => {
    asking = asking.then(ask);
    return asking;
  };

  page.addEventListener(arrived, () => last !== undefined && show(last));
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? 'go on' : 'pause';
    page.classList.toggle('paused', paused);
  });
  void (async () => {
    for (;;) {
      if (!paused && !document.hidden) await refresh();
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  })();
  return refresh;
}

const nothing: Face = { texts: {}, states: {}, widths: {}, labels: {}, enabled: {}, editions: {} };

const merged = (face: Face, changes: Partial<Face>): Face => ({
  texts: { ...face.texts, ...changes.texts },
  states: { ...face.states, ...changes.states },
  widths: { ...face.widths, ...changes.widths },
  labels: { ...face.labels, ...changes.labels },
  enabled: { ...face.enabled, ...changes.enabled },
  editions: { ...face.editions, ...changes.editions },
});

/** Traffic that begins or ends is no news, trouble is. */
const isNews = (before: string, now: string): boolean => [before, now].some((state) => state === 'degraded' || state === 'failing');

/** In the graph, which has most of them, a text's key begins at what it stands in. */
function keyOf(element: HTMLElement): string {
  const key = element.dataset['text']!;
  return key.startsWith('#') ? `${element.closest<HTMLElement>('[data-at]')!.dataset['at']}${key}` : key;
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function set(element: Element, attribute: string, value: string): void {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}
