import { type Html, html } from '../html.js';
import { type Layout, layoutsOf } from '../layout.js';
import type { Level } from '../levels.js';
import { graph } from './graph.js';

/** The width of a laptop's page. */
const laptop = 1_240;
/** More than this from top to bottom is a column that nobody reads: a phone has the domains, and the tables. */
const mostNarrow = 15;

/** The pictures of an architecture. Each is laid out when it is first looked at, and kept. */
export class Pictures {
  private readonly drawn = new Map<string, Promise<Html>>();

  private constructor(
    private readonly name: string,
    readonly levels: readonly Level[],
    /** Of all of it, from left to right; undefined where nobody had to look whether that fits. */
    private readonly whole?: Layout,
  ) {}

  /** All of it where that fits; else its domains, each open one, and then all of it, which scrolls. */
  static async of(name: string, levels: readonly Level[]): Promise<Pictures> {
    const all = levels.at(-1)!;
    if (levels.length === 1) return new Pictures(name, levels);
    const [whole] = await layoutsOf([{ topology: all.topology, direction: 'right' }]);
    return new Pictures(name, whole!.width <= laptop ? [all] : levels, whole!);
  }

  /** @returns undefined where there is no such picture */
  async picture(key: string): Promise<Html | undefined> {
    const level = this.levels.find((each) => each.key === key);
    if (level === undefined) return undefined;
    const drawn = this.drawn.get(key) ?? this.draw(level);
    this.drawn.set(key, drawn);
    return drawn;
  }

  /** A picture that has no narrow drawing shows its wide one on a phone, too. */
  private async draw(level: Level): Promise<Html> {
    const { key, word, topology } = level;
    // At the same time: a narrow one is tried in several ways.
    const [layouts, [narrow]] = await Promise.all([
      this.widths(level),
      layoutsOf(topology.boxes.length > mostNarrow ? [] : [{ topology, direction: 'narrow' }]),
    ]);
    return html`<section class="picture${narrow === undefined ? ' single' : ''}" aria-label="graph, ${word}" data-picture="${key}">
    ${graph(this.name, topology, wide(layouts), 'wide')}${narrow === undefined ? undefined : graph(this.name, topology, narrow, 'narrow')}
  </section>`;
  }

  /** All of it is drawn from left to right alone, and may have been already. */
  private async widths(level: Level): Promise<readonly Layout[]> {
    const { topology } = level;
    if (level !== this.levels.at(-1))
      return layoutsOf([
        { topology, direction: 'right' },
        { topology, direction: 'down' },
      ]);
    return this.whole === undefined ? layoutsOf([{ topology, direction: 'right' }]) : [this.whole];
  }
}

/** From left to right where that fits, or where there is no narrower drawing. */
function wide(layouts: readonly Layout[]): Layout {
  const right = layouts.find(({ direction }) => direction === 'right')!;
  const down = layouts.find(({ direction }) => direction === 'down');
  return down === undefined || right.width <= Math.max(laptop, down.width) ? right : down;
}
