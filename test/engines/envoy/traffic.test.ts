import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { fineLine } from './log-line.js';
import { type Asked, Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: { timeout: '2s' } } },
      stranger: { image: 'stranger' },
      orders: {
        image: 'orders',
        listen: { protocol: 'http', port: 8080 },
        outlierDetection: { errors: 1000 }, // ejection would hide what retries do
        routes: [
          { match: { path: '/slow' }, retries: { max: 1, perTry: '500ms', on: ['timeout'] } },
          { match: { path: '/patient' }, retries: { max: 1, perTry: '500ms', on: ['unavailable'] } },
          { match: { path: '/payments' }, retries: { max: 1, on: ['unavailable'] } },
        ],
        access: {
          client: ['ANY /orders/{id}', 'GET /files/{path+}', 'ANY /slow', 'GET /patient', 'ANY /payments'],
          gateways: ['GET /orders/{id}'],
        },
      },
    },
    gateways: {
      web: { kind: 'http', auth: 'public', throttle: { rate: 10, burst: 10 }, routes: { 'GET /orders/{id}': { to: 'orders' } } },
    },
  }),
);
const [client, orders, stranger] = ['client', 'orders', 'stranger'].map(
  (name) => architecture.services.find((each) => each.name === name)!,
);
const gateway = architecture.gateways[0]!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
/** Where the client's app asks, and where the sidecars of the two instances of orders take mutual TLS. */
let local: number;
let inbounds: number[];
let killFirst: () => void;

/** What either app of orders got since the test began, and what it answers next. */
let seen: IncomingMessage[];
let respond: (request: IncomingMessage) => { status: number; headers?: Record<string, string>; after?: number; body?: string };

beforeAll(async () => {
  trial = await Trial.of(architecture);
  local = trial.port();
  inbounds = [trial.port(), trial.port()];
  const app = () =>
    trial.app(async (request, response) => {
      seen.push(request);
      const { status, headers = {}, after = 0, body } = respond(request);
      await wait(after);
      response.writeHead(status, headers).end(body);
    });
  const [first, second] = [await app(), await app()];
  killFirst = first.close;
  const sidecar = (name: string, inbound: number, port: number) =>
    compileSidecar(architecture, orders!.versions[0]!, trial.placement(name, { inbound: at(inbound), app: at(port) }));
  const caller = trial.placement('client', { local: () => at(local), endpoints: () => ({ addresses: inbounds.map(at) }) });
  await trial.start({
    client: compileSidecar(architecture, client!.versions[0]!, caller),
    first: sidecar('first', inbounds[0]!, first.port),
    second: sidecar('second', inbounds[1]!, second.port),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
  respond = () => ({ status: 200 });
});

const send = (asked: Omit<Asked, 'port'>) => trial.send({ port: local, ...asked });
/** As the client, past its sidecar, to the first instance. */
const sendAs = (identity: string, asked: Omit<Asked, 'port'>) => trial.sendAs(identity, { port: inbounds[0]!, ...asked });

describe('who may ask', () => {
  test('[mutual-tls] the app reads who called it from a header that only its sidecar writes', async () => {
    const forged = { 'x-forwarded-client-cert': 'URI=spiffe://trial.local.mesh.internal/svc/boss' };
    expect(await send({ path: '/orders/1', headers: forged })).toMatchObject({ status: 200 });
    expect(seen[0]!.headers['x-forwarded-client-cert']).toMatch(
      /^By=spiffe:\/\/trial\.local\.mesh\.internal\/svc\/orders;Hash=[0-9a-f]{64};URI=spiffe:\/\/trial\.local\.mesh\.internal\/svc\/client$/,
    );
  });

  test('[local-ports] whatever host an app asks for on the port of a call, its callee gets it, by its own name', async () => {
    await send({ path: '/orders/1', headers: { host: 'elsewhere' } });
    expect(seen[0]!.headers.host).toBe('orders');
  });

  test('[declared-egress] a service of the same mesh that declares no call is refused in the handshake', async () => {
    await expect(sendAs(stranger!.identity, { path: '/orders/1' })).rejects.toThrow();
    expect(await trial.statistics('first', 'listener.inbound.ssl.fail_verify_san')).toEqual({ 'listener.inbound.ssl.fail_verify_san': 1 });
  });

  test('[gateway-identity] a gateway is refused what its routes do not name', async () => {
    expect(await sendAs(gateway.identity, { path: '/orders/1' })).toMatchObject({ status: 200 });
    expect(await sendAs(gateway.identity, { method: 'DELETE', path: '/orders/1' })).toMatchObject({ status: 403 });
    expect(await sendAs(gateway.identity, { path: '/files/1' })).toMatchObject({ status: 403 });
  });

  test("[gateway-identity] what a gateway says of its client is believed from the gateway, and is gone from a service's request", async () => {
    const headers = { 'x-edge-principal': 'alice', 'x-edge-source-ip': '192.0.2.7', 'x-edge-anything': 'else' };
    await sendAs(gateway.identity, { path: '/orders/1', headers });
    await sendAs(client!.identity, { path: '/orders/1', headers });
    expect(seen.map((request) => Object.keys(request.headers).filter((name) => name.startsWith('x-edge-')))).toEqual([
      Object.keys(headers),
      [],
    ]);
  });
});

test('what an app says of its server is its own affair, and Envoys say nothing of themselves', async () => {
  expect((await send({ path: '/orders/1' })).headers).not.toHaveProperty('server');
  respond = () => ({ status: 200, headers: { server: 'own' } });
  expect((await send({ path: '/orders/1' })).headers).toMatchObject({ server: 'own' });
});

test('[access-log] a request is one line of JSON at each sidecar, with who asked and without its query', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  respond = () => ({ status: 200, body: 'twelve bytes' });
  await send({ path: '/orders/1?token=secret', headers: { 'x-request-id': 'one', traceparent } });
  const common = {
    ...fineLine,
    bytesIn: 0,
    bytesOut: 12,
    method: 'GET',
    path: '/orders/1',
    status: 200,
    detail: 'via_upstream',
    firstByteMilliseconds: expect.any(Number),
    traceparent,
    request: 'one',
  };
  const caller = { listener: 'to/orders', cluster: 'orders', route: 'services.orders.traffic', attempts: 1 };
  const callee = { listener: 'inbound', route: null, peer: 'spiffe://trial.local.mesh.internal/svc/client', edgeRoute: null };
  expect(await trial.logged(['client'], 'one')).toEqual({ ...common, ...caller });
  expect(await trial.logged(['first', 'second'], 'one')).toEqual({ ...common, ...callee });
});

describe('paths that a proxy and an app could read differently', () => {
  const traversals = [
    ['/orders/../admin', 403],
    ['/orders/%2e%2e/admin', 403],
    ['/orders/..%2fadmin', 400],
    ['/orders/..;/admin', 403],
    ['/orders/%5c../admin', 400],
    ['/files/%2e%2e;/admin', 400],
    ['/files//../../admin', 403],
  ] as const;

  test.each(traversals)('[safe-defaults] %s is refused with %i and counted', async (path, status) => {
    const counter =
      status === 403
        ? 'http.inbound.rbac.denied'
        : path.includes(';')
          ? 'http.inbound.rq_direct_response'
          : 'http.inbound.downstream_rq_failed_path_normalization';
    const before = await trial.statistics('first', counter);
    expect(await sendAs(client!.identity, { path })).toMatchObject({ status });
    const after = await trial.statistics('first', counter);
    expect({ seen, counted: after[counter]! - before[counter]! }).toEqual({ seen: [], counted: 1 });
  });

  test.each(traversals)("%s is refused through the client's own sidecar too", async (path) => {
    expect([400, 403]).toContain((await send({ path })).status);
    expect(seen).toEqual([]);
  });

  test('[safe-defaults] doubled slashes are one, before any rule looks at the path and for the app', async () => {
    expect(await sendAs(client!.identity, { path: '//orders///1' })).toMatchObject({ status: 200 });
    expect(seen[0]!.url).toBe('/orders/1');
  });

  test('[safe-defaults] a header with an underscore is refused', async () => {
    expect(await sendAs(client!.identity, { path: '/orders/1', headers: { x_edge_principal: 'alice' } }).catch(() => 'reset')).toBe(
      'reset',
    );
    expect(seen).toEqual([]);
  });
});

describe('deadlines', () => {
  test.each([[{}], [{ 'x-forwarded-for': '192.0.2.7' }], [{ 'x-envoy-expected-rq-timeout-ms': '99999' }]])(
    "the callee's app reads its caller's timeout, with %j",
    async (headers: Record<string, string>) => {
      await send({ path: '/orders/1', headers });
      expect(seen[0]!.headers['x-envoy-expected-rq-timeout-ms']).toBe('2000');
    },
  );

  test("[timeouts] the callee's sidecar gives up when its caller does, and says so", async () => {
    respond = () => ({ status: 200, after: 1500 });
    const start = performance.now();
    expect(await sendAs(client!.identity, { path: '/orders/1', headers: { 'x-envoy-expected-rq-timeout-ms': '150' } })).toMatchObject({
      status: 504,
      headers: { 'x-mesh-overdue': 'true' },
    });
    expect(performance.now() - start).toBeLessThan(1400);
  });
});

describe('overrides', () => {
  const overrides = {
    'x-envoy-max-retries': '9',
    'x-envoy-retry-on': '5xx',
    'x-envoy-upstream-rq-timeout-ms': '5000',
    'x-envoy-upstream-rq-per-try-timeout-ms': '5000',
    'x-envoy-upstream-alt-stat-name': 'mine',
    'x-envoy-retriable-status-codes': '503',
    'x-envoy-hedge-on-per-try-timeout': 'true',
    'x-envoy-force-trace': 'true',
    'x-envoy-decorator-operation': 'mine',
    'x-envoy-fault-delay-request': '3000',
    'x-envoy-attempt-count': '7',
    'x-envoy-internal': 'true',
  };
  const ways = [
    ["through the client's sidecar", send],
    ['past it', (asked: Omit<Asked, 'port'>) => sendAs(client!.identity, asked)],
  ] as const;

  test.each(ways)('[safe-defaults] a request cannot ask for retries, %s', async (_way, ask) => {
    respond = () => ({ status: 503 });
    const inside = { 'x-forwarded-for': '10.0.0.1' }; // an address that Envoys used to trust
    expect(await ask({ path: '/orders/1', headers: { ...overrides, ...inside } })).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
    expect(Object.keys(seen[0]!.headers).filter((name) => name in overrides)).toEqual([]);
  });

  test('[safe-defaults] a request cannot ask for more time', async () => {
    respond = () => ({ status: 200, after: 4000 });
    const start = performance.now();
    expect(await send({ path: '/orders/1', headers: overrides })).toMatchObject({ status: 504 });
    expect(performance.now() - start).toBeLessThan(3900);
  });
});

describe('retries', () => {
  test('[retries] what may be repeated is tried again on a 503, a POST is not', async () => {
    respond = () => ({ status: 503 });
    await send({ path: '/payments' });
    expect(seen).toHaveLength(2);
    await send({ method: 'POST', path: '/payments' });
    expect(seen).toHaveLength(3);
  });

  test('[retries] a try that takes too long is repeated where that was asked for, and a POST is given all the time there is', async () => {
    respond = () => ({ status: 200, after: seen.length === 1 ? 900 : 0 });
    expect(await send({ path: '/slow' })).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(2);
    seen = [];
    expect(await send({ method: 'POST', path: '/slow' })).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(1);
  });

  test('a time limit for a try, without that event, only ends the request sooner', async () => {
    respond = () => ({ status: 200, after: 900 });
    expect(await send({ path: '/patient' })).toMatchObject({ status: 504 });
    expect(seen).toHaveLength(1);
  });

  test('[retry-unprocessed] an app cannot say of itself that it did not see a request', async () => {
    respond = () => ({ status: 503, headers: { 'x-mesh-unprocessed': 'true' } });
    const answer = await send({ method: 'POST', path: '/orders/1' });
    expect({ status: answer.status, said: answer.headers['x-mesh-unprocessed'], tries: seen.length }).toEqual({
      status: 503,
      said: undefined,
      tries: 1,
    });
  });

  test('[retry-unprocessed] a dead app behind a living sidecar costs no request, whatever its method', async () => {
    killFirst();
    const statuses = [];
    for (let request = 0; request < 20; request += 1) statuses.push((await send({ method: 'POST', path: '/orders/1', body: 'x' })).status);
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    expect(seen).toHaveLength(20);
    const counted = await trial.statistics('client', 'cluster.orders.upstream_rq_retry_success');
    expect(counted['cluster.orders.upstream_rq_retry_success']).toBeGreaterThan(2);
    expect(await sendAs(client!.identity, { path: '/orders/1' })).toMatchObject({ status: 503, headers: { 'x-mesh-unprocessed': 'true' } });
  });
});
