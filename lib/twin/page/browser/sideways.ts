/** Says so where the picture that is shown has more at its sides than fits: a phone shows no scroll bar. */
export function attachSideways(page: HTMLElement): void {
  const pictures = page.querySelector<HTMLElement>('[data-pictures]')!;
  const hint = page.querySelector<HTMLElement>('[data-sideways]')!;
  new ResizeObserver(() => {
    const shown = pictures.querySelector<HTMLElement>('[data-picture]:not([hidden])');
    hint.hidden = shown === null || shown.scrollWidth <= shown.clientWidth;
  }).observe(pictures);
}
