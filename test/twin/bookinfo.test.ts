import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { createSigningKey } from '../../lib/twin/signing-key.js';
import { signToken } from '../../lib/twin/token.js';
import { answerOf, ask, counted, stubAnswer, times } from './client.js';

const mesh = 'spiffe://bookinfo.local.mesh.internal';
let twin: Twin;
let url: string;

beforeAll(async () => {
  twin = await up(resolve(bookinfo));
  url = twin.gateway('web').url;
});
afterAll(() => twin?.stop());

/** As this instance's app would: through its sidecar's listener for the callee. */
const askAs = (version: string, callee: string, headers: Record<string, string> = {}) =>
  ask(`http://127.0.0.1:${twin.instance(version).localPorts.get(callee)}/`, { headers });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a request', () => {
  test('[in-service] passes gateway, ingress, productpage, reviews and ratings', async () => {
    const answer = await ask(`${url}/productpage`);
    expect(answer.status).toBe(200);
    const page = stubAnswer(answer);
    expect(page).toMatchObject({ service: 'productpage', path: '/productpage', route: 'GET /productpage' });
    expect(page.calls.map(({ to, status }) => [to, status])).toEqual([
      ['details', 200],
      ['reviews', 200],
    ]);
    expect(answerOf(answerOf(page, 'reviews'), 'ratings')).toMatchObject({ service: 'ratings', method: 'GET' });
  });

  test("shows each callee its caller's SPIFFE identity", async () => {
    const page = stubAnswer(await ask(`${url}/productpage`));
    expect(page.calledBy).toBe(`${mesh}/ingress/web`);
    expect(answerOf(page, 'details').calledBy).toBe(`${mesh}/svc/productpage`);
    expect(answerOf(page, 'reviews').calledBy).toBe(`${mesh}/svc/productpage`);
    expect(answerOf(answerOf(page, 'reviews'), 'ratings').calledBy).toBe(`${mesh}/svc/reviews`);
  });

  test('keeps its trace and its id to the last hop', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const page = stubAnswer(await ask(`${url}/productpage`, { headers: { traceparent } }));
    const ratings = answerOf(answerOf(page, 'reviews'), 'ratings');
    expect(ratings.headers['traceparent']).toBe(traceparent);
    expect(ratings.headers['x-request-id']).toBe(page.headers['x-request-id']);
  });

  test('that claims to be somebody cannot: what only the gateway says is overwritten', async () => {
    const headers = {
      'x-edge-principal': 'root',
      'x-edge-source-ip': '203.0.113.9',
      'x-edge-route': 'GET /api/v1/products',
      'x-edge-plan': 'gold',
    };
    const page = stubAnswer(await ask(`${url}/productpage`, { headers }));
    expect(page.principal).toBeUndefined();
    expect(page.headers).toMatchObject({ 'x-edge-route': 'GET /productpage', 'x-edge-source-ip': '127.0.0.1', 'x-edge-principal': '-' });
    expect(page.headers).not.toHaveProperty('x-edge-plan');
  });
});

describe('reviews', () => {
  test('[weighted-versions] go 90 to 10 to v1 and v3, within five standard deviations of 2,000 requests', async () => {
    // √(2000 · 0.9 · 0.1) = 13.4: outside 133…267 by chance once in two million runs, while 95 to 5 has 100 ± 10.
    const answers = await times(2_000, () => askAs('productpage', 'reviews'));
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 2_000 });
    const versions = counted(answers.map((answer) => stubAnswer(answer).version));
    expect(Object.keys(versions).sort()).toEqual(['v1', 'v3']);
    expect(versions['v3']).toBeGreaterThanOrEqual(133);
    expect(versions['v3']).toBeLessThanOrEqual(267);
  });

  test('go to v2 for jason, whose name the page passes on', async () => {
    const answers = await times(20, () => ask(`${url}/productpage`, { headers: { 'end-user': 'jason' } }));
    expect(counted(answers.map((answer) => answerOf(stubAnswer(answer), 'reviews').version))).toEqual({ v2: 20 });
  });

  test('do not go to v2 for jasonne', async () => {
    const answers = await times(20, () => askAs('productpage', 'reviews', { 'end-user': 'jasonne' }));
    expect(counted(answers.map((answer) => stubAnswer(answer).version))).not.toHaveProperty('v2');
  });
});

describe('the API', () => {
  const api = () => `${url}/api/v1/products`;

  test('takes a good token, and the service learns who the client is', async () => {
    const answer = await ask(api(), { headers: bearer(await twin.token('readers', { subject: 'ada' })) });
    expect(answer.status).toBe(200);
    expect(stubAnswer(answer)).toMatchObject({ route: 'GET /api/v1/products', principal: 'ada' });
  });

  test('answers 401 without a token, at the gateway already', async () => {
    const denied = 'http.gateway.jwt_authn.denied';
    const before = (await twin.statistics('gateway-web'))[denied] ?? 0;
    expect(await ask(api())).toMatchObject({ status: 401 });
    expect((await twin.statistics('gateway-web'))[denied]).toBe(before + 1);
  });

  test.each([
    ['of another key', async () => signToken(twin.architecture.authorizers[0]!, await createSigningKey())],
    ['that expired two minutes ago', () => twin.token('readers', { expiresIn: -120 })],
    ['for another audience', () => twin.token('readers', { audience: 'shop' })],
    ['of another issuer', () => twin.token('readers', { issuer: 'https://login.acme.com/' })],
    ['that was altered', async () => (await twin.token('readers')).replace(/\.(...)/, '.AAA')],
    ['that is none', async () => 'let-me-in'],
  ])('answers 401 to a token %s', async (_, token) => {
    expect(await ask(api(), { headers: bearer(await token()) })).toMatchObject({ status: 401 });
  });

  test('answers 401 to a good token that is not all of its header, as API Gateway does', async () => {
    const authorization = `Basic YWxpY2U6, Bearer ${await twin.token('readers')}`;
    expect(await ask(api(), { headers: { authorization } })).toMatchObject({ status: 401 });
  });

  test('does not take its token from the query, which ends up in logs', async () => {
    expect(await ask(`${api()}?access_token=${await twin.token('readers')}`)).toMatchObject({ status: 401 });
  });

  test('prefers the more specific of two routes', async () => {
    const headers = bearer(await twin.token('readers'));
    expect(stubAnswer(await ask(`${api()}/7/reviews`, { headers })).route).toBe('GET /api/v1/products/{id}/reviews');
    expect(stubAnswer(await ask(`${api()}/7`, { headers })).route).toBe('GET /api/v1/products/{id}');
  });
});

describe('the gateway', () => {
  test('answers 404 to what it does not declare', async () => {
    expect(await ask(`${url}/admin`)).toMatchObject({ status: 404 });
    expect(await ask(`${url}/productpage`, { method: 'POST' })).toMatchObject({ status: 404 });
    expect(await ask(`${url}/static`)).toMatchObject({ status: 404 });
  });

  test('answers 429 above the throttle, each route by itself', async () => {
    // 200 at once and 100 a second: of 800 in well under five seconds some are too many.
    const throttled = await times(800, () => ask(`${url}/api/v1/products`));
    const statuses = counted(throttled.map(({ status }) => status));
    expect(statuses['401']).toBeGreaterThanOrEqual(200);
    expect(statuses['429']).toBeGreaterThan(0);
    expect(Object.keys(statuses).sort()).toEqual(['401', '429']);
    expect(
      (await twin.statistics('gateway-web', 'throttle.http_local_rate_limit.enforced'))['throttle.http_local_rate_limit.enforced'],
    ).toBe(statuses['429']);
    expect(await ask(`${url}/productpage`)).toMatchObject({ status: 200 });
  });
});
