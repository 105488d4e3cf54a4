import { type Html, html } from '../html.js';
import type { BoxKind } from '../topology.js';

/** Strokes in a square of 16: what a kind of box looks like, besides its shape and its word. */
const strokes: Readonly<Record<BoxKind | 'unlocked', string>> = {
  clients: 'M8 7.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 14.5c.5-3.2 2.9-5 6-5s5.5 1.8 6 5',
  gateway: 'M1.5 8h8.5M7 5l3 3-3 3M9 2h5v12H9',
  service: 'M8 1.5 14 4.8v6.4l-6 3.3-6-3.3V4.8ZM2 4.8l6 3.3 6-3.3M8 8.100v6.4',
  worker: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 4.5V8l2.6 1.6',
  domain: 'M1.5 1.5h5.5v5.5h-5.5ZM9 1.5h5.5v5.5H9ZM1.5 9h5.5v5.5h-5.5ZM9 9h5.5v5.5H9Z',
  external: 'M4.5 13a3.200 3.200 0 0 1-.4-6.4 4.200 4.200 0 0 1 8-.6A3.5 3.5 0 0 1 11.8 13Z',
  unlocked: 'M3.5 7.5h9v7h-9ZM5.5 7.5V4.8a2.5 2.5 0 0 1 4.8-1',
};

/** Drawn inside an SVG, its corner at the origin. */
export const glyphOf = (kind: BoxKind | 'unlocked'): Html => html`<path class="icon" d="${strokes[kind]}"/>`;

/** As an image beside a text that says the same. */
export const icon = (kind: BoxKind | 'unlocked'): Html =>
  html`<svg class="inline" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${glyphOf(kind)}</svg>`;
