import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Architecture, type BalanceSpec, defineArchitecture, resolve, type Service } from '../../../lib/index.js';
import { type Asked, Trial } from './trial.js';

/** Callers differ in what the callee says of balance and panic; the callee's own sidecars do not. */
const saying = (balance: BalanceSpec, panic: number): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        client: { image: 'client', calls: { watched: {} } },
        other: { image: 'other', calls: { watched: {} } },
        watched: {
          image: 'watched',
          listen: { protocol: 'http', port: 8080 },
          outlierDetection: { errors: 1000 },
          health: { path: '/healthz', active: { interval: '100ms', timeout: '500ms', healthy: 1, unhealthy: 1 } },
          access: { client: ['GET /orders/{id}'], other: '*', gateways: ['GET /orders/{id}'] },
          balance,
          panic,
        },
      },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders/{id}': { to: 'watched' } } } },
    }),
  );
const architecture = saying('round-robin', 50);
const callers: Record<string, readonly [Architecture, string]> = {
  client: [architecture, 'client'],
  strict: [saying('random', 0), 'client'],
  idlest: [saying('least-request', 50), 'client'],
  byHeader: [saying({ hash: { header: 'x-user' } }, 50), 'client'],
  byCookie: [saying({ hash: { cookie: 'session' }, table: 'maglev' }, 50), 'client'],
  byCaller: [saying({ hash: 'caller' }, 50), 'client'],
};
const service = (name: string, { services }: Architecture = architecture): Service => services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let inbounds: number[];
let front: number;
let local: ReadonlyMap<string, number>;
/** Whether each of the two instances says that it is well, how long it takes to answer, and what it got since the test began. */
const sick = [false, false];
const slow = [0, 0];
let seen: number[];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const app = (instance: number) =>
    trial.app(async (request, response) => {
      if (request.url === '/healthz') return void response.writeHead(sick[instance] ? 503 : 200).end();
      seen.push(instance);
      await wait(slow[instance]);
      // The header is for sidecars to say: callers would leave this instance alone.
      return void response.writeHead(200, { 'x-envoy-immediate-health-check-fail': 'true' }).end(String(instance));
    });
  const apps = [await app(0), await app(1)];
  inbounds = [trial.port(), trial.port()];
  local = new Map(Object.keys(callers).map((name) => [name, trial.port()]));
  front = trial.port();
  const endpoints = () => ({ addresses: inbounds.map(at) });
  const caller = (name: string) => {
    const [of, as] = callers[name]!;
    return [
      name,
      compileSidecar(of, service(as, of).versions[0]!, trial.placement(name, { local: () => at(local.get(name)!), endpoints })),
    ];
  };
  const callee = (instance: number) =>
    compileSidecar(
      architecture,
      service('watched').versions[0]!,
      trial.placement(`watched-${instance}`, { inbound: at(inbounds[instance]!), app: at(apps[instance]!.port) }),
    );
  seen = [];
  await trial.start({
    'watched-0': callee(0),
    'watched-1': callee(1),
    ...Object.fromEntries(Object.keys(callers).map(caller)),
    ingress: compileIngress(callers['byCaller']![0], trial.placement('ingress', { front: () => at(front), endpoints })),
  });
  await asked(); // who asked before all were up
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
});

const send = (from: string, headers: Record<string, string> = {}, asked: Partial<Asked> = {}) =>
  trial.send({ port: local.get(from)!, path: '/orders/1', headers, ...asked });
const several = async (amount: number, from: string, headers: Record<string, string> = {}) => {
  const answers = [];
  for (let request = 0; request < amount; request += 1) answers.push(await send(from, headers));
  return answers.map(({ status, body }) => (status === 200 ? body : String(status)));
};
/** Until every caller has asked again: Envoy takes what it learns within a second together. */
const asked = () => wait(1_600);
const distinct = (values: readonly string[]) => [...new Set(values)].sort();
const counter = async (name: string, counted: string) => (await trial.statistics(name, counted))[counted] ?? 0;

test('an app cannot say that its sidecar drains', async () => {
  expect((await send('client')).headers).not.toHaveProperty('x-envoy-immediate-health-check-fail');
});

describe('choosing', () => {
  test('[balancing] round robin takes turns', async () => {
    const answers = await several(20, 'client');
    expect(answers.filter((instance, index) => instance === answers[index + 1])).toEqual([]);
  });

  test('[balancing] random does not', async () => {
    const answers = await several(60, 'strict');
    expect(distinct(answers)).toEqual(['0', '1']);
    expect(answers.some((instance, index) => instance === answers[index + 1])).toBe(true);
  });

  test('[balancing] least request leaves alone who is busy', async () => {
    slow[0] = 1_500;
    const busy = Array.from({ length: 100 }, () => send('idlest'));
    await wait(150);
    seen = [];
    const answers = await Promise.all(Array.from({ length: 40 }, () => send('idlest')));
    slow[0] = 0;
    await Promise.all(busy);
    // Of two drawn instances the idler one: both draws are the busy one for a quarter: 30 ± 2.7 are left, where turns would leave 20.
    expect(answers.filter(({ body }) => body === '1').length).toBeGreaterThan(22);
  });

  test.each([
    ['byHeader', 'header, in a ring', (value: number) => ({ 'x-user': `user ${value}` })],
    ['byCookie', 'cookie, by maglev', (value: number) => ({ cookie: `session=s${value}` })],
  ] as const)('[balancing] %s: requests of the same %s, meet the same instance, and others another', async (from, _, headers) => {
    const each = [];
    for (let value = 0; value < 12; value += 1) each.push(distinct(await several(4, from, headers(value))));
    expect(each.every((instances) => instances.length === 1)).toBe(true);
    expect(distinct(each.flat())).toEqual(['0', '1']);
  });

  test('[balancing] all requests of a caller meet the same instance', async () => {
    expect(distinct(await several(20, 'byCaller'))).toHaveLength(1);
  });

  test('[balancing] at a gateway a caller is a client, by its address', async () => {
    const ask = (ip: string) =>
      trial.send({ port: front, path: '/orders/1', headers: { 'x-edge-route': 'GET /orders/{id}', 'x-edge-source-ip': ip } });
    const each = [];
    for (let client = 1; client <= 12; client += 1) {
      const answers = [await ask(`192.0.2.${client}`), await ask(`192.0.2.${client}`), await ask(`192.0.2.${client}`)];
      each.push(distinct(answers.map(({ body }) => body)));
    }
    expect(each.every((instances) => instances.length === 1)).toBe(true);
    expect(distinct(each.flat())).toEqual(['0', '1']);
  });
});

describe('health', () => {
  const identity = (name: string) => service(name).identity;

  test('[active-health] callers may ask for it, whatever else they may ask for, and nobody more than that', async () => {
    const ask = (path: string, method = 'GET') => trial.sendAs(identity('client'), { port: inbounds[0]!, path, method });
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    const before = await counter('watched-0', 'http.inbound.rbac.denied');
    expect([(await ask('/healthz', 'POST')).status, (await ask('/other')).status]).toEqual([403, 403]);
    expect((await counter('watched-0', 'http.inbound.rbac.denied')) - before).toBe(2);
  });

  test('[active-health] an instance that says it is sick gets no request, and none fails for it', async () => {
    sick[1] = true;
    await asked();
    expect(distinct(await several(20, 'client'))).toEqual(['0']);
    expect(await counter('client', 'cluster.watched.health_check.failure')).toBeGreaterThan(0);
    sick[1] = false;
    await asked();
    expect(distinct(await several(20, 'client'))).toEqual(['0', '1']);
  });

  test('[panic] with too few left all are used again, sick ones too; with panic 0 nobody is', async () => {
    sick.fill(true);
    await asked();
    expect(distinct(await several(10, 'client'))).toEqual(['0', '1']);
    expect(await counter('client', 'cluster.watched.lb_healthy_panic')).toBeGreaterThan(0);
    expect(distinct(await several(10, 'strict'))).toEqual(['503']);
    expect(await counter('strict', 'cluster.watched.upstream_cx_none_healthy')).toBeGreaterThan(0);
    sick.fill(false);
    await asked();
    expect(distinct(await several(10, 'strict'))).toEqual(['0', '1']);
  });
});

test('[draining] an instance that drains and then ends under load costs no request, nor a further try', async () => {
  const statuses: number[] = [];
  let load = true;
  const client = async () => {
    while (load) statuses.push((await send('client')).status);
  };
  const clients = [client(), client(), client(), client()];
  await wait(300);
  await trial.admin('watched-1', '/healthcheck/fail');
  await trial.admin('watched-1', '/drain_listeners?graceful&skip_exit');
  await asked();
  const before = seen.length;
  await wait(400);
  expect({ left: seen.slice(before).includes(0), drained: seen.slice(before).includes(1) }).toEqual({ left: true, drained: false });
  await trial.admin('watched-1', '/quitquitquit');
  await wait(500);
  load = false;
  await Promise.all(clients);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(statuses.length).toBeGreaterThan(200);
  expect(await counter('client', 'cluster.watched.upstream_rq_retry')).toBe(0);
});
