import fc, { type Arbitrary } from 'fast-check';
import * as environmentLeaf from '../../../../lib/model/leaf/environment.js';
import { rateLimitService } from '../../../../lib/model/leaf/global-rate-limit.js';
import * as leaf from '../../../../lib/model/leaf/index.js';
import { match } from '../../../../lib/model/leaf/match.js';
import { tokens } from '../../../../lib/model/leaf/tokens.js';
import { valuesOf } from './leaf.js';
import { names } from './words.js';

/** There in half of the cases. */
function maybe<T>(values: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.option(values, { nil: undefined, freq: 2 });
}

function withMembers(schema: Parameters<typeof valuesOf>[0], members: Readonly<Record<string, Arbitrary<unknown>>>): Arbitrary<object> {
  return fc.tuple(valuesOf(schema) as Arbitrary<object>, fc.record(members)).map(([own, more]) => ({ ...own, ...more }));
}

function service(name: string): Arbitrary<object> {
  const services = names.services.filter((each) => each !== name && each !== 'batch');
  const callees = [...services, ...names.externals];
  const call = withMembers(leaf.call, {
    use: maybe(fc.constantFrom(...names.policies)),
    failover: fc.oneof(fc.constant(undefined), fc.constantFrom(...callees), fc.uniqueArray(fc.constantFrom(...callees), { minLength: 1 })),
  });
  const split = fc.oneof(
    fc.constantFrom({ v1: 90, v2: 10 }, { v1: 0, v2: 100 }, { v2: 1 }),
    fc.dictionary(fc.constantFrom(...names.versions), fc.integer({ min: 1, max: 100 }), { minKeys: 1 }),
  );
  const route = withMembers(leaf.route, {
    match: maybe(valuesOf(match, 'match')),
    to: fc.oneof(fc.constant(undefined), fc.constantFrom(...names.versions), split),
    mirror: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>('v2', { to: 'v1', percent: 12.5 }) },
    ),
  }).map(oneAnswer);
  const versioned = { versions: fc.record({ v1: valuesOf(leaf.version), v2: valuesOf(leaf.version) }), traffic: split };
  const single = { versions: fc.constant(undefined), traffic: fc.constant(undefined) };
  const rest = {
    calls: maybe(fc.dictionary(fc.constantFrom(...callees, ...services.flatMap(furtherPortsOf)), call, { maxKeys: 4 })),
    ports: name === 'batch' ? fc.constant(undefined) : maybe(fc.dictionary(fc.constantFrom(...names.ports), valuesOf(leaf.listen))),
    tokens: name === 'batch' ? fc.constant(undefined) : maybe(withMembers(tokens, { use: fc.constant('users'), requests: maybe(keys) })),
    routes: name === 'batch' ? fc.constant(undefined) : maybe(fc.array(route, { minLength: 1, maxLength: 4 })),
    access:
      name === 'batch'
        ? fc.constant(undefined)
        : fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: access(name) }),
  };
  const listen = (valuesOf(leaf.service) as Arbitrary<object>).map((own) =>
    hasOwnTimes(own) ? own : { listen: { protocol: 'http', port: 8080 }, ...own },
  );
  const own = name === 'batch' ? valuesOf(leaf.version) : listen;
  return fc
    .tuple(own as Arbitrary<object>, fc.oneof(fc.record({ ...versioned, ...rest }), fc.record({ ...single, ...rest })))
    .map(([fields, more]) => ({ ...fields, ...more }));
}

const furtherPortsOf = (service: string): string[] => names.ports.map((port) => `${service}:${port}`);

/** Whoever runs by a schedule has no listener; that is mostly taken out, or little would be left to ask. */
const hasOwnTimes = (own: object): boolean => 'schedule' in own && 'owner' in own;

/** A route that answers itself asks nobody: mostly that is taken out, or little would be left that asks. */
function oneAnswer(route: object): object {
  const { redirect, respond, ...rest } = route as Readonly<Record<string, unknown>>;
  const [match, headers] = [rest['match'], rest['headers']];
  if (rest['idle'] === undefined || (redirect === undefined && respond === undefined)) return rest;
  return redirect === undefined ? { match, headers, respond } : { match, headers, redirect };
}

const routeKey = fc.constantFrom('GET /x/{id}', 'POST /x', 'ANY /{rest+}', 'GET /', 'HEAD /a.b/$x*(y)/{id}', 'DELETE /x/{id}/y/{more+}');
const keys = fc.uniqueArray(routeKey, { minLength: 1, maxLength: 3 });

/** Of all who may be a caller: those who are not are taken out again. */
function access(name: string): Arbitrary<object> {
  const allowed = fc.oneof(fc.constant('*'), keys, fc.record({ allow: maybe(keys), deny: keys }));
  const callers = [...names.services.filter((each) => each !== name), 'gateways'];
  return fc.record(Object.fromEntries(callers.map((caller) => [caller, allowed])));
}

function gateway(): Arbitrary<object> {
  const auth = fc.constantFrom<unknown>('public', 'users', { use: 'users', scopes: ['orders:write', 'a:b/c'] }, undefined);
  const target = fc.constantFrom(...names.services.filter((each) => each !== 'batch'), 'saas', 'old', 'a:metrics');
  const route = fc.oneof(
    { weight: 3, arbitrary: withMembers(leaf.gatewayRoute, { to: target, auth, respond: fc.constant(undefined) }) },
    { weight: 1, arbitrary: fc.record({ respond: fc.record({ status: fc.integer({ min: 200, max: 599 }) }), auth }) },
  );
  return withMembers(leaf.gateway, { auth, routes: fc.dictionary(routeKey, route, { minKeys: 1, maxKeys: 4 }) });
}

/** Who counts for all instances, mostly somebody who can. */
const counting = withMembers(rateLimitService, { to: fc.constantFrom('saas', 'saas', 'old', 'db') });

const observability = withMembers(leaf.observability, {
  traces: maybe(withMembers(leaf.traces, { to: maybe(fc.constantFrom('saas', 'old')) })),
});

/** Any declaration, most of them with something that contradicts itself: leaves from their schemas, and what names something else from the names there are. */
export const anySpec: Arbitrary<object> = fc.record({
  name: fc.constantFrom('any', 'thirty-letters-are-a-long-name'),
  mesh: maybe(withMembers(leaf.mesh, { defaults: maybe(valuesOf(leaf.policy)), rateLimitService: maybe(counting) })),
  observability: maybe(observability),
  policies: fc.record({ quick: valuesOf(leaf.policy) }),
  services: fc.record(Object.fromEntries(names.services.map((name) => [name, service(name)]))),
  external: fc.record({
    db: fc.constant({ protocol: 'tcp', port: 5432 }),
    saas: withMembers(leaf.external, { host: fc.constant('saas.example'), protocol: fc.constant('https') }),
    old: withMembers(leaf.external, { host: fc.constant('old.example'), protocol: fc.constant('http') }),
  }),
  authorizers: fc.record({ users: valuesOf(leaf.authorizer) }),
  gateways: fc.dictionary(fc.constantFrom('web', 'app-2'), gateway(), { maxKeys: 2 }),
  environments: maybe(
    fc.record({
      prod: withMembers(environmentLeaf.environment, {
        services: maybe(fc.dictionary(fc.constantFrom(...names.services), valuesOf(environmentLeaf.sizing))),
        external: maybe(fc.dictionary(fc.constantFrom(...names.externals), valuesOf(environmentLeaf.address))),
      }),
    }),
  ),
});
