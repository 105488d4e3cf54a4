/** Markup: text in it was escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Piece = Html | string | number | undefined | readonly Piece[];

/** A template whose values are escaped unless they are markup already; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(strings.reduce((all, text, index) => `${all}${text}${index < values.length ? show(values[index]) : ''}`, ''));
}

function show(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'object') return piece.map(show).join('');
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
