import fc, { type Arbitrary } from 'fast-check';
import * as z from 'zod';
import { anyWords, wordsOf, wordsWithGrammar } from './words.js';

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];

/**
 * Values that a leaf's schema takes, from the schema itself: a field that the model gets later is generated from that day on.
 *
 * @param field the member that the value is for, which may have words of its own
 */
export function valuesOf(schema: Schema, field = ''): Arbitrary<unknown> {
  const def = schema._zod.def as Definition;
  switch (def.type) {
    case 'object':
      return membersOf(def.shape, field);
    case 'optional':
      return valuesOf(def.innerType, field);
    case 'string':
      return wordsFor(schema, field);
    case 'number':
      return numbersFor(schema);
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'union':
      return fc.oneof(...def.options.map((option) => valuesOf(option, field)));
    case 'array':
      return fc.array(valuesOf(def.element, field), { minLength: 1, maxLength: 3 });
    case 'tuple':
      return fc.tuple(...def.items.map((item) => valuesOf(item, field)));
    case 'record':
      return fc.dictionary(valuesOf(def.keyType, field) as Arbitrary<string>, valuesOf(def.valueType), { minKeys: 1, maxKeys: 3 });
    case 'custom':
      return fc.constantFrom(...wordsWithGrammar.filter((word) => z.safeParse(schema, word).success));
    case 'lazy':
      return fc.jsonValue({ maxDepth: 2 });
    default:
      throw new Error(`no values are known for a schema of type ${def.type}: say here which`);
  }
}

/** An optional member is there in a quarter of the cases: with all of them, nearly every object would contradict itself. */
function membersOf(shape: Readonly<Record<string, Schema>>, field: string): Arbitrary<object> {
  const optional = (schema: Schema): boolean => schema._zod.def.type === 'optional';
  const members = Object.entries(shape).map(([key, schema]) => {
    const values = valuesOf(schema, key);
    return [key, optional(schema) ? seldom(values) : values] as const;
  });
  const some = fc
    .record(Object.fromEntries(members))
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)));
  // A member that says nothing is hardly ever allowed.
  return field !== '' && Object.values(shape).every(optional) ? some.filter((value) => Object.keys(value).length > 0) : some;
}

const seldom = <T>(values: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });

function wordsFor(schema: Schema, field: string): Arbitrary<string> {
  const patterns = checksOf(schema).flatMap(({ pattern }) => (pattern instanceof RegExp ? [pattern] : []));
  const fitting = (words: readonly string[]) => words.filter((word) => patterns.every((pattern) => pattern.test(word)));
  const [own, others] = [fitting(wordsOf[field] ?? []), fitting(anyWords)];
  const kinds = [
    { weight: 12, words: own },
    { weight: own.length === 0 ? 4 : 1, words: others },
  ].flatMap(({ weight, words }) => (words.length === 0 ? [] : [{ weight, arbitrary: fc.constantFrom(...words) }]));
  return fc.oneof(...kinds, ...(patterns.length === 0 ? [{ weight: 1, arbitrary: fc.string({ maxLength: 8 }) }] : []));
}

function numbersFor(schema: Schema): Arbitrary<number> {
  const checks = checksOf(schema);
  const limit = (check: string, otherwise: number): number =>
    Number(checks.find((each) => each['check'] === check)?.['value'] ?? otherwise);
  const [min, max, step] = [limit('greater_than', -1_000), limit('less_than', 1_000_000), limit('multiple_of', 0)];
  if ((schema._zod.def as { readonly format?: string }).format === 'safeint') return fc.integer({ min, max });
  if (step > 0) return fc.integer({ min: 1, max: Math.floor(max / step) }).map((times) => Number((times * step).toFixed(2)));
  return fc.constantFrom(0.01, 0.25, 1, 7.5, 100, max).filter((value) => value > min && value <= max);
}

const checksOf = (schema: Schema): Readonly<Record<string, unknown>>[] =>
  ((schema._zod.def as { readonly checks?: readonly z.core.$ZodCheck[] }).checks ?? []).map((check) => ({ ...check._zod.def }));
