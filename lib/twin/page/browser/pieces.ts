import { asked, type Connection } from './connection.js';
import { exchange } from './exchange.js';

/** What the page tells itself when a piece of it has arrived: its texts are to be put in place. */
export const arrived = 'piece-arrived';

/** Pictures and panels. The page begins with the first of each; the others are asked for when somebody looks at them, and kept. */
export class Pieces {
  private readonly renewing = new Set<string>();
  private readonly coming = new Map<string, Promise<HTMLElement | undefined>>();

  constructor(
    private readonly page: HTMLElement,
    private readonly connection: Connection,
  ) {}

  /** What is shown beside the tables while this is selected; nothing is selected by `''`, nor by what there is not. */
  panel = async (id: string): Promise<HTMLElement> =>
    (await this.piece('panel', id, this.page.querySelector('aside')!)) ?? this.page.querySelector<HTMLElement>('[data-panel]')!;

  picture = async (key: string): Promise<HTMLElement> =>
    (await this.piece('picture', key, this.page.querySelector('[data-pictures]')!)) ??
    this.page.querySelector<HTMLElement>('[data-picture]')!;

  /** Asks again for panels of services whose instances are other ones now. What is focused and what was typed stay. */
  renew(editions: Readonly<Record<string, string>>): void {
    for (const panel of this.page.querySelectorAll<HTMLElement>('[data-panel][data-edition]')) {
      const { of, edition } = panel.dataset;
      if (editions[of!] !== undefined && editions[of!] !== edition) void this.again(panel);
    }
  }

  private async again(panel: HTMLElement): Promise<void> {
    const path = `/panel?of=${encodeURIComponent(panel.dataset['panel']!)}`;
    if (this.renewing.has(path)) return;
    this.renewing.add(path);
    const answer = await asked(this.connection, path);
    const made = document.createElement('template');
    if (answer?.ok) made.innerHTML = await answer.text();
    this.renewing.delete(path);
    const next = made.content.querySelector<HTMLElement>('[data-panel]');
    if (next !== null) exchange(panel, next);
    this.page.dispatchEvent(new Event(arrived));
  }

  private async piece(kind: 'panel' | 'picture', of: string, into: Element): Promise<HTMLElement | undefined> {
    const there = [...into.children].find((each) => (each as HTMLElement).dataset[kind] === of);
    if (there !== undefined) return there as HTMLElement;
    if (of === '') return undefined;
    const path = `/${kind}?of=${encodeURIComponent(of)}`;
    const coming = this.coming.get(path) ?? this.bring(path, into);
    this.coming.set(path, coming);
    return coming.finally(() => this.coming.delete(path));
  }

  private async bring(path: string, into: Element): Promise<HTMLElement | undefined> {
    const answer = await asked(this.connection, path);
    if (!answer?.ok) return undefined;
    into.insertAdjacentHTML('beforeend', await answer.text());
    const piece = into.lastElementChild as HTMLElement;
    piece.hidden = true;
    this.page.dispatchEvent(new Event(arrived));
    return piece;
  }
}
