import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { answerOf, ask, counted, stubAnswer, times } from './client.js';

let twin: Twin;

beforeAll(async () => {
  twin = await up(resolve(bookinfo), { instances: { details: 2, ratings: 2, productpage: 2 } });
});
afterAll(() => twin?.stop());

/** As the app of this instance would. */
const askAs = (version: string, callee: string, method: string) =>
  ask(`http://127.0.0.1:${twin.instance(version).localPorts.get(callee)}/`, { method });

/** No more at a time than may be retried at a time: 20 % of the requests under way, 3 in any case. */
const withinBudget = 3;

test('two instances share the requests', async () => {
  const answers = await times(40, () => askAs('productpage', 'details', 'GET'));
  expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 40 });
  expect(Object.keys(counted(answers.map((answer) => stubAnswer(answer).instance)))).toEqual(['1', '2']);
});

describe('an app that is dead behind a living sidecar', () => {
  // Each callee dies once: after five errors in a row it is left alone for 30 s.
  test.each([
    ['GET', 'productpage', 'details'],
    ['POST', 'reviews-v1', 'ratings'],
  ])('costs no %s', async (method, caller, callee) => {
    await twin.instance(callee, 2).stopApp();
    const answers = await times(60, () => askAs(caller, callee, method), withinBudget);
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 60 });
    expect(counted(answers.map((answer) => stubAnswer(answer).instance))).toEqual({ 1: 60 });
    // Some did go to the dead one first, and its sidecar said that no app saw them.
    const retried = await twin.statistics(`${caller}-1`, `^cluster.${callee}.upstream_rq_retry`);
    expect(retried[`cluster.${callee}.upstream_rq_retry_success`]).toBeGreaterThan(0);
    expect(retried[`cluster.${callee}.upstream_rq_retry_overflow`]).toBe(0);
    await twin.instance(callee, 2).startApp();
  });

  test('costs no client a request', async () => {
    await twin.instance('productpage', 2).stopApp();
    const answers = await times(60, () => ask(`${twin.gateway('web').url}/productpage`), withinBudget);
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 60 });
    expect(counted(answers.map((answer) => stubAnswer(answer).instance))).toEqual({ 1: 60 });
    expect((await twin.statistics('ingress'))['cluster.gateway/web/productpage.upstream_rq_retry_success']).toBeGreaterThan(0);
    await twin.instance('productpage', 2).startApp();
  });
});

describe('a control', () => {
  const page = () => ask(`${twin.gateway('web').url}/productpage`);

  test('makes an app fail, which shows at the top, and heals it', async () => {
    for (const number of [1, 2]) twin.instance('ratings', number).failApp(500);
    const failed = await page();
    for (const number of [1, 2]) twin.instance('ratings', number).failApp(undefined);
    expect(failed.status).toBe(502);
    expect(answerOf(stubAnswer(failed), 'reviews').calls).toEqual([expect.objectContaining({ to: 'ratings', status: 500 })]);
    expect(await page()).toMatchObject({ status: 200 });
  });

  test("[timeouts] makes an app slow: its caller's sidecar waits as long as declared, and no longer", async () => {
    for (const number of [1, 2]) twin.instance('ratings', number).slowApp(2_000);
    const reviews = answerOf(stubAnswer(await page()), 'reviews');
    for (const number of [1, 2]) twin.instance('ratings', number).slowApp(0);
    const [call] = reviews.calls;
    expect(call).toMatchObject({ to: 'ratings', status: 504 });
    // reviews gives ratings 500 ms.
    expect(call?.ms).toBeGreaterThanOrEqual(490);
    expect(call?.ms).toBeLessThan(1_500);
  });
});
