import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type Architecture, parseArchitecture, resolve } from 'cdk-edge-mesh';

const folder = join(__dirname, '../../lib/model/spec');

/** `@default '2s'` above `timeout?:` in policy.ts → `policy.timeout`, `'2s'`: those that are literals, rather than words. */
const documented = new Map<string, string>(
  readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/@default ((?:(?!@default)[\s\S])*?)\*\/\s+(\w+)\??:/g)].flatMap(
      ([, text, field]) => {
        const [literal] = /^(?:'[^']*'|\d+|true|false|\{[^}]*\}|\[[^\]]*\])/.exec(text!) ?? [];
        return literal === undefined ? [] : [[`${file.replace('.ts', '')}.${field}`, literal] as const];
      },
    ),
  ),
);

const listen = { protocol: 'http', port: 8080 };
const app = (orders: object, pricing: object = {}, more: object = {}): object => ({
  name: 'shop',
  services: { orders: { image: 'a:1', listen, ...orders }, pricing: { image: 'b:1', listen, ...pricing } },
  ...more,
});
const call = (members: object): object => app({ calls: { pricing: members } });
const route = (members: object): object => app({}, { versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes: [members] });
const tcp = (members: object): object => app({}, { listen: { protocol: 'tcp', port: 5432, ...members } });
const gateway = (members: object): object => ({
  gateways: { web: { kind: 'rest', auth: 'customers', routes: { 'GET /a': { respond: { status: 200 } } }, ...members } },
});
const issuer = 'https://login.example';
const authorizers = (members: object): object => ({ authorizers: { customers: { kind: 'jwt', issuer, audience: ['shop'], ...members } } });
const sink = { external: { limits: { protocol: 'http', host: 'limits.example' } } };

/** An architecture with this in the field's place; without it for undefined. */
const written: Readonly<Record<string, (value: unknown) => object>> = {
  'action.status': (status) => route({ redirect: { path: '/b', status } }),
  'action.percent': (percent) => route({ mirror: { to: 'v2', percent } }),
  'call.fanOut': (fanOut) => call({ fanOut }),
  'call.idempotent': (idempotent) => call({ idempotent }),
  'call.pool': (pool) => call({ pool }),
  'call.env': (env) => ({ name: 'shop', services: { nightly: { calls: { orders: { env } } }, orders: { listen } } }),
  'environment.production': (production) => app({}, {}, { environments: { local: { production } } }),
  'external.port': (port) => app({}, {}, { external: { old: { protocol: 'http', host: 'old.example', port } } }),
  'gateway.jwks': (jwks) => app({}, {}, authorizers({ jwks: jwks && String(jwks).replace('<issuer>', issuer) })),
  'gateway.throttle': (throttle) => app({}, {}, { ...authorizers({}), ...gateway({ throttle }) }),
  'global-rate-limit.timeout': (timeout) =>
    app({}, {}, { ...sink, mesh: { rateLimitService: { to: 'limits', unavailable: 'admit', timeout } } }),
  'listen.idleTimeout': (idleTimeout) => tcp({ idleTimeout }),
  'listen.maxAge': (maxAge) => tcp({ maxAge }),
  'mesh.mtls': (mtls) => app({}, {}, { mesh: { mtls } }),
  'mesh.egress': (egress) => app({}, {}, { mesh: { egress } }),
  'mesh.trustDomain': (trustDomain) =>
    app({}, {}, { mesh: { trustDomain: trustDomain && String(trustDomain).replace('<name>', 'shop').replace('<environment>', 'local') } }),
  'observability.as': (as) => app({}, {}, { ...sink, observability: { traces: { to: 'limits', as } } }),
  'observability.sample': (sample) => app({}, {}, { ...sink, observability: { traces: { to: 'limits', sample } } }),
  'policy.timeout': (timeout) => call({ timeout }),
  'policy.idle': (idle) => call({ idle }),
  'policy.retries': (retries) => call({ retries }),
  'policy.on': (on) => call({ retries: { max: 1, on } }),
  'policy.budget': (budget) => call({ retries: { max: 1, budget } }),
  'policy.backOff': (backOff) => call({ retries: { max: 1, backOff } }),
  'resilience.connections': (connections) => app({}, { pool: { connections } }),
  'resilience.pendingRequests': (pendingRequests) => app({}, { pool: { pendingRequests } }),
  'resilience.requests': (requests) => app({}, { pool: { requests } }),
  'resilience.interval': (interval) => app({}, { health: { path: '/h', active: { interval } } }),
  'resilience.timeout': (timeout) => app({}, { health: { path: '/h', active: { timeout } } }),
  'resilience.healthy': (healthy) => app({}, { health: { path: '/h', active: { healthy } } }),
  'resilience.unhealthy': (unhealthy) => app({}, { health: { path: '/h', active: { unhealthy } } }),
  'resilience.table': (table) => app({}, { balance: { hash: 'caller', table } }),
  'resilience.base': (base) => call({ retries: { max: 1, backOff: { base } } }),
  'route.idempotent': (idempotent) => route({ idempotent }),
  'service.pool': (pool) => app({}, { pool }),
  'service.balance': (balance) => app({}, { balance }),
  'service.panic': (panic) => app({}, { panic }),
  'service.outlierDetection': (outlierDetection) => app({}, { outlierDetection }),
};

/** Literals that are no value of the field: `stream: true` is all that can be said, and a scale is said as a whole. */
const unsayable = ['gateway.grpcWeb', 'route.stream', 'version.min', 'version.scale'];

/** Without where each value comes from, which is what writing it changes. */
const heldBy = (spec: object): Architecture =>
  JSON.parse(
    JSON.stringify(resolve(parseArchitecture(spec)), (key, each: unknown) =>
      key === 'from' && typeof each === 'object' ? undefined : each,
    ),
  );

test('every default that is documented as a literal is held against the resolver', () => {
  expect([...Object.keys(written), ...unsayable].sort()).toEqual([...documented.keys()].sort());
});

test.each(Object.entries(written))('%s: writing the documented default changes nothing', (field, specWith) => {
  const value: unknown = runInNewContext(`(${documented.get(field)})`);
  expect(heldBy(specWith(value))).toEqual(heldBy(specWith(undefined)));
});
