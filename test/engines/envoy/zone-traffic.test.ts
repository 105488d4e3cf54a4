import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar, type Placement } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve, type Service } from '../../../lib/index.js';
import { type App, Trial } from './trial.js';

/** Callers differ in what the callee says of health, and in who stands in for it; the callee's own sidecars do not. */
const watched = (active: boolean, failover: { failover?: 'stock' } = {}): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        client: { image: 'client', calls: { pricing: failover, stock: {} } },
        stock: { image: 'stock', listen: { protocol: 'http', port: 8081 } },
        pricing: {
          image: 'pricing',
          listen: { protocol: 'http', port: 8080 },
          health: { path: '/healthz', ...(active ? { active: { interval: '100ms', timeout: '500ms', healthy: 1, unhealthy: 1 } } : {}) },
          zones: 'prefer-own',
        },
      },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /prices': { to: 'pricing' } } } },
    }),
  );
const [plain, asking, sparing] = [watched(false), watched(true), watched(false, { failover: 'stock' })];
const service = (name: string, { services }: Architecture): Service => services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

/** Where each caller is, where all its instances are, and in which zones it finds its callee's; nowhere in particular where DNS would not say. */
const callers: Record<string, { architecture: Architecture; near?: string; peers: string; callee: string }> = {
  spread: { architecture: plain, near: 'a', peers: 'abc', callee: 'abc' },
  asking: { architecture: asking, near: 'a', peers: 'abc', callee: 'abc' },
  crowded: { architecture: plain, near: 'b', peers: 'abbb', callee: 'abc' },
  without: { architecture: plain, near: 'c', peers: 'abc', callee: 'ab' },
  unknown: { architecture: plain, peers: '', callee: '???' },
  sparing: { architecture: sparing, near: 'a', peers: 'abc', callee: 'abc' },
  ingress: { architecture: plain, near: 'a', peers: 'a', callee: 'abc' },
};

let trial: Trial;
let local: ReadonlyMap<string, number>;
let apps: App[];
/** Whether each instance says that it is well. */
const sick: Record<string, boolean> = {};

beforeAll(async () => {
  trial = await Trial.of(plain);
  const app = (zone: string) =>
    trial.app((request, response) => {
      if (request.url === '/healthz') response.writeHead(sick[zone] ? 503 : 200).end();
      else response.end(zone);
    });
  apps = await Promise.all([...'abc'].map(app));
  const [stock, toStock, inbounds] = [trial.port(), trial.port(), apps.map(() => trial.port())];
  const standIn = await trial.app((_, response) => void response.end('stock'));
  local = new Map(Object.keys(callers).map((name) => [name, trial.port()]));
  const placement = (name: string): Placement => {
    const { near, peers, callee } = callers[name]!;
    const placed = (zone: string, port: number) => (zone === '?' ? at(port) : { ...at(port), zone });
    return trial.placement(name, {
      local: ({ to }) => at(to === 'pricing' ? local.get(name)! : name === 'sparing' ? toStock : 0), // 0: whichever is free, since nobody asks
      front: () => at(local.get(name)!),
      endpoints: ({ service }) => ({
        addresses: service === 'stock' ? [at(stock)] : [...callee].map((zone, index) => placed(zone, inbounds[index]!)),
      }),
      ...(near === undefined ? {} : { near: { zone: near, instances: [...peers].map((zone, index) => placed(zone, 1 + index)) } }),
    });
  };
  const callee = (zone: string, index: number) =>
    compileSidecar(
      asking,
      service('pricing', asking).versions[0]!,
      trial.placement(`pricing-${zone}`, { inbound: at(inbounds[index]!), app: at(apps[index]!.port) }),
    );
  await trial.start({
    stock: compileSidecar(
      plain,
      service('stock', plain).versions[0]!,
      trial.placement('stock', { inbound: at(stock), app: at(standIn.port) }),
    ),
    ...Object.fromEntries([...'abc'].map((zone, index) => [`pricing-${zone}`, callee(zone, index)])),
    ...Object.fromEntries(
      Object.entries(callers).map(([name, { architecture }]) => [
        name,
        name === 'ingress'
          ? compileIngress(architecture, placement(name))
          : compileSidecar(architecture, service('client', architecture).versions[0]!, placement(name)),
      ]),
    ),
  });
  await until('asking', ({ a = 0 }) => a > 10); // who asked for health before all were up
});

afterAll(() => trial.stop());

/** How many of so many requests each zone answered; a status where it was none. */
async function answers(from: string, amount: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let request = 0; request < amount; request += 1) {
    const { status, body } = await trial.send({ port: local.get(from)!, path: '/prices', headers: { 'x-edge-route': 'GET /prices' } });
    const from200 = status === 200 ? body : String(status);
    counts[from200] = (counts[from200] ?? 0) + 1;
  }
  return counts;
}
/** Until so few requests are answered so: a caller learns of health when it asks, and takes what it learns within a second together. */
async function until(from: string, holds: (counts: Record<string, number>) => boolean): Promise<void> {
  while (!holds(await answers(from, 15))) await wait(100);
}
/** What a caller's cluster counted, by the last part of its name. */
async function counters(name: string): Promise<Record<string, number>> {
  const found = await trial.statistics(name, 'cluster\\..*pricing\\.(lb_|upstream_rq_retry|outlier)');
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [key.replace(/^.*pricing\./, ''), value]));
}

describe('while all are well', () => {
  test('[zone-aware-balancing] a caller asks in its own zone; one request in twenty keeps the way to the others open', async () => {
    const { a = 0, b = 0, c = 0 } = await answers('spread', 300);
    const { lb_zone_routing_all_directly: directly = 0 } = await counters('spread');
    expect(a + b + c).toBe(300);
    expect(directly).toBeGreaterThan(255); // 285 ± 3.8
    expect(a).toBeGreaterThan(255); // 290 ± 3.1
    expect(b + c).toBeGreaterThan(0);
  });

  test('[zone-aware-balancing] where most instances of the caller are in one zone, no instance of the callee gets more than its share', async () => {
    // Three of four callers are in b, with a third of the callee: of each, 0.33 ÷ 0.75 stays; the rest goes where callers are few.
    const counts = await answers('crowded', 300);
    const { lb_zone_routing_sampled: sampled = 0, lb_zone_routing_cross_zone: crossing = 0 } = await counters('crowded');
    expect({ sampled: sampled > 0, crossing: crossing > 90 }).toEqual({ sampled: true, crossing: true });
    expect(counts['b']).toBeLessThan(180); // 0.44 × 300 = 132 ± 9
    expect(counts['c']).toBeGreaterThan(counts['a']!); // nobody asks from c, so all that c can take is free
  });

  test('[zone-aware-balancing] an ingress that is alone spreads its requests over all zones', async () => {
    const { a = 0, b = 0, c = 0 } = await answers('ingress', 150);
    expect(a + b + c).toBe(150);
    for (const each of [a, b, c]) expect(each).toBeGreaterThan(20); // 50 ± 6
  });

  test('[zone-aware-balancing] with fewer instances than zones, whoever has none near asks the others', async () => {
    const { a = 0, b = 0, ...others } = await answers('without', 60);
    expect(others).toEqual({});
    expect(Math.min(a, b)).toBeGreaterThan(10);
    expect(await counters('without')).toMatchObject({ lb_zone_routing_all_directly: 0 });
  });

  test('[zone-aware-balancing] where nobody knows the zones, instances take turns', async () => {
    expect(await answers('unknown', 60)).toEqual({ a: 20, b: 20, c: 20 });
    expect(await counters('unknown')).toMatchObject({ lb_zone_routing_all_directly: 0, lb_zone_routing_cross_zone: 0 });
  });
});

test('[zone-aware-balancing] when the own zone says that it is sick, the others take over, and nothing is tried again', async () => {
  sick['a'] = true;
  await until('asking', ({ a }) => a === undefined);
  const before = await counters('asking');
  const { b = 0, c = 0, ...others } = await answers('asking', 60);
  expect(others).toEqual({});
  expect(Math.min(b, c)).toBeGreaterThan(10);
  const after = await counters('asking');
  expect(after['lb_zone_routing_cross_zone']! - before['lb_zone_routing_cross_zone']!).toBeGreaterThan(40);
  expect(after['upstream_rq_retry']).toBe(0);
  sick['a'] = false;
  await until('asking', ({ a = 0 }) => a > 10);
  expect((await answers('asking', 60))['a']).toBeGreaterThan(40);
});

test('[zone-aware-balancing] beside a fail-over it is the same, as long as all are well', async () => {
  expect((await answers('sparing', 100))['a']).toBeGreaterThan(80);
});

test('[zone-aware-balancing] when the only instance of the own zone dies, no request fails: further tries find the others, until it is left alone', async () => {
  apps[0]!.close();
  const { b = 0, c = 0, ...others } = await answers('spread', 120);
  expect(others).toEqual({});
  expect(Math.min(b, c)).toBeGreaterThan(20);
  const { upstream_rq_retry: retried = 0, upstream_rq_retry_success: found, ...rest } = await counters('spread');
  expect(retried).toBeGreaterThanOrEqual(5);
  expect(found).toBe(retried);
  expect(rest).toMatchObject({ 'outlier_detection.ejections_active': 1 });
  expect(rest['lb_zone_routing_cross_zone']).toBeGreaterThan(60);
});

test('[zone-aware-balancing] where somebody stands in, further tries go there instead, and then to the other zones too', async () => {
  const { b = 0, c = 0, stock = 0, ...others } = await answers('sparing', 120);
  expect(others).toEqual({});
  expect(stock).toBeGreaterThanOrEqual(5);
  expect(Math.min(b, c)).toBeGreaterThan(20);
});
