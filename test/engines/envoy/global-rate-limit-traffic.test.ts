import { Limited } from './limited.js';
import { RateLimitService } from './rate-limit-service.js';

let mesh: Limited;
let service: RateLimitService;
let end: () => void;

beforeAll(async () => {
  mesh = await Limited.start('http', async (trial, configuration) => {
    service = new RateLimitService(configuration);
    const served = await trial.listen(service.server);
    end = served.close;
    return served;
  });
});

afterAll(() => mesh?.trial.stop());

beforeEach(() => {
  mesh.seen = 0;
  service.asked = 0;
  service.mood = 'counts';
});

test('[global-rate-limit] two instances share what a service takes; what comes above is a 429 that no app sees', async () => {
  expect(await mesh.statuses(2, 'client', 'orders-1', '/list')).toEqual([200, 200]);
  expect(await mesh.statuses(1, 'client', 'orders-2', '/order', 'POST')).toEqual([200]);
  // The route's own limit is used up, at every instance; the service's is not.
  expect(await mesh.statuses(1, 'client', 'orders-1', '/order', 'POST')).toEqual([429]);
  expect(await mesh.statuses(2, 'other', 'orders-2', '/list')).toEqual([200, 429]);
  expect(await mesh.statuses(1, 'client', 'orders-1', '/open', 'POST')).toEqual([429]);
  expect(mesh.seen).toBe(4);
  expect(await mesh.trial.loggedWhere(['orders-1'], { status: 429 })).toMatchObject({ flags: 'RL', detail: 'request_rate_limited' });
  expect(await mesh.counted('orders-1', 'admit')).toEqual({ ok: 2, over_limit: 2 });
  expect(await mesh.counted('orders-2', 'admit')).toEqual({ ok: 2, over_limit: 1 });
});

test('[global-rate-limit] who may not ask is refused before anything is counted', async () => {
  expect(await mesh.statuses(1, 'other', 'orders-1', '/secret')).toEqual([403]);
  expect(service.asked).toBe(0);
});

test('[global-rate-limit] a 429 is not tried again, by no event, also not as gRPC', async () => {
  expect((await mesh.ask('orders', '/list')).status).toBe(429);
  expect(service.asked).toBe(1);
  expect(await mesh.call('quotes', '/acme.Quotes/Get')).toMatchObject({ status: 200 });
  expect(await mesh.call('quotes', '/acme.Quotes/Get')).toMatchObject({ answer: { grpcStatus: 8 } }); // RESOURCE_EXHAUSTED
  expect(service.asked).toBe(3);
});

test('[global-rate-limit-per-caller] who asks too much leaves the others their share, and is nobody else by saying so', async () => {
  expect(await mesh.statuses(3, 'client', 'prices-1', '/any')).toEqual([200, 200, 429]);
  expect(await mesh.statuses(3, 'other', 'prices-1', '/any')).toEqual([200, 200, 429]);
  expect(await mesh.counted('prices-1', 'refuse')).toEqual({ ok: 4, over_limit: 2 });
});

test('questions about health are not counted', async () => {
  expect(await mesh.statuses(4, 'client', 'prices-1', '/healthz')).toEqual([200, 200, 200, 200]);
  expect(service.asked).toBe(0);
});

describe.each(['fails', 'is silent'] as const)('whoever counts %s', (mood) => {
  beforeEach(() => {
    service.mood = mood;
  });

  test('[global-rate-limit] requests pass where the limit admits them then', async () => {
    const before = await mesh.counted('orders-1', 'admit');
    expect(await mesh.statuses(1, 'client', 'orders-1', '/list')).toEqual([200]);
    const { error = 0, failure_mode_allowed: allowed = 0 } = await mesh.counted('orders-1', 'admit');
    expect([error - (before['error'] ?? 0), allowed - (before['failure_mode_allowed'] ?? 0)]).toEqual([1, 1]);
  });

  test('[global-rate-limit] no request passes where the limit refuses them then', async () => {
    expect(await mesh.statuses(1, 'client', 'prices-1', '/any')).toEqual([503]);
    expect(mesh.seen).toBe(0);
    expect(await mesh.trial.loggedWhere(['prices-1'], { status: 503 })).toMatchObject({ flags: 'RLSE' });
  });
});

describe('nobody counts', () => {
  beforeAll(() => end());

  test('[global-rate-limit] who is admitted or refused is as declared, and who may not ask still may not', async () => {
    expect(await mesh.statuses(2, 'client', 'orders-2', '/list')).toEqual([200, 200]);
    expect(await mesh.statuses(1, 'other', 'orders-2', '/secret')).toEqual([403]);
    expect(await mesh.statuses(1, 'other', 'prices-1', '/any')).toEqual([503]);
    expect(mesh.seen).toBe(2);
    expect(await mesh.counted('orders-2', 'admit')).toMatchObject({ failure_mode_allowed: 2 });
  });
});
