import type { Architecture } from '../../lib/index.js';
import { type ReviewFile, review } from '../../lib/review/index.js';

export { architecture, gateway, service, worker } from '../checks/build.js';

/** One page of a review. */
export const pageOf = (architecture: Architecture, name: string): string => textOf(review(architecture), name);

export function textOf(files: readonly ReviewFile[], name: string): string {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`the review has no ${name}`);
  return file.text;
}
