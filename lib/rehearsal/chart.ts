/** A series of amounts, one for each stretch of time. */
export interface Series {
  readonly name: string;
  readonly amounts: readonly number[];
}

const bars = '▁▂▃▄▅▆▇█';
/** Columns of one chart: more would not fit beside its name. */
const widest = 60;

/** How long one column is, in milliseconds: whole seconds. */
export const columnOf = (duration: number): number => Math.ceil(duration / 1_000 / widest) * 1_000;

/** @param points when something happened, and how much of it @returns how much there was in each column; what came after the end is in the last */
export function bucketed(points: readonly { readonly at: number; readonly by: number }[], duration: number): number[] {
  const column = columnOf(duration);
  const amounts = new Array<number>(Math.ceil(duration / column)).fill(0);
  for (const { at, by } of points) amounts[Math.min(amounts.length - 1, Math.floor(at / column))]! += by;
  return amounts;
}

/** Charts of one line each, over one axis of time; nothing at all is the lowest bar, and anything is above it. */
export function charts(series: readonly Series[], duration: number): string[] {
  if (series.length === 0) return [];
  const width = Math.max(...series.map(({ name }) => name.length));
  return [
    ...series.map(({ name, amounts }) => `${name.padEnd(width)}  ${line(amounts)}  most ${Math.max(...amounts)}`),
    `${' '.repeat(width)}  ${axis(duration)}`,
  ];
}

function line(amounts: readonly number[]): string {
  const most = Math.max(1, ...amounts);
  return amounts.map((amount) => bars[Math.ceil((amount / most) * (bars.length - 1))]).join('');
}

/** `0         10        20        30 s`: a label every ten columns, and the end. */
function axis(duration: number): string {
  const column = columnOf(duration);
  const end = `${duration / 1_000} s`;
  let text = '';
  const columns = Math.ceil(duration / column);
  for (let at = 0; at < columns - 2; at += 10) text = `${text.padEnd(at)}${(at * column) / 1_000}`;
  return `${text.padEnd(columns - 1)} ${end}`;
}
