import type { Pieces } from './pieces.js';

export interface Selection {
  /** Shows this box's or arrow's details; nothing is selected by `''`. */
  select(id: string, focus?: boolean): void;
}

/** What is selected, and the picture it is seen in, are in the address beside the token, so that the back button and a reload keep them. */
export function attachSelection(page: HTMLElement, pieces: Pieces): Selection {
  const address = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

  const show = async (focus = false): Promise<void> => {
    const asked = location.hash;
    const [panel, picture] = await Promise.all([pieces.panel(address().get('at') ?? ''), pieces.picture(address().get('view') ?? '')]);
    if (location.hash !== asked) return; // somebody went on meanwhile
    for (const each of page.querySelectorAll<HTMLElement>('[data-picture]')) each.hidden = each !== picture;
    const current = panel.dataset['panel']!;
    // By its name: meanwhile a newer edition may have taken its place.
    const panels = [...page.querySelectorAll<HTMLElement>('[data-panel]')];
    for (const each of panels) each.hidden = each.dataset['panel'] !== current;
    mark('[data-at]', (link) => link.dataset['at'] === current);
    mark('[data-view]', (link) => link.dataset['view'] === picture.dataset['picture']);
    const lit =
      current === ''
        ? undefined
        : new Set([...pathsThrough(declared(page), page, current), ...pathsThrough(drawn(picture), page, current)]);
    page.classList.toggle('selected', lit !== undefined);
    for (const part of partsOf(page)) part.element.classList.toggle('lit', lit?.has(part.id) ?? false);
    if (!focus) return;
    const shown = panels.find((each) => !each.hidden);
    shown?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    shown?.scrollIntoView({ block: 'nearest' });
  };
  const mark = (selector: string, is: (link: HTMLElement) => boolean): void => {
    for (const link of page.querySelectorAll<HTMLElement>(selector)) {
      if (is(link)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };

  const go = (key: 'at' | 'view', value: string, focus = false): void => {
    const next = address();
    if (value === '') next.delete(key);
    else next.set(key, value);
    if (next.toString() !== address().toString()) history.pushState(null, '', `#${next}`);
    void show(focus);
  };
  const select = (id: string, focus = false): void => go('at', id, focus);

  page.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-at], [data-view]');
    if (link === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { at, view } = link.dataset;
    if (at !== undefined) select(at, true);
    else go('view', view!);
  });
  addEventListener('popstate', () => void show());
  void show();
  return { select };
}

/** Everything on the page that is a box or an arrow: in pictures, and as rows. */
export function partsOf(page: HTMLElement): { readonly element: HTMLElement; readonly id: string }[] {
  const elements = [...page.querySelectorAll<HTMLElement>('[data-part], .graph [data-at]')];
  return elements.map((element) => ({ element, id: (element.dataset['part'] ?? element.dataset['at'])! }));
}

/** A box, or an arrow from one to another, with the declared ones that it stands for. */
interface Part {
  readonly id: string;
  readonly ends: readonly [from: string, to: string] | undefined;
  readonly members: readonly string[];
}

/** The tables have a row for each that is declared. An arrow's id is its ends. */
const declared = (page: HTMLElement): Part[] =>
  [...page.querySelectorAll<HTMLElement>('tr[data-part]')].map(({ dataset }) => {
    const id = dataset['part']!;
    const [from = id, to] = id.split('>');
    return { id, ends: to === undefined ? undefined : [from, to], members: [id] };
  });

const drawn = (picture: HTMLElement): Part[] =>
  [...picture.querySelector('.graph')!.querySelectorAll<SVGElement>('a')].map((link) => {
    const { at, from, to } = link.dataset;
    return { id: at!, ends: from === undefined ? undefined : [from, to!], members: membersOf(link) };
  });

const membersOf = ({ dataset }: SVGElement): readonly string[] => (dataset['members'] ?? dataset['at']!).split(' ');

/** The box or arrow as it is among these, with all that leads to it and all that it leads to. What is selected may be finer or coarser than they are. */
function pathsThrough(parts: readonly Part[], page: HTMLElement, id: string): Set<string> {
  const edges = parts.flatMap(({ id, ends }) => (ends === undefined ? [] : [{ id, from: ends[0], to: ends[1] }]));
  const lit = new Set([id]);
  const follow = (box: string, near: 'from' | 'to', far: 'from' | 'to'): void => {
    for (const edge of edges) {
      if (edge[near] !== box || lit.has(edge.id)) continue;
      lit.add(edge.id);
      if (lit.has(edge[far])) continue;
      lit.add(edge[far]);
      follow(edge[far], near, far);
    }
  };
  const selected = page.querySelector<SVGElement>(`.graph a[data-at="${CSS.escape(id)}"]`);
  const wanted = selected === null ? [id] : membersOf(selected);
  for (const part of parts.filter(({ members }) => members.some((member) => wanted.includes(member)))) {
    const [from, to] = part.ends ?? [part.id, part.id];
    for (const each of [part.id, from, to]) lit.add(each);
    follow(from, 'to', 'from');
    follow(to, 'from', 'to');
  }
  return lit;
}
