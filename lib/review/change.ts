import { count } from '../count.js';

/** Whether a change opens or closes something; `neutral` where neither is certain. */
export type Direction = 'weaker' | 'stronger' | 'neutral';

/** What a change is about. */
export type Topic = 'security' | 'reliability' | 'shape';

/** One thing that is not as it was. */
export interface Change {
  readonly topic: Topic;
  readonly direction: Direction;
  /** `POST /orders: auth customers → public`. */
  readonly is: string;
}

/** In the order in which changes are told. */
const directions: readonly Direction[] = ['weaker', 'stronger', 'neutral'];
const topics: readonly Topic[] = ['security', 'reliability', 'shape'];

/** Security first, in it what got weaker first; else as they are. */
export const inTellingOrder = (changes: readonly Change[]): Change[] =>
  topics.flatMap((topic) =>
    directions.flatMap((direction) => changes.filter((change) => change.topic === topic && change.direction === direction)),
  );

/** `5 changes: 1 weaker, 2 stronger, 2 neutral`. */
export function showTotals(changes: readonly Change[]): string {
  const totals = directions
    .map((direction) => ({ direction, amount: changes.filter((change) => change.direction === direction).length }))
    .filter(({ amount }) => amount > 0);
  return `${count(changes.length, 'change')}: ${totals.map(({ amount, direction }) => `${amount} ${direction}`).join(', ')}`;
}

/** The changes as plain text: by topic, a line each. */
export function renderChanges(changes: readonly Change[]): string {
  const blocks = topics.flatMap((topic) => {
    const own = changes.filter((change) => change.topic === topic);
    return own.length === 0 ? [] : [topic, ...own.map(({ direction, is }) => `  ${direction.padEnd(8)}  ${is}`)];
  });
  return blocks.join('\n');
}
