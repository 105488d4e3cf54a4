import { assertTools, rateLimitService } from './counting/built.js';
import { Counting } from './counting/service.js';
import { Limited } from './limited.js';

let mesh: Limited;
let counting: Counting;

beforeAll(async () => {
  assertTools();
  rateLimitService();
  mesh = await Limited.start('https', async (trial, configuration) => (counting = await Counting.start(trial, configuration)));
}, 900_000);

afterAll(() => Promise.all([counting?.stop(), mesh?.trial.stop()]));

beforeEach(() => {
  mesh.seen = 0;
});

test('everything listens on this machine alone', () => {
  const addresses = counting.listening();
  expect(addresses).toHaveLength(3);
  for (const address of addresses) expect(address).toMatch(/^0100007F:/);
});

test("[global-rate-limit] Envoy's rate limit service, over TLS, counts for two instances in Redis", async () => {
  expect(await mesh.statuses(2, 'client', 'orders-1', '/list')).toEqual([200, 200]);
  expect(await mesh.statuses(1, 'client', 'orders-2', '/order', 'POST')).toEqual([200]);
  expect(await mesh.statuses(1, 'client', 'orders-1', '/order', 'POST')).toEqual([429]);
  expect(await mesh.statuses(2, 'other', 'orders-2', '/list')).toEqual([200, 429]);
  expect(mesh.seen).toBe(4);
  expect(await mesh.counted('orders-1', 'admit')).toEqual({ ok: 2, over_limit: 1 });
  expect(await mesh.counted('orders-2', 'admit')).toEqual({ ok: 2, over_limit: 1 });
});

test("[global-rate-limit-per-caller] Envoy's rate limit service counts each caller for itself", async () => {
  expect(await mesh.statuses(3, 'client', 'prices-1', '/any')).toEqual([200, 200, 429]);
  expect(await mesh.statuses(3, 'other', 'prices-1', '/any')).toEqual([200, 200, 429]);
  expect(await mesh.counted('prices-1', 'refuse')).toEqual({ ok: 4, over_limit: 2 });
});

test('[global-rate-limit] what was counted outlives the rate limit service', async () => {
  await counting.service.stop();
  await counting.startService();
  expect(await mesh.statuses(1, 'client', 'orders-1', '/list')).toEqual([429]);
});

describe.each([
  ['Redis', () => counting.redis.stop()],
  ['the rate limit service', () => counting.service.stop()],
])('%s is away', (_, leaves) => {
  beforeAll(() => leaves());

  test('[global-rate-limit] who is admitted or refused is as declared, and who may not ask still may not', async () => {
    const before = (await mesh.counted('orders-2', 'admit'))['failure_mode_allowed'] ?? 0;
    expect(await mesh.statuses(2, 'client', 'orders-2', '/list')).toEqual([200, 200]);
    expect(await mesh.statuses(1, 'other', 'orders-2', '/secret')).toEqual([403]);
    expect(await mesh.statuses(1, 'other', 'prices-1', '/any')).toEqual([503]);
    expect(mesh.seen).toBe(2);
    expect((await mesh.counted('orders-2', 'admit'))['failure_mode_allowed']).toBe(before + 2);
  });
});
