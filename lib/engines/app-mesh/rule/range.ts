/** In words, where a number is not a whole one between two others, both included. */
export const between = (what: string, value: number, least: number, most: number): string[] =>
  Number.isInteger(value) && value >= least && value <= most ? [] : [`${what} is ${value}; allowed: ${least} to ${most}`];

/** In words, where a number is not a whole one of at least so much. */
export const atLeast = (what: string, value: number, least: number): string[] =>
  Number.isInteger(value) && value >= least ? [] : [`${what} is ${value}; allowed: ${least} or more`];
