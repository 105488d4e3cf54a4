import { ArchitectureError, type Declaration, parseArchitecture } from '../../../../lib/index.js';

/** What is to be taken out. */
const gone = Symbol('gone');

type Keys = readonly (string | number)[];

/** How often something may come to light only when something else is gone. */
const attempts = 60;

/**
 * The nearest declaration that is valid: whatever is wrong is taken out, and again what is wrong then.
 *
 * @returns undefined where nothing is left to take out
 */
export function repaired(spec: object): Declaration | undefined {
  const copy = structuredClone(spec);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const problems = problemsOf(copy);
    if ('declaration' in problems) return problems.declaration;
    for (const path of problems.paths) takeOut(copy, keysOf(path));
    withoutGone(copy);
  }
  return undefined;
}

/** @throws what is no ArchitectureError */
function problemsOf(spec: object): { declaration: Declaration } | { paths: string[] } {
  try {
    return { declaration: parseArchitecture(spec) };
  } catch (error) {
    if (!(error instanceof ArchitectureError)) throw error;
    return { paths: error.problems.map(({ path }) => path) };
  }
}

/** `services.a.routes[0].match.headers["x-b"]` → its keys. */
export const keysOf = (path: string): Keys =>
  [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, plain]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? (JSON.parse(`"${quoted}"`) as string) : plain!,
  );

/** The member there, or, where it is what is missing, the nearest around it. */
function takeOut(spec: object, keys: Keys): void {
  let [parent, last]: [Record<string | number, unknown> | undefined, string | number | undefined] = [undefined, undefined];
  let value: unknown = spec;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) break;
    const member = (value as Record<string | number, unknown>)[key];
    if (member === gone) return;
    if (member === undefined) break;
    [parent, last, value] = [value as Record<string | number, unknown>, key, member];
  }
  if (parent !== undefined && last !== undefined) parent[last] = gone;
}

function withoutGone(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) value.splice(0, value.length, ...value.filter((each) => each !== gone));
  else for (const [key, each] of Object.entries(value)) if (each === gone) delete (value as Record<string, unknown>)[key];
  for (const each of Object.values(value)) withoutGone(each);
}
