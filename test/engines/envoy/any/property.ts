import fc, { type Arbitrary } from 'fast-check';
import { type Architecture, ArchitectureError, type Declaration, parseArchitecture, resolve } from '../../../../lib/index.js';
import { configurationsOf } from './configurations.js';
import type { Judge } from './judge.js';
import { mutated, mutation } from './mutation.js';
import { repaired } from './repaired.js';
import { anySpec } from './spec.js';

export interface Plan {
  readonly runs: number;
  /** The same seed gives the same architectures, as long as the model is the same. */
  readonly seed: number;
}

export interface Outcome {
  readonly accepted: number;
  readonly refused: number;
}

interface Case {
  readonly declaration: Declaration;
  readonly environment: 'local' | 'prod';
  /** Addresses, or names. */
  readonly fixed: boolean;
}

const choices = { environment: fc.constantFrom<Case['environment']>('local', 'prod'), fixed: fc.boolean() };

/** A valid architecture. */
export const valid: Arbitrary<Case | undefined> = fc.record({ spec: anySpec, ...choices }).map(({ spec, ...rest }) => {
  const declaration = repaired(spec);
  return declaration && { declaration, ...rest };
});

/** A valid architecture that something was done to; undefined where it is refused with an ArchitectureError. */
export const changed: Arbitrary<Case | undefined> = fc
  .record({ from: valid, mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }) })
  .map(({ from, mutations }) => {
    const declaration = from && parsed(mutated(from.declaration.spec, mutations));
    return declaration && { ...from!, declaration };
  });

/** How many architectures are put into one configuration. */
const batch = 50;

/**
 * Holds that whatever these cases are, they compile, and that the real Envoy takes every configuration without a warning.
 *
 * @throws with the seed and the smallest case that was found against it
 */
export function assertAccepted(judge: Judge, cases: Arbitrary<Case | undefined>, { runs, seed }: Plan): Outcome {
  const compiled: { readonly run: number; readonly configurations: ReturnType<typeof configurationsOf> }[] = [];
  let run = -1;
  const compiles = fc.property(cases, (one) => {
    run += 1;
    const configurations = one && configurationsFor(one, judge);
    if (configurations) compiled.push({ run, configurations });
  });
  fc.assert(compiles, { numRuns: runs, seed });
  for (let from = 0; from < compiled.length; from += batch) {
    const some = compiled.slice(from, from + batch);
    if (judge.takesAll(some.flatMap(({ configurations }) => [...configurations.values()]))) continue;
    for (const { run: path, configurations } of some) {
      if (judge.takesAll([...configurations.values()])) continue;
      // Slow, one Envoy for each configuration; the case that is known to fail comes first, and then ever smaller ones.
      fc.assert(
        fc.property(cases, (one) => takenAlone(one, judge)),
        { seed, path: String(path), numRuns: path + 1, endOnFailure: false },
      );
    }
  }
  return { accepted: compiled.length, refused: runs - compiled.length };
}

function takenAlone(one: Case | undefined, judge: Judge): void {
  if (one === undefined) return;
  for (const [node, bootstrap] of configurationsFor(one, judge) ?? []) {
    const objection = judge.objection(bootstrap);
    if (objection !== undefined) throw new Error(`Envoy says of ${node}: ${objection}`);
  }
}

function configurationsFor({ declaration, environment, fixed }: Case, judge: Judge): ReturnType<typeof configurationsOf> | undefined {
  const architecture = resolved(declaration, environment);
  return architecture && configurationsOf(architecture, judge.files, fixed);
}

/** Undefined where there is no such environment. */
const resolved = (declaration: Declaration, environment: string): Architecture | undefined =>
  unlessRefused(() => resolve(declaration, { environment }));

const parsed = (spec: unknown): Declaration | undefined => unlessRefused(() => parseArchitecture(spec));

function unlessRefused<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof ArchitectureError) return undefined;
    throw error;
  }
}
