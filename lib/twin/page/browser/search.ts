import { arrived } from './pieces.js';
import { partsOf, type Selection } from './selection.js';

/** Narrows the tables to the rows that have every word, and says how many it hides. */
export function attachSearch(page: HTMLElement, selection: Selection): void {
  const input = page.querySelector<HTMLInputElement>('input[type=search]')!;
  const found = page.querySelector<HTMLElement>('[data-found]')!;
  const rows = [...page.querySelectorAll<HTMLTableRowElement>('tr[data-search]')];

  const search = (): void => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = rows.filter((row) => words.every((word) => row.dataset['search']!.toLowerCase().includes(word)));
    for (const row of rows) row.hidden = !matches.includes(row);
    found.textContent = words.length === 0 ? '' : `${matches.length} of ${rows.length} rows shown; Esc shows all`;
    const boxes = new Set(matches.map((row) => row.dataset['part']));
    page.classList.toggle('searching', words.length > 0);
    for (const { element, id } of partsOf(page)) element.classList.toggle('found', boxes.has(id));
  };

  input.addEventListener('input', search);
  page.addEventListener(arrived, search);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      input.value = '';
      search();
      input.blur();
      event.stopPropagation();
    }
    if (event.key !== 'Enter') return;
    const first = rows.find((row) => !row.hidden)?.dataset['part'];
    if (first !== undefined) selection.select(first, true);
  });
}
