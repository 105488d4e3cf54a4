import type * as z from 'zod';
import { nearest } from '../name.js';
import { show, wrong } from '../problem.js';
import { unknownKey } from './unknown-key.js';

/** A problem and where it is, from the leaf that was looked at. */
export interface LeafProblem {
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

/**
 * A zod issue in our words. Each schema's message is what is allowed; this adds what was got, and the nearest of what is allowed.
 *
 * @param value the leaf
 * @param known the leaf's own fields
 */
export function* problemOf(issue: z.core.$ZodIssue, value: unknown, known: readonly string[]): Generator<LeafProblem> {
  const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const got = keys.reduce<unknown>((from, key) => memberOf(from, key), value);
  if (issue.code === 'unrecognized_keys') {
    const fields = keys.length === 0 ? known : fieldsIn(issue.message);
    for (const key of issue.keys) yield { keys: [...keys, key], message: unknownKey(key, fields) };
    return;
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    yield { keys, message: `${show(keys.at(-1))} cannot be a name here; allowed: ${first?.message}` };
    return;
  }
  const meant = issue.code === 'invalid_union' ? branchMeant(issue.errors, got) : undefined;
  if (meant !== undefined) {
    for (const each of meant) yield* problemOf({ ...each, path: [...issue.path, ...each.path] }, value, known);
    return;
  }
  const near =
    issue.code === 'invalid_value' && typeof got === 'string' && issue.values.length > 2
      ? nearest(got, issue.values.map(String))
      : undefined;
  yield { keys, message: wrong(got, issue.message) + (near === undefined ? '' : `; did you mean ${show(near)}?`) };
}

/** Of several shapes the one that was meant: the only one that is an object or list as the value is, and, of several, that knows all its keys. */
function branchMeant(branches: readonly (readonly z.core.$ZodIssue[])[], got: unknown): readonly z.core.$ZodIssue[] | undefined {
  if (typeof got !== 'object' || got === null) return undefined;
  const alike = branches.filter((issues) => issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'));
  if (alike.length <= 1) return alike[0];
  const knowing = alike.filter((issues) =>
    issues.every(
      ({ code, path }) =>
        code !== 'unrecognized_keys' && path.reduce<unknown>((from, key) => memberOf(from, String(key)), got) !== undefined,
    ),
  );
  return knowing.length === 1 ? knowing[0] : undefined;
}

const memberOf = (from: unknown, key: string | number): unknown =>
  typeof from === 'object' && from !== null ? (from as Record<string | number, unknown>)[key] : undefined;

/** `{ max, perTry?, on? }`, as schemas state their shape → max, perTry, on. */
const fieldsIn = (shape: string): string[] => /^\{([^}]*)\}/.exec(shape)?.[1]?.match(/[A-Za-z]\w*/g) ?? [];
