import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { type Asked, Trial } from './trial.js';

/** More than App Mesh takes: a path of 300 characters, and 12 headers. */
const long = { path: `/${'p'.repeat(299)}`, headers: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`x-h${index}`, 'yes'])) };

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: {} } },
      nightly: { image: 'nightly', calls: { orders: {} } },
      orders: {
        listen: { protocol: 'http', port: 8080 },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 100 },
        // Whatever a rule here takes goes to v2; the rest to v1.
        routes: [
          { match: { path: '/path/{id}' }, to: 'v2' },
          { match: { path: '/deep/{rest+}' }, to: 'v2' },
          { match: { path: '/methods', method: ['PUT', 'DELETE'] }, to: 'v2' },
          {
            match: {
              path: '/headers',
              headers: {
                'X-A': 'a',
                b: { prefix: 'b' },
                c: { suffix: 'c' },
                d: { regex: '\\d+' },
                e: { present: true },
                f: { present: false },
              },
            },
            to: 'v2',
          },
          { match: { path: { bytes: '/bytes/ab' } }, to: 'v2' },
          { match: { path: { regex: '/regex/(north|south)-\\d+' } }, to: 'v2' },
          { match: { path: '/range', headers: { 'x-size': { range: [10, 20] } } }, to: 'v2' },
          { match: { path: '/not', headers: { 'x-user': { not: { prefix: 'test-' } } } }, to: 'v2' },
          { match: { path: '/not-range', headers: { 'x-size': { not: { range: [10, 20] } } } }, to: 'v2' },
          { match: { path: '/query', query: { beta: '1', region: { prefix: 'eu-' }, debug: { present: false } } }, to: 'v2' },
          { match: long, to: 'v2' },
          { match: { path: '/nightly', from: 'nightly' }, to: 'v2' },
          { match: { path: '/both', from: ['nightly', 'client'] }, to: 'v2' },
        ],
      },
      ledger: {
        listen: { protocol: 'http2', port: 8081 },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 100 },
        routes: [
          { match: { rpc: 'bank.Ledger/Post', headers: { 'x-tenant': 'blue' } }, to: 'v2' },
          { match: { rpc: 'bank.Audit' }, to: 'v2' },
        ],
      },
      teller: { image: 'teller', calls: { ledger: {} } },
    },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /nightly': { to: 'orders' }, 'GET /query': { to: 'orders' } } } },
  }),
);
const service = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
const local = new Map<string, number>();

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const inbounds = new Map<string, number>();
  const bootstraps: Record<string, ReturnType<typeof compileSidecar>> = {};
  for (const version of [...service('orders').versions, ...service('ledger').versions]) {
    // The app's HTTP/1.1 is of no matter to what a caller matches.
    const app = await trial.app((_request, response) => response.end(version.name));
    inbounds.set(version.id, trial.port());
    const placement = trial.placement(version.id, { inbound: at(inbounds.get(version.id)!), app: at(app.port) });
    const speaking = {
      ...architecture,
      services: architecture.services.map((each) => ({ ...each, listen: { protocol: 'http' as const, port: 1 } })),
    };
    bootstraps[version.id] = compileSidecar(speaking, version, placement);
  }
  const endpoints = ({ id }: { readonly id: string }) => ({ addresses: [at(inbounds.get(id)!)] });
  for (const name of ['client', 'nightly', 'teller']) {
    local.set(name, trial.port());
    bootstraps[name] = compileSidecar(
      architecture,
      service(name).versions[0]!,
      trial.placement(name, { local: () => at(local.get(name)!), endpoints }),
    );
  }
  local.set('web', trial.port());
  bootstraps['ingress'] = compileIngress(architecture, trial.placement('ingress', { front: () => at(local.get('web')!), endpoints }));
  await trial.start(bootstraps);
});

afterAll(() => trial.stop());

/** Which version answers. */
const taken = async (path: string, headers: Record<string, string | string[]> = {}, by = 'client', method = 'GET') => {
  const { status, body } = await trial.send({ port: local.get(by)!, path, headers, method } as Asked);
  return status === 200 ? body : status;
};

test('[match-path] a path is taken by whole segments, without its query', async () => {
  expect([await taken('/path/7'), await taken('/path/7?x=/'), await taken('/deep/a/b')]).toEqual(['v2', 'v2', 'v2']);
  expect([await taken('/path'), await taken('/path/7/8'), await taken('/paths/7'), await taken('/deep')]).toEqual(['v1', 'v1', 'v1', 'v1']);
});

test('[match-methods] any of the methods is taken, and no other', async () => {
  const by = (method: string) => taken('/methods', {}, 'client', method);
  expect([await by('PUT'), await by('DELETE'), await by('GET'), await by('POST')]).toEqual(['v2', 'v2', 'v1', 'v1']);
});

test('[limits] a rule is as long as anybody wants it', async () => {
  expect([await taken(long.path, long.headers), await taken(long.path, { ...long.headers, 'x-h11': 'no' })]).toEqual(['v2', 'v1']);
});

test('[match-headers] all of the conditions hold, of a header that comes several times for one of its values', async () => {
  const all = { 'x-a': 'a', b: 'bb', c: 'cc', d: '12', e: '' };
  expect([await taken('/headers', all), await taken('/headers', { ...all, 'x-a': ['z', 'a'] })]).toEqual(['v2', 'v2']);
  const others: Record<string, string>[] = [{ 'x-a': 'A' }, { b: 'ab' }, { c: 'cd' }, { d: '12a' }, { f: '1' }];
  for (const other of others) expect([other, await taken('/headers', { ...all, ...other })]).toEqual([other, 'v1']);
  const { e: _, ...without } = all;
  expect(await taken('/headers', without)).toBe('v1');
});

test('[match-path-bytes] a path is taken by its first bytes, after dot segments are resolved and without its query', async () => {
  expect([await taken('/bytes/ab'), await taken('/bytes/abc/d'), await taken('/x/../bytes/ab'), await taken('//bytes/ab')]).toEqual([
    'v2',
    'v2',
    'v2',
    'v2',
  ]);
  expect([await taken('/bytes/a'), await taken('/bytes/a?b=/bytes/ab'), await taken('/BYTES/ab')]).toEqual(['v1', 'v1', 'v1']);
});

test('[match-path-regex] a path is taken by a regular expression of the whole of it, without its query', async () => {
  expect([await taken('/regex/north-7'), await taken('/regex/south-12?x=y')]).toEqual(['v2', 'v2']);
  expect([await taken('/regex/north-7/x'), await taken('/a/regex/north-7'), await taken('/regex/east-7')]).toEqual(['v1', 'v1', 'v1']);
});

test('[match-header-range] a number in a header is taken from the first bound to before the second', async () => {
  const size = (value: string | string[]) => taken('/range', { 'x-size': value });
  expect([await size('10'), await size('19'), await size(['1', '15'])]).toEqual(['v2', 'v2', 'v2']);
  expect([await size('9'), await size('20'), await size('15kg'), await size(''), await taken('/range')]).toEqual([
    'v1',
    'v1',
    'v1',
    'v1',
    'v1',
  ]);
});

test('[match-header-not] what a condition does not take is taken, a missing header for an empty one', async () => {
  expect([await taken('/not', { 'x-user': 'ann' }), await taken('/not')]).toEqual(['v2', 'v2']);
  expect([await taken('/not', { 'x-user': 'test-ann' }), await taken('/not', { 'x-user': ['ann', 'test-ann'] })]).toEqual(['v1', 'v1']);
  expect([await taken('/not-range', { 'x-size': '20' }), await taken('/not-range'), await taken('/not-range', { 'x-size': '12' })]).toEqual(
    ['v2', 'v2', 'v1'],
  );
});

test('[match-query] the first parameter of each name is compared as it is sent', async () => {
  expect([await taken('/query?beta=1&region=eu-west'), await taken('/query?region=eu-&x&beta=1&beta=2')]).toEqual(['v2', 'v2']);
  const others = ['', '?beta=1', '?beta=2&beta=1&region=eu-', '?beta=%31&region=eu-', '?Beta=1&region=eu-', '?beta=1&region=eu-&debug'];
  for (const query of others) expect([query, await taken(`/query${query}`)]).toEqual([query, 'v1']);
});

test('[match-query] a gateway asks by the same rule', async () => {
  const route = { 'x-edge-route': 'GET /query' };
  expect([await taken('/query?beta=1&region=eu-1', route, 'web'), await taken('/query?beta=1', route, 'web')]).toEqual(['v2', 'v1']);
});

test("[match-caller] a rule for one caller is in no other's sidecar, whatever the request says, and in no ingress", async () => {
  const claims = { 'x-forwarded-client-cert': `URI=${service('nightly').identity}` };
  expect([await taken('/nightly', {}, 'nightly'), await taken('/both', {}, 'nightly'), await taken('/both')]).toEqual(['v2', 'v2', 'v2']);
  expect([await taken('/nightly'), await taken('/nightly', claims)]).toEqual(['v1', 'v1']);
  expect(await taken('/nightly', { 'x-edge-route': 'GET /nightly' }, 'web')).toBe('v1');
});

test('[match-rpc] a gRPC method and a whole gRPC service are taken by path, method and content type, with metadata as headers', async () => {
  const grpc = { 'content-type': 'application/grpc+proto', te: 'trailers' };
  const rpc = (path: string, headers: Record<string, string>, method = 'POST') => taken(path, headers, 'teller', method);
  expect([await rpc('/bank.Ledger/Post', { ...grpc, 'x-tenant': 'blue' }), await rpc('/bank.Audit/Any', grpc)]).toEqual(['v2', 'v2']);
  expect([
    await rpc('/bank.Ledger/Post', { ...grpc, 'x-tenant': 'red' }),
    await rpc('/bank.Ledger/Read', { ...grpc, 'x-tenant': 'blue' }),
    await rpc('/bank.Audits/Any', grpc),
    await rpc('/bank.Audit/Any', { 'content-type': 'application/json' }),
    await rpc('/bank.Audit/Any', grpc, 'PUT'),
  ]).toEqual(['v1', 'v1', 'v1', 'v1', 'v1']);
});
