import type * as z from 'zod';
import type * as environmentLeaf from '../../lib/model/leaf/environment.js';
import * as environmentLeaves from '../../lib/model/leaf/environment.js';
import type * as leaf from '../../lib/model/leaf/index.js';
import * as leaves from '../../lib/model/leaf/index.js';
import type * as matchLeaf from '../../lib/model/leaf/match.js';
import type * as spec from '../../lib/model/spec/index.js';

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
/** Flattens intersections, so that only members count. */
type Flat<T> = T extends (infer Each)[] ? Flat<Each>[] : T extends object ? { [K in keyof T]: Flat<T[K]> } : T;
type Same<Schema extends z.ZodType, Published> = Equal<Flat<z.input<Schema>>, Flat<Published>>;

/** A published interface that says anything else than its schema is a compile error here. */
const equal: {
  retries: Same<typeof leaf.retries, spec.RetriesSpec>;
  policy: Same<typeof leaf.policy, spec.PolicySpec>;
  mesh: Same<typeof leaf.mesh, spec.MeshSpec>;
  version: Same<typeof leaf.version, spec.VersionSpec>;
  service: Same<typeof leaf.service, spec.ServiceLeaf>;
  match: Same<typeof matchLeaf.match, spec.MatchSpec>;
  route: Same<typeof leaf.route, spec.RouteLeaf>;
  call: Same<typeof leaf.call, spec.CallLeaf>;
  traces: Same<typeof leaf.traces, spec.TracesLeaf>;
  observability: Same<typeof leaf.observability, spec.ObservabilityLeaf>;
  external: Same<typeof leaf.external, spec.ExternalLeaf & { host?: string }>;
  authorizer: Same<typeof leaf.authorizer, spec.AuthorizerLeaf & { kind: 'jwt' }>;
  sizing: Same<typeof environmentLeaf.sizing, spec.SizingSpec>;
} = {
  retries: true,
  policy: true,
  mesh: true,
  version: true,
  service: true,
  match: true,
  route: true,
  call: true,
  traces: true,
  observability: true,
  external: true,
  authorizer: true,
  sizing: true,
};

test('the published interfaces and the schemas say the same', () => expect(Object.values(equal)).not.toContain(false));

test('a schema takes what its interface allows', () =>
  expect(leaves.retries.safeParse({ max: 1, perTry: '150ms', on: ['timeout'] } satisfies spec.RetriesSpec).success).toBe(true));

/** Places of schemas whose own words (`allowed: …`) are missing, so that zod's would be shown: every one but whole values of a union, for which the union speaks. */
function speechless(schema: z.ZodType, place: string, within?: 'union'): string[] {
  const { def } = schema._zod as { readonly def: Def };
  const speaks = def.error !== undefined || (within === 'union' && def.type !== 'object') || !spoken.includes(def.type);
  return [
    ...(speaks ? [] : [place]),
    ...Object.entries(def.shape ?? {}).flatMap(([key, each]) => speechless(each, `${place}.${key}`)),
    ...(def.options ?? []).flatMap((each) => speechless(each, place, 'union')),
    ...[def.innerType, def.element, def.valueType].flatMap((each) => (each === undefined ? [] : speechless(each, place, within))),
  ];
}

interface Def {
  readonly type: string;
  readonly error?: unknown;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}

const spoken = ['string', 'number', 'boolean', 'enum', 'literal', 'union', 'object', 'record', 'array', 'tuple', 'custom'];

test('every schema says in our words what is allowed', () => {
  const schemas = Object.entries({ ...leaves, ...environmentLeaves }).filter(([, each]) => '_zod' in each);
  expect(schemas.flatMap(([name, each]) => speechless(each as z.ZodType, name))).toEqual([]);
});
