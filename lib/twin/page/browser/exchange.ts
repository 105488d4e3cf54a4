/** Puts a panel in the place of its older edition. Its fields keep what was typed; the focus stays at what is the same in both, else goes to the heading. */
export function exchange(old: HTMLElement, next: HTMLElement): void {
  next.hidden = old.hidden;
  const typed = new Map([...old.querySelectorAll('input')].map((input) => [input.name, input.value]));
  for (const input of next.querySelectorAll('input')) input.value = typed.get(input.name) ?? input.value;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(next);
  if (focused === null) return;
  const key = keyOf(focused);
  const same = [...next.querySelectorAll<HTMLElement>('a, button, input, pre, h2')].find((each) => keyOf(each) === key);
  (same ?? next.querySelector<HTMLElement>('h2'))?.focus({ preventScroll: true });
}

/** What tells a button, a link or a field from all others of its panel. */
const keyOf = (element: Element): string =>
  [element.tagName, ...['data-do', 'data-at', 'data-copy', 'name', 'type'].map((name) => element.getAttribute(name) ?? '')].join('\n');
