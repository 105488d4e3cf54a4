export interface Selection {
  /** Shows this box's or arrow's details; nothing is selected by `''`. */
  select(id: string, focus?: boolean): void;
}

/** What is selected, and the picture it is seen in, are in the address beside the token, so that the back button and a reload keep them. */
export function attachSelection(page: HTMLElement): Selection {
  const panels = [...page.querySelectorAll<HTMLElement>('[data-panel]')];
  const pictures = [...page.querySelectorAll<HTMLElement>('[data-picture]')];
  const known = new Set(panels.map(({ dataset }) => dataset['panel']!));

  const show = (id: string, view: string): void => {
    const current = known.has(id) ? id : '';
    const seen = pictures.find(({ dataset }) => dataset['picture'] === view) ?? pictures[0]!;
    for (const picture of pictures) picture.hidden = picture !== seen;
    for (const panel of panels) panel.hidden = panel.dataset['panel'] !== current;
    mark('[data-at]', (link) => link.dataset['at'] === current);
    mark('[data-view]', (link) => link.dataset['view'] === seen.dataset['picture']);
    const lit = current === '' ? undefined : new Set([...pathsThrough(pictures.at(-1)!, current), ...pathsThrough(seen, current)]);
    page.classList.toggle('selected', lit !== undefined);
    for (const part of partsOf(page)) part.element.classList.toggle('lit', lit?.has(part.id) ?? false);
  };
  const mark = (selector: string, is: (link: HTMLElement) => boolean): void => {
    for (const link of page.querySelectorAll<HTMLElement>(selector)) {
      if (is(link)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };

  const address = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));
  const fromAddress = (): void => show(address().get('at') ?? '', address().get('view') ?? '');
  const go = (key: 'at' | 'view', value: string): void => {
    const next = address();
    if (value === '') next.delete(key);
    else next.set(key, value);
    if (next.toString() !== address().toString()) history.pushState(null, '', `#${next}`);
    fromAddress();
  };
  const select = (id: string, focus = false): void => {
    go('at', id);
    const panel = panels.find(({ hidden }) => !hidden);
    if (focus) panel?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    if (focus && panel !== undefined) panel.scrollIntoView({ block: 'nearest' });
  };

  page.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-at], [data-view]');
    if (link === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { at, view } = link.dataset;
    if (at !== undefined) select(at, true);
    else go('view', view!);
  });
  addEventListener('popstate', fromAddress);
  fromAddress();
  return { select };
}

/** Everything on the page that is a box or an arrow: in pictures, and as rows. */
export function partsOf(page: HTMLElement): { readonly element: HTMLElement; readonly id: string }[] {
  const elements = [...page.querySelectorAll<HTMLElement>('[data-part], .graph [data-at]')];
  return elements.map((element) => ({ element, id: (element.dataset['part'] ?? element.dataset['at'])! }));
}

/** The box or arrow as this picture has it, with all that leads to it and all that it leads to. */
function pathsThrough(picture: HTMLElement, id: string): Set<string> {
  const parts = [...picture.querySelector('.graph')!.querySelectorAll<SVGElement>('a')];
  const edges = parts.flatMap(({ dataset }) =>
    dataset['from'] === undefined ? [] : [{ id: dataset['at']!, from: dataset['from'], to: dataset['to']! }],
  );
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
  const wanted = membersOf(document.querySelector<SVGElement>(`.graph a[data-at="${CSS.escape(id)}"]`)) ?? [id];
  // What is selected may be finer or coarser than this picture.
  for (const part of parts.filter((each) => membersOf(each)!.some((member) => wanted.includes(member)))) {
    const at = part.dataset['at']!;
    const { from = at, to = at } = edges.find((each) => each.id === at) ?? {};
    for (const each of [at, from, to]) lit.add(each);
    follow(from, 'to', 'from');
    follow(to, 'from', 'to');
  }
  return lit;
}

const membersOf = (part: SVGElement | null): readonly string[] | undefined =>
  part === null ? undefined : (part.dataset['members'] ?? part.dataset['at']!).split(' ');
