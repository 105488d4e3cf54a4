import { type Declaration, parseArchitecture, resolve } from 'cdk-edge-mesh';
import fc from 'fast-check';
import { compileAppMesh } from '../../../bin/edge-mesh/command/compile-app-mesh';
import { compileEnvoy } from '../../../bin/edge-mesh/command/compile-envoy';
import shop from '../../../bin/shop/architecture';
import { check } from '../../../lib/checks';
import { review } from '../../../lib/review';

type Path = readonly (string | number)[];

/** Every place in the shop's plain spec. */
const places = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, Array.isArray(value) ? Number(key) : key]))];
const all = places(shop.spec).filter((path) => path.length > 0);

/** What may stand where something else is due: other types, other values of the shop, names that mean something in JavaScript. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    '',
    'catalog',
    'pricing',
    'v1',
    'customers',
    'public',
    '2s',
    'GET /orders',
    '/{id}',
    {},
    [],
    Number.NaN,
    -1,
    0,
    1e9,
  ),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom(...all).map((path) => structuredClone(at(shop.spec, path))),
);

type Mutation = { readonly path: Path } & ({ readonly set: unknown } | { readonly drop: true } | { readonly rename: string });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ path: fc.constantFrom(...all), set: odd }),
  fc.record({ path: fc.constantFrom(...all), drop: fc.constant(true as const) }),
  fc.record({
    path: fc.constantFrom(...all),
    rename: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'orders', 'ordersDb', 'v2', 'GET /a/{b+}')),
  }),
);

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (from, key) => (typeof from === 'object' && from !== null ? (from as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

function mutate(spec: unknown, change: Mutation): void {
  const parent = at(spec, change.path.slice(0, -1)) as Record<string | number, unknown> | undefined;
  const key = change.path.at(-1)!;
  if (typeof parent !== 'object' || parent === null) return;
  const set = (name: string | number, value: unknown): void => {
    Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
  };
  if ('set' in change) set(key, change.set);
  else if ('drop' in change) delete parent[key];
  else if (!Array.isArray(parent)) {
    set(change.rename, parent[key]);
    delete parent[key];
  }
}

/** Everything that the command line does with an architecture, but for running it. */
function use(declaration: Declaration): void {
  const architecture = resolve(declaration);
  const report = check(architecture);
  expect(report.findings.filter(({ is }) => is.startsWith('the check failed itself'))).toEqual([]);
  review(architecture, report);
  compileEnvoy(architecture);
  compileAppMesh(architecture);
}

test('whatever is done to the shop, it is refused with its problems, or every command can use it', () => {
  let [refused, fine] = [0, 0];
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const spec = structuredClone(shop.spec);
      for (const each of mutations) mutate(spec, each);
      const declaration = parsed(spec);
      if (declaration === undefined) refused += 1;
      else {
        use(declaration);
        fine += 1;
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(refused, fine)).toBeGreaterThan(20);
});

function parsed(spec: unknown): Declaration | undefined {
  try {
    return parseArchitecture(spec);
  } catch (error) {
    if (error instanceof Error && error.name === 'ArchitectureError') return undefined;
    throw error;
  }
}
