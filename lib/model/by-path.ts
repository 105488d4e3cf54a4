import type { ModelPath } from './architecture/index.js';

/** Orders what stands at paths: by their text, and places in a list as numbers, so that `routes[2]` comes before `routes[10]`. */
export function byPath(one: ModelPath, other: ModelPath): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (const [index, part] of left.entries()) {
    const counterpart = right[index];
    if (counterpart === undefined) return 1;
    if (part === counterpart) continue;
    if (index % 2 === 1) return Number(part) - Number(counterpart);
    return part < counterpart ? -1 : 1;
  }
  return left.length - right.length;
}

/** Text and places in turn: `['services.orders.routes', '2', '.timeout']`. */
const partsOf = (path: ModelPath): readonly string[] => path.split(/\[(\d+)\]/);
