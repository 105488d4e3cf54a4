export interface Selection {
  readonly current: string;
  /** Shows this box's or arrow's details; nothing is selected by `''`. */
  select(id: string, focus?: boolean): void;
}

/** What is selected is in the address, beside the token, so that the back button and a reload keep it. */
export function attachSelection(page: HTMLElement): Selection {
  const panels = [...page.querySelectorAll<HTMLElement>('[data-panel]')];
  const known = new Set(panels.map(({ dataset }) => dataset['panel']!));
  let current = '';

  const show = (id: string): void => {
    current = known.has(id) ? id : '';
    for (const panel of panels) panel.hidden = panel.dataset['panel'] !== current;
    for (const link of page.querySelectorAll<HTMLElement>('[data-at]')) {
      if (link.dataset['at'] === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const lit = current === '' ? undefined : pathsThrough(page, current);
    page.classList.toggle('selected', lit !== undefined);
    for (const part of page.querySelectorAll<HTMLElement>('[data-part]'))
      part.classList.toggle('lit', lit?.has(part.dataset['part']!) ?? false);
  };

  const fromAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('at') ?? '';
  const select = (id: string, focus = false): void => {
    const address = new URLSearchParams(location.hash.slice(1));
    if (id === '') address.delete('at');
    else address.set('at', id);
    if ((address.get('at') ?? '') !== fromAddress()) history.pushState(null, '', `#${address}`);
    show(id);
    const panel = panels.find(({ hidden }) => !hidden);
    if (focus) panel?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    if (focus && panel !== undefined) panel.scrollIntoView({ block: 'nearest' });
  };

  page.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-at]');
    if (link === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    select(link.dataset['at']!, true);
  });
  addEventListener('popstate', () => show(fromAddress()));
  show(fromAddress());
  return {
    get current() {
      return current;
    },
    select,
  };
}

/** The box or arrow, with all that leads to it and all that it leads to. */
function pathsThrough(page: HTMLElement, id: string): Set<string> {
  const edges = [...page.querySelectorAll<HTMLElement>('.graph.right .plate')].map(({ dataset }) => ({
    id: dataset['part']!,
    from: dataset['from']!,
    to: dataset['to']!,
  }));
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
  const edge = edges.find((each) => each.id === id);
  lit.add(edge?.from ?? id).add(edge?.to ?? id);
  follow(edge?.from ?? id, 'to', 'from');
  follow(edge?.to ?? id, 'from', 'to');
  return lit;
}
