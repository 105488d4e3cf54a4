import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

/** So slow that no token comes back while a test runs. */
const rate = 0.01;

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: {}, prices: {}, doors: {}, quotes: {} } },
      other: { image: 'other', calls: { orders: {}, prices: {} } },
      third: { image: 'third', calls: { prices: {} } },
      fourth: { image: 'fourth', calls: { prices: {} } },
      orders: {
        image: 'orders',
        listen: { protocol: 'http', port: 8080 },
        rateLimit: { rate, burst: 6 },
        routes: [{ match: { path: '/open' } }, { match: { path: '/{anything}', method: 'POST' }, rateLimit: { rate, burst: 2 } }],
      },
      prices: {
        image: 'prices',
        listen: { protocol: 'http', port: 8081 },
        rateLimit: { rate, burst: 3, per: 'caller' },
        health: { path: '/healthz', active: { interval: '1h' } },
        routes: [{ match: { path: '/quotes', from: 'third' }, rateLimit: { rate, burst: 1 } }, { match: { path: '/quotes' } }],
      },
      doors: {
        image: 'doors',
        listen: { protocol: 'http', port: 8082 },
        routes: [{ match: { path: '/log.in', method: 'GET' }, rateLimit: { rate, burst: 1 } }, { match: { path: '/{anything+}' } }],
      },
      quotes: {
        image: 'quotes',
        listen: { protocol: 'grpc', port: 8083 },
        routes: [{ match: { rpc: 'acme.Quotes/Get' }, rateLimit: { rate, burst: 1 } }],
      },
    },
  }),
);
const named = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let seen = 0;
const inbound = new Map<string, number>();

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const app = await trial.app((_request, response) => {
    seen += 1;
    response.end();
  });
  const sidecar = (name: string) => {
    inbound.set(name, trial.port());
    return compileSidecar(
      architecture,
      named(name).versions[0]!,
      trial.placement(name, { inbound: at(inbound.get(name)!), app: at(app.port) }),
    );
  };
  await trial.start({ orders: sidecar('orders'), prices: sidecar('prices'), doors: sidecar('doors'), quotes: sidecar('quotes') });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = 0;
});

/** The statuses of so many requests, one after the other, past the caller's own sidecar. */
async function statuses(times: number, caller: string, callee: string, path: string, method = 'GET'): Promise<number[]> {
  const got: number[] = [];
  for (let time = 0; time < times; time += 1)
    got.push((await trial.sendAs(named(caller).identity, { port: inbound.get(callee)!, path, method })).status);
  return got;
}

const limited = (envoy: string, filter: string) =>
  trial
    .statistics(envoy, `${filter}.http_local_rate_limit.rate_limited`)
    .then((found) => Object.values(found).reduce((sum, each) => sum + each, 0));

test("[rate-limit] a route's burst passes, the next is a 429 that the app never sees; the service's own limit holds as well", async () => {
  expect(await statuses(3, 'client', 'orders', '/one', 'POST')).toEqual([200, 200, 429]);
  expect(seen).toBe(2);
  expect(await limited('orders', 'rate-limit/routes')).toBe(1);
  // The first match wins, at the callee too: this POST is the first route's.
  expect(await statuses(1, 'client', 'orders', '/open', 'POST')).toEqual([200]);
  // Of the service's six, four are gone: three for the route's requests, one for this.
  expect(await statuses(3, 'other', 'orders', '/two')).toEqual([200, 200, 429]);
  expect(await limited('orders', 'rate-limit/service')).toBe(1);
});

test('[rate-limit-per-caller] who asks too much leaves the others their share', async () => {
  expect(await statuses(4, 'client', 'prices', '/any')).toEqual([200, 200, 200, 429]);
  expect(await statuses(4, 'other', 'prices', '/any')).toEqual([200, 200, 200, 429]);
  expect(seen).toBe(6);
  expect(await limited('prices', 'rate-limit/service')).toBe(2);
});

test('a caller has no second bucket by saying that it is somebody else', async () => {
  const { status } = await trial.sendAs(named('client').identity, {
    port: inbound.get('prices')!,
    path: '/any',
    headers: { 'x-forwarded-client-cert': `URI=${named('other').identity}` },
  });
  expect(status).toBe(429);
});

test("a limit of one caller's requests leaves the same requests of others alone", async () => {
  await trial.admin('prices', '/reset_counters');
  expect(await statuses(2, 'fourth', 'prices', '/quotes')).toEqual([200, 200]);
  expect(await statuses(2, 'third', 'prices', '/quotes')).toEqual([200, 429]);
  expect(await limited('prices', 'rate-limit/routes')).toBe(1);
});

test('nobody has a second bucket by another spelling of the path that an app may read as the same, or by HEAD', async () => {
  expect(await statuses(1, 'client', 'doors', '/log.in')).toEqual([200]);
  for (const path of ['/log.in/', '/Log.IN', '/log%2ein', '/log.in;v=1', '/./log.in', '//log.in', '/log.in?again'])
    expect([path, await statuses(1, 'client', 'doors', path)]).toEqual([path, [429]]);
  expect(await statuses(1, 'client', 'doors', '/log.in', 'HEAD')).toEqual([429]);
  for (const other of ['/log-in', '/log.in/twice', '/log.input']) expect(await statuses(1, 'client', 'doors', other)).toEqual([200]);
  expect(await statuses(1, 'client', 'doors', '/log.in', 'POST')).toEqual([200]);
});

test('a call of gRPC is counted by its path, whatever it calls its content', async () => {
  const call = { port: inbound.get('quotes')!, method: 'POST', path: '/acme.Quotes/Get' };
  for (const type of ['application/grpc', 'application/proto', 'application/connect+json'])
    await trial.sendAs(named('client').identity, { ...call, headers: { 'content-type': type } });
  expect(await limited('quotes', 'rate-limit/routes')).toBe(2);
});

test('questions about health are not counted', async () => {
  expect(await statuses(5, 'client', 'prices', '/healthz')).toEqual([200, 200, 200, 200, 200]);
});
