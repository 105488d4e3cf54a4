import fc, { type Arbitrary } from 'fast-check';
import { anyWords, wordsWithGrammar } from './words.js';

/** Something that is done to a declaration: which of its places, as a share of all there are, and what. */
export interface Mutation {
  readonly place: number;
  readonly change: { readonly set: unknown } | { readonly drop: true } | { readonly rename: string } | { readonly copyFrom: number };
}

/** Other types, words of the model, names that mean something in JavaScript. */
const odd: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, {}, [], Number.NaN, -1, 0, 1, 50, 1e9, 0.001),
  fc.constantFrom(...anyWords, ...wordsWithGrammar),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
  fc.anything({ maxDepth: 2 }),
);

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

export const mutation: Arbitrary<Mutation> = fc.record({
  place: share,
  change: fc.oneof<Arbitrary<Mutation['change']>[]>(
    fc.record({ set: odd }),
    fc.constant({ drop: true as const }),
    fc.record({ rename: fc.oneof(fc.string(), fc.constantFrom(...anyWords, '__proto__', 'GET /x/{id}')) }),
    fc.record({ copyFrom: share }),
  ),
});

/** A copy to which all that was done. */
export function mutated(spec: object, mutations: readonly Mutation[]): unknown {
  const copy = structuredClone(spec);
  for (const { place, change } of mutations) {
    const places = [...placesIn(copy)];
    const found = places[Math.floor(place * places.length)];
    if (found === undefined) continue;
    const { parent, key } = found;
    if ('set' in change) put(parent, key, change.set);
    else if ('drop' in change) delete parent[key];
    else if ('copyFrom' in change) put(parent, key, structuredClone(valueAt(places[Math.floor(change.copyFrom * places.length)])));
    else if (!Array.isArray(parent)) {
      put(parent, change.rename, parent[key]);
      delete parent[key];
    }
  }
  return copy;
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

const valueAt = (place: Place | undefined): unknown => place?.parent[place.key];

function* placesIn(value: unknown): Generator<Place> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    yield { parent: value as Record<string, unknown>, key };
    yield* placesIn(each);
  }
}

/** Also for names that an assignment would take for something else. */
function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}
