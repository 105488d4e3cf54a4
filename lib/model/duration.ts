/** A length of time: `'250ms'`, `'2s'`, `'1.5m'`, `'1h'`. More than zero, at most 24 hours, in whole milliseconds. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const day = 24 * units.h;

/** @returns milliseconds; undefined where the text is no duration. */
export function parseDuration(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const [, whole, part = '', unit] = /^(\d+)(?:\.(\d+))?(ms|s|m|h)$/.exec(text) ?? [];
  if (whole === undefined || unit === undefined) return undefined;
  // Whole numbers until the end: 1.005 × 1000 is a little less than 1005.
  const milliseconds = (Number(whole + part) * units[unit as keyof typeof units]) / 10 ** part.length;
  return Number.isInteger(milliseconds) && milliseconds > 0 && milliseconds <= day ? milliseconds : undefined;
}

/** Milliseconds as people write them: `250ms`, `2s`, `1.5s`. */
export function showDuration(milliseconds: number): Duration {
  if (milliseconds >= units.h && milliseconds % units.h === 0) return `${milliseconds / units.h}h`;
  if (milliseconds >= units.m && milliseconds % units.m === 0) return `${milliseconds / units.m}m`;
  if (milliseconds >= units.s && milliseconds % 100 === 0) return `${milliseconds / units.s}s`;
  return `${milliseconds}ms`;
}
