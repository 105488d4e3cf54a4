import { show } from '../problem.js';

/** In words, what is wrong with the name of a header; undefined where nothing is. */
export function headerNameProblem(name: string): string | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name)) return undefined;
  const why = /^\w[\w-]*$/.test(name) ? '; sidecars refuse a request with an underscore there, which some apps read as a hyphen' : '';
  return `${show(name)} cannot name a header here; allowed: letters, digits and hyphens${why}`;
}
