import type { Selection } from './selection.js';

/** `/` searches, `?` explains, Escape clears; in the graph, which is one stop of the Tab key, arrows go along the calls. */
export function attachKeyboard(page: HTMLElement, selection: Selection): void {
  const input = page.querySelector<HTMLInputElement>('input[type=search]')!;
  const dialog = page.querySelector<HTMLDialogElement>('dialog')!;
  page.querySelector('[data-help]')!.addEventListener('click', () => dialog.showModal());

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = (event.target as Element).matches('input, textarea, select');
    if (event.key === '/' && !writing) {
      event.preventDefault();
      input.focus();
    } else if (event.key === '?' && !writing) dialog.showModal();
    else if (event.key === 'Escape' && !dialog.open) selection.select('');
  });

  page.addEventListener('keydown', (event) => {
    const graph = (event.target as Element).closest<SVGElement>('.graph');
    if (graph !== null) walk(graph, event);
  });
}

type Box = SVGElement & { readonly dataset: DOMStringMap };

function walk(graph: SVGElement, event: KeyboardEvent): void {
  const boxes = [...graph.querySelectorAll<Box>('.box')];
  const edges = [...graph.querySelectorAll<SVGElement>('.plate')].map(({ dataset }) => ({ from: dataset['from']!, to: dataset['to']! }));
  const down = graph.dataset['direction'] !== 'right';
  const middle = (box: Box): { x: number; y: number } => {
    const { x, y, width, height } = box.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const far = (one: Box, other: Box): number => Math.hypot(middle(one).x - middle(other).x, middle(one).y - middle(other).y);
  const nearest = (box: Box, among: readonly Box[]): Box | undefined =>
    [...among].filter((each) => each !== box).sort((one, other) => far(box, one) - far(box, other))[0];

  const along = (box: Box, near: 'from' | 'to', other: 'from' | 'to'): Box | undefined => {
    const ids = edges.filter((edge) => edge[near] === box.dataset['at']).map((edge) => edge[other]);
    return nearest(
      box,
      boxes.filter(({ dataset }) => ids.includes(dataset['at']!)),
    );
  };
  /** Those of the same layer, else whatever lies on that side. */
  const beside = (box: Box, sign: 1 | -1): Box | undefined => {
    const across = down ? 'x' : 'y';
    const layer = down ? 'y' : 'x';
    const there = boxes.filter((each) => (middle(each)[across] - middle(box)[across]) * sign > 1);
    const same = there.filter((each) => Math.abs(middle(each)[layer] - middle(box)[layer]) < 40);
    return nearest(box, same.length > 0 ? same : there);
  };

  const box = (event.target as Element).closest<Box>('.box');
  if (box === null) return;
  const ways: Readonly<Record<string, () => Box | undefined>> = {
    ArrowRight: () => along(box, 'from', 'to'),
    ArrowLeft: () => along(box, 'to', 'from'),
    ArrowDown: () => beside(box, 1),
    ArrowUp: () => beside(box, -1),
  };
  const way = ways[event.key];
  if (way === undefined) return;
  event.preventDefault();
  const next = way();
  if (next === undefined) return;
  for (const each of boxes) each.setAttribute('tabindex', each === next ? '0' : '-1');
  next.focus();
}
