import { resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { issueToken, type Twin, up } from '../../lib/twin/index.js';
import { answerOf, ask, counted, stubAnswer, times } from './client.js';

let twin: Twin;
let url: string;

beforeAll(async () => {
  twin = await up(resolve(shop));
  url = twin.gateway('web').url;
});
afterAll(() => twin?.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('POST /orders', () => {
  const post = (headers = {}) => ask(`${url}/orders`, { method: 'POST', headers });

  test('answers 401 without a token', async () => {
    expect(await post()).toMatchObject({ status: 401 });
  });

  test('answers 403 to a token without its scope, or with one that only looks like it, at the gateway already', async () => {
    for (const scopes of [[], ['orders:read'], ['orders:write2'], ['xorders:write']]) {
      expect(await post(bearer(await twin.token('customers', { scopes })))).toMatchObject({ status: 403 });
    }
    expect((await twin.statistics('gateway-web'))['http.gateway.rbac.denied']).toBe(4);
  });

  test('with its scope among others reaches orders, catalog, both prices, the database and the payment service', async () => {
    const answer = await post(bearer(await twin.token('customers', { scopes: ['profile', 'orders:write'], subject: 'ada' })));
    expect(answer.status).toBe(200);
    const orders = stubAnswer(answer);
    expect(orders).toMatchObject({ service: 'orders', method: 'POST', path: '/orders', principal: 'ada', route: 'POST /orders' });
    expect(orders.calls).toEqual([
      expect.objectContaining({ to: 'catalog', status: 200 }),
      expect.objectContaining({ to: 'ordersDb', status: 'connected', answer: 'ordersDb heard: hello from orders' }),
      expect.objectContaining({ to: 'stripe', status: 200 }),
    ]);
    expect(answerOf(orders, 'catalog').calls.map(({ to }) => to)).toEqual(['pricing', 'pricing']);
  });

  test('reaches the payment service over TLS under its real name', async () => {
    const orders = stubAnswer(await post(bearer(await twin.token('customers', { scopes: ['orders:write'] }))));
    expect(answerOf(orders, 'stripe').headers).toMatchObject({ host: 'api.stripe.com' });
    expect((await twin.statistics('orders-1'))['cluster.external/stripe.ssl.handshake']).toBeGreaterThan(0);
  });
});

test('a token of another process is good here, because both read the same key', async () => {
  const token = await issueToken(twin.architecture, 'customers', { scopes: ['orders:write'] });
  expect(await ask(`${url}/orders/42`, { headers: bearer(token) })).toMatchObject({ status: 200 });
});

test('a public route needs no token', async () => {
  const answer = await ask(`${url}/products/42`);
  expect(answer.status).toBe(200);
  expect(stubAnswer(answer)).toMatchObject({ service: 'catalog', path: '/products/42', route: 'GET /products/{id}' });
});

test('a canary header goes with the request to the version that it chooses', async () => {
  const answers = await times(10, () => ask(`${url}/products/42`, { headers: { 'x-canary': 'yes' } }));
  expect(
    counted(answers.flatMap((answer) => stubAnswer(answer).calls.map(({ answer: price }) => (price as { version: string }).version))),
  ).toEqual({ v2: 20 });
});

test('what the gateway answers itself goes no further', async () => {
  expect(await ask(`${url}/status`)).toMatchObject({ status: 200, text: '{"ok":true}', headers: { 'content-type': 'application/json' } });
});

test('the monolith gets the path that it knows, and not who the client is', async () => {
  const answer = await ask(`${url}/legacy/reports/2026`, { method: 'POST', headers: bearer(await twin.token('customers')) });
  const seen = JSON.parse(answer.text) as { path: string; method: string; headers: Record<string, string> };
  expect(seen).toMatchObject({ external: 'monolith', method: 'POST', path: '/reports/2026' });
  expect(seen.headers).not.toHaveProperty('x-edge-principal');
});

test.each(['/admin', '/products', '/products/42/reviews', '/legacy', '/'])(
  'GET %s is no route: 403, as a REST API answers',
  async (path) => {
    expect(await ask(`${url}${path}`)).toMatchObject({ status: 403, text: '{"message":"Missing Authentication Token"}' });
  },
);

test('a method that a resource does not have is 403 as well, and ANY does not stand for what API Gateway does not take', async () => {
  expect(await ask(`${url}/products/42`, { method: 'DELETE' })).toMatchObject({ status: 403 });
  expect(await ask(`${url}/legacy/reports`, { method: 'TRACE' })).toMatchObject({ status: 403 });
});

test.each(['/products/..%2forders%2f42', '/products/%5c..'])('the path %s is refused before any route sees it', async (path) => {
  expect(await ask(`${url}${path}`)).toMatchObject({ status: 400 });
});

test("API Gateway's limits are here too: 413 above 10 MiB, 431 above 10 KiB of headers", async () => {
  const post = async (bytes: number): Promise<number> => {
    const headers = bearer(await twin.token('customers'));
    const answer = await fetch(`${url}/legacy/upload`, { method: 'POST', headers, body: Buffer.alloc(bytes) });
    await answer.text();
    return answer.status;
  };
  expect([await post(10 * 1_048_576), await post(10 * 1_048_576 + 1)]).toEqual([200, 413]);
  const get = (bytes: number) => ask(`${url}/products/42`, { headers: { 'x-long': 'a'.repeat(bytes) } });
  expect([(await get(9_000)).status, (await get(10_240)).status]).toEqual([200, 431]);
});

test('a worker makes its declared calls as itself', async () => {
  const [call] = await twin.instance('nightly').work();
  expect(call).toMatchObject({
    to: 'orders',
    status: 200,
    answer: { method: 'GET', path: '/orders/42', calledBy: 'spiffe://shop.local.mesh.internal/svc/nightly' },
  });
});
