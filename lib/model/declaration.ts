import { checkSpec } from './check/index.js';
import { freeze, frozenCopy } from './freeze.js';
import { ArchitectureError } from './problem.js';
import type { ArchitectureSpec } from './spec/index.js';
import type { names } from './spec/phantom.js';
import type { PlainSpec } from './spec/plain.js';

/** What a user declared: checked, frozen, not yet resolved for an environment. `T`, `X` and `A` carry the names for the compiler. */
export interface Declaration<T = unknown, X = unknown, A = unknown> {
  readonly kind: 'cdk-edge-mesh.declaration';
  readonly spec: PlainSpec;
  readonly [names]?: [T, X, A];
}

/**
 * Declares an architecture. A name that does not exist is a compile error; all the rest is checked here, and all of it again at run time.
 *
 * @throws ArchitectureError with every problem, sorted by path
 */
export function defineArchitecture<const T = {}, const X = {}, const A = {}, const P extends string = never, const O = {}>(
  spec: ArchitectureSpec<T, X, A, P, O>,
): Declaration<T, X, A> {
  return declare(spec) as Declaration<T, X, A>;
}

/**
 * The same for data of unknown origin: JSON, loops, spreads.
 *
 * @throws ArchitectureError with every problem, sorted by path
 */
export const parseArchitecture = (data: unknown): Declaration => declare(data);

/** Whether a value is a declaration, of this copy of the library or another. */
export const isDeclaration = (value: unknown): value is Declaration =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'cdk-edge-mesh.declaration';

function declare(data: unknown): Declaration {
  const problems = checkSpec(data);
  if (problems.length > 0) throw new ArchitectureError(problems);
  return freeze({ kind: 'cdk-edge-mesh.declaration', spec: frozenCopy(data) as PlainSpec });
}
