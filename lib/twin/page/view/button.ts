import type { Control } from '../control.js';
import { type Html, html } from '../html.js';

/** A button that does something, with what it does and how to undo it for those who ask before they press. */
export const button = (control: Control, text: string, effect: string, enabled = ''): Html =>
  html`<button type="button" data-do="${JSON.stringify(control)}" data-enabled="${enabled}" title="${effect}">${text}</button>`;
