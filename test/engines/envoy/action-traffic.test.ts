import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { createSigningKey, keySetOf } from '../../../lib/twin/signing-key.js';
import { type Answer, type Asked, Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: {} } },
      orders: {
        listen: { protocol: 'http', port: 8080 },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 100 },
        routes: [
          { match: { path: '/copied/{id}' }, mirror: 'v2', rewrite: { path: '/seen/{id}' } },
          { match: { path: '/tenth' }, mirror: { to: 'v2', percent: 10 } },
          { match: { path: '/v1/{kind}/{id}' }, rewrite: { path: '/v2/{id}/{kind}' } },
          { match: { path: '/old/{rest+}' }, rewrite: { path: '/new/{rest}' } },
          { match: { path: { bytes: '/any' } }, rewrite: { path: '/one' } },
          { match: { path: '/guest' }, rewrite: { host: 'guest.example' } },
          { match: { path: '/to-admin/{rest+}' }, rewrite: { path: '/admin/{rest}' } },
          { match: { path: '/moved/{id}' }, redirect: { path: '/items/{id}', status: 308 } },
          { match: { path: '/away/{rest+}' }, redirect: { host: 'www.example.com' } },
          { match: { path: '/home' }, redirect: { host: 'www.example.com', path: '/' } },
          {
            match: { path: '/gone' },
            respond: { status: 410, body: '{"gone":"100%"}' },
            headers: { response: { set: { 'content-type': 'application/json' } } },
          },
          { match: { path: '/empty' }, respond: { status: 204 } },
          {
            match: { path: '/headers' },
            headers: {
              request: { set: { 'X-Tenant': 'blue 100%' }, remove: ['x-debug'] },
              response: { set: { 'cache-control': 'no-store' }, remove: ['x-powered-by'] },
            },
          },
        ],
        access: {
          client: { deny: ['ANY /admin/{rest+}'] },
          gateways: ['GET /v2/{id}/{kind}', 'GET /seen/{id}', 'GET /moved'],
        },
      },
    },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['trial'] } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        routes: {
          'GET /v1/{kind}/{id}': { to: 'orders' },
          'GET /copied/{id}': { to: 'orders' },
          'GET /moved': { to: 'orders' },
          'GET /home': { to: 'orders', auth: 'customers' },
          'GET /away/{rest+}': { to: 'orders' },
        },
      },
    },
  }),
);
const service = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
let front: number;
let inbound: number;
/** What the app of each version got, and how long it takes to answer. */
let seen: Record<string, IncomingMessage[]>;
let delay: Record<string, number>;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  [local, front] = [trial.port(), trial.port()];
  const inbounds = new Map<string, number>();
  const bootstraps: Record<string, ReturnType<typeof compileSidecar>> = {};
  for (const version of service('orders').versions) {
    const app = await trial.app(async (request, response) => {
      seen[version.name!]!.push(request);
      await wait(delay[version.name!] ?? 0);
      response.writeHead(200, { 'x-powered-by': 'tea', 'cache-control': 'public' }).end(version.name);
    });
    inbounds.set(version.id, trial.port());
    const placement = trial.placement(version.id, { inbound: at(inbounds.get(version.id)!), app: at(app.port) });
    bootstraps[version.id] = compileSidecar(architecture, version, placement);
  }
  inbound = inbounds.get('orders-v1')!;
  const endpoints = ({ id }: { readonly id: string }) => ({ addresses: [at(inbounds.get(id)!)] });
  const client = trial.placement('client', { local: () => at(local), endpoints });
  bootstraps['client'] = compileSidecar(architecture, service('client').versions[0]!, client);
  const jwks = keySetOf(await createSigningKey());
  bootstraps['ingress'] = compileIngress(
    architecture,
    trial.placement('ingress', { front: () => at(front), endpoints, keys: () => ({ jwks }) }),
  );
  await trial.start(bootstraps);
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = { v1: [], v2: [] };
  delay = {};
});

const send = (path: string, asked: Partial<Asked> = {}): Promise<Answer> => trial.send({ port: local, path, ...asked });
const enter = (route: string, path: string): Promise<Answer> =>
  trial.send({ port: front, path, headers: { 'x-edge-route': route, host: 'front.internal' } });
const counted = async (name: string, counter: string): Promise<number> => (await trial.statistics(name, `^${counter}$`))[counter] ?? 0;
const arrived = async (version: string, amount: number): Promise<void> => {
  while (seen[version]!.length < amount) await wait(10);
};

describe('copies', () => {
  test('[traffic-mirroring] a copy of each request reaches v2 as it reaches v1, and its answer is dropped', async () => {
    delay = { v2: 300 };
    const start = performance.now();
    const answer = await send('/copied/7?x=1', { method: 'PUT', body: 'tea', headers: { 'x-of': 'mine' } });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: 'v1' });
    expect(performance.now() - start).toBeLessThan(290);
    await arrived('v2', 1);
    const [one, copy] = [seen['v1']![0]!, seen['v2']![0]!];
    expect({ url: copy.url, method: copy.method, host: copy.headers.host, own: copy.headers['x-of'] }).toEqual({
      url: '/seen/7?x=1',
      method: 'PUT',
      host: 'orders',
      own: 'mine',
    });
    expect({ url: one.url, host: one.headers.host }).toEqual({ url: '/seen/7?x=1', host: 'orders' });
    expect(copy.headers['x-forwarded-client-cert']).toContain(service('client').identity);
    expect(await counted('client', 'cluster.orders-v2.upstream_rq_total')).toBe(1);
  });

  test('[traffic-mirroring] a version that takes its time costs the request none', async () => {
    const before = await counted('client', 'cluster.orders-v2.upstream_rq_total');
    delay = { v2: 800 };
    for (let request = 0; request < 5; request += 1) expect(await send('/copied/8')).toMatchObject({ status: 200, body: 'v1' });
    await arrived('v2', 5);
    expect((await counted('client', 'cluster.orders-v2.upstream_rq_total')) - before).toBe(5);
  });

  test('[traffic-mirroring] of a tenth of the requests, a tenth is copied', async () => {
    for (let request = 0; request < 400; request += 1) await send('/tenth');
    await wait(100);
    expect(seen['v1']).toHaveLength(400);
    // Four standard deviations around 40.
    expect(seen['v2']!.length).toBeGreaterThan(15);
    expect(seen['v2']!.length).toBeLessThan(65);
  });

  test('[traffic-mirroring] the ingress copies too', async () => {
    expect(await enter('GET /copied/{id}', '/copied/9')).toMatchObject({ status: 200, body: 'v1' });
    await arrived('v2', 1);
    expect(seen['v2']![0]!.url).toBe('/seen/9');
  });
});

describe('rewriting', () => {
  const url = async (path: string) => {
    seen = { v1: [], v2: [] };
    const { status } = await send(path);
    return status === 200 ? seen['v1']![0]!.url : status;
  };

  test('[path-rewrite] the service sees another path, with the parameters of the match and the query', async () => {
    expect([await url('/v1/tea/7?x=/v1/a/b'), await url('/old/a/b%20c'), await url('/any/thing?y=2')]).toEqual([
      '/v2/7/tea?x=/v1/a/b',
      '/new/a/b%20c',
      '/one?y=2',
    ]);
  });

  test('[path-rewrite] a gateway is admitted for the path that the service sees, and no longer for the one that was asked for', async () => {
    expect(await enter('GET /v1/{kind}/{id}', '/v1/tea/7?z=3')).toMatchObject({ status: 200 });
    expect(seen['v1']![0]!.url).toBe('/v2/7/tea?z=3');
    const { identity } = architecture.gateways[0]!;
    const before = await counted('orders-v1', 'http.inbound.rbac.denied');
    expect(await trial.sendAs(identity, { port: inbound, path: '/v2/7/tea' })).toMatchObject({ status: 200 });
    expect(await trial.sendAs(identity, { port: inbound, path: '/v1/tea/7' })).toMatchObject({ status: 403 });
    expect((await counted('orders-v1', 'http.inbound.rbac.denied')) - before).toBe(1);
  });

  test('[path-rewrite] what the service denies stays denied, under whatever path it is asked for', async () => {
    const before = await counted('orders-v1', 'http.inbound.rbac.denied');
    expect([await url('/to-admin/users'), await url('/old/../to-admin/users'), await url('/new/../admin/users')]).toEqual([403, 403, 403]);
    expect((await counted('orders-v1', 'http.inbound.rbac.denied')) - before).toBe(3);
    expect(seen['v1']).toEqual([]);
  });

  test('[path-rewrite] a parameter brings no path of its own', async () => {
    const paths = [
      '/old/x/../../admin/users',
      '/old/%2e%2e/admin/users',
      '/old/..%2fadmin/users',
      '/old/..;/admin/users',
      '/old/%2e%2e;/admin/users',
    ];
    const statuses = [];
    for (const path of paths) statuses.push(await url(path));
    expect(statuses).toEqual([403, 403, 400, 403, 403]);
    expect(seen).toEqual({ v1: [], v2: [] });
  });

  test('[host-rewrite] the service sees another host', async () => {
    await send('/guest');
    expect(seen['v1']![0]!.headers.host).toBe('guest.example');
  });
});

describe('answers without the service', () => {
  const nobodyAsked = () => expect(seen).toEqual({ v1: [], v2: [] });

  test('[redirects] to another path of whom was asked, with parameters and query', async () => {
    const answer = await send('/moved/7?x=1', { method: 'POST', headers: { host: '127.0.0.1:20001' } });
    expect({ status: answer.status, location: answer.headers.location }).toEqual({
      status: 308,
      location: 'http://127.0.0.1:20001/items/7?x=1',
    });
    nobodyAsked();
  });

  test('[redirects] to another host, over https', async () => {
    const [away, home] = [await send('/away/a/b?x=1'), await send('/home')];
    expect([away.status, away.headers.location]).toEqual([307, 'https://www.example.com/away/a/b?x=1']);
    expect([home.status, home.headers.location]).toEqual([307, 'https://www.example.com/']);
    nobodyAsked();
  });

  test('[redirects] the ingress redirects, and asks for a token first where the route does', async () => {
    expect((await enter('GET /away/{rest+}', '/away/a')).headers.location).toBe('https://www.example.com/away/a');
    expect(await enter('GET /home', '/home')).toMatchObject({ status: 401 });
    expect(await counted('ingress', 'http.from/web.jwt_authn.denied')).toBe(1);
    nobodyAsked();
  });

  test('[redirects] a gateway whose route is answered so is not admitted for it', async () => {
    const { identity } = architecture.gateways[0]!;
    expect(await trial.sendAs(identity, { port: inbound, path: '/away/a' })).toMatchObject({ status: 403 });
    expect(await trial.sendAs(identity, { port: inbound, path: '/home' })).toMatchObject({ status: 403 });
  });

  test('[direct-responses] a fixed answer, byte for byte', async () => {
    const answer = await send('/gone');
    expect({ status: answer.status, body: answer.body, type: answer.headers['content-type'] }).toEqual({
      status: 410,
      body: '{"gone":"100%"}',
      type: 'application/json',
    });
    expect(await send('/empty')).toMatchObject({ status: 204, body: '' });
    nobodyAsked();
    expect(await counted('client', 'http.to/orders.rq_direct_response')).toBeGreaterThanOrEqual(2);
  });
});

test('[header-changes] headers are set and removed both ways', async () => {
  const answer = await send('/headers', { headers: { 'x-tenant': 'red', 'x-debug': '1', 'x-kept': 'yes' } });
  const { headers } = seen['v1']![0]!;
  expect([headers['x-tenant'], headers['x-debug'], headers['x-kept']]).toEqual(['blue 100%', undefined, 'yes']);
  expect([answer.headers['cache-control'], answer.headers['x-powered-by']]).toEqual(['no-store', undefined]);
  const other = await send('/other', { headers: { 'x-tenant': 'red' } });
  expect([seen['v1']![1]!.headers['x-tenant'], other.headers['x-powered-by']]).toEqual(['red', 'tea']);
});
