import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import shop from '../../../bin/shop/architecture.js';
import { type Page, servePage, type Twin, up } from '../../../lib/twin/index.js';
import type { Live } from '../../../lib/twin/page/live.js';
import { Sampler } from '../../../lib/twin/page/sampler.js';
import type { Changes } from '../../../lib/twin/page/sent.js';
import { topologyOf } from '../../../lib/twin/page/topology.js';
import { ask as askGateway, counted, stubAnswer, times } from '../client.js';

let twin: Twin;
let page: Page;
let port: string;
let token: string;

beforeAll(async () => {
  twin = await up(resolve(shop), { instances: { catalog: 2 } });
  page = await servePage(twin);
  [, port, token] = /^http:\/\/127\.0\.0\.1:(\d+)\/#t=([\w-]{32})$/.exec(page.url) as unknown as [string, string, string];
});
afterAll(() => twin?.stop());

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** As any program could, with any header. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((found, failed) => {
    const sent = request({ host: '127.0.0.1', port, path, method, agent: false, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => found({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

const bearer = () => ({ authorization: `Bearer ${token}` });
const typed = { 'content-type': 'application/json' };
const control = (body: unknown) => ask('/control', { method: 'POST', headers: { ...bearer(), ...typed }, body: JSON.stringify(body) });
const live = async (): Promise<Live> => JSON.parse((await ask('/live', { headers: bearer() })).text) as Live;

const product = () => askGateway(`${twin.gateway('web').url}/products/42`);
const prices = async (count: number) => {
  const answers = await times(count, product);
  return counted(answers.flatMap((answer) => stubAnswer(answer).calls.map(({ answer: price }) => (price as { version: string }).version)));
};
const edge = ({ edges }: Live, id: string) => edges.find((each) => each.id === id)!;
const listens = (port: number): Promise<boolean> =>
  new Promise((found) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      found(true);
    });
    socket.on('error', () => found(false));
  });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('it refuses', () => {
  test.each<[string, number, string, Asked]>([
    ['another name for this machine', 421, '/', { headers: { host: 'evil.example' } }],
    ['another site', 403, '/live', { headers: { origin: 'https://evil.example', authorization: 'TOKEN' } }],
    [
      'another site that would press a button',
      403,
      '/control',
      { method: 'POST', headers: { origin: 'http://127.0.0.1:1', authorization: 'TOKEN', ...typed }, body: '{"do":"rotate"}' },
    ],
    ['what is no path', 400, '//', {}],
    ['who has no token, the architecture', 401, '/view', {}],
    ['who has no token, a picture', 401, '/picture?of=all', {}],
    ['who has no token, details', 401, '/panel?of=service/catalog', {}],
    ['details of what there is not', 404, '/panel?of=service/nobody', { headers: { authorization: 'TOKEN' } }],
    ['who has no token, the numbers', 401, '/live', {}],
    ['who has no token, the buttons', 401, '/control', { method: 'POST', headers: typed, body: '{"do":"rotate"}' }],
    ['who has another token', 401, '/live', { headers: { authorization: `Bearer ${'x'.repeat(32)}` } }],
    [
      'what a form of any page can send',
      415,
      '/control',
      { method: 'POST', headers: { authorization: 'TOKEN', 'content-type': 'text/plain' }, body: '{"do":"rotate"}' },
    ],
    [
      'a control as long as a book',
      413,
      '/control',
      { method: 'POST', headers: { authorization: 'TOKEN', ...typed }, body: 'x'.repeat(5_000) },
    ],
    ['what there is not', 404, '/etc/passwd', { headers: { authorization: 'TOKEN' } }],
    ['a control by GET', 404, '/control', { headers: { authorization: 'TOKEN' } }],
  ])('%s: %i', async (_, status, path, { headers = {}, ...asked }) => {
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', `Bearer ${token}`)]));
    const answer = await ask(path, { ...asked, headers: filled });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) });
  });

  test.each<[string, unknown, string]>([
    ['no JSON', undefined, 'not JSON'],
    ['a control that is none', { do: 'explode' }, 'Invalid'],
    ['a field too many', { do: 'kill', instance: 'catalog-1', really: true }, 'Unrecognized key'],
    ['an instance that is none', { do: 'kill', instance: 'catalog-9' }, '"catalog-9" is not an instance; did you mean "catalog-1"?'],
    ['a worker that nobody asks', { do: 'kill', instance: 'nightly-1' }, 'nightly #1 is a worker'],
    ['to end a worker that nobody asks', { do: 'end', instance: 'nightly-1' }, 'nightly #1 is a worker'],
    ['more of what runs on demand', { do: 'more', version: 'nightly' }, 'nightly runs on demand'],
    ['one fewer than one', { do: 'fewer', version: 'orders' }, 'it is the last instance of orders; one more first'],
    ['to end the last one', { do: 'end', instance: 'orders-1' }, 'it is the last instance of orders; one more first'],
    ['more of what there is not', { do: 'more', version: 'pricing' }, '"pricing" is not a version; allowed: catalog'],
    ['a delay of an hour', { do: 'slow', instance: 'catalog-1', milliseconds: 3_600_000 }, '30000'],
    ['weights of nothing', { do: 'shift', service: 'pricing', weights: {} }, 'pricing: one version at least needs a weight above 0'],
  ])('%s, and says why', async (_, body, message) => {
    const { status, text } = await control(body);
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(JSON.stringify(message).slice(1, -1)) });
  });
});

describe('the page that anybody gets', () => {
  test('says nothing about the architecture, and loads nothing', async () => {
    const { status, text, headers } = await ask('/');
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    expect(text).not.toMatch(/catalog|pricing|spiffe|shop/);
    expect(text).not.toContain(token);
    expect(text.match(/(?:src|href)="(?!data:)[^"#]|url\(|@import|https?:\/\/(?!www\.w3\.org)/g)).toBeNull();
  });

  test('may run its own script and style alone, and ask nobody but its twin', async () => {
    const { text, headers } = await ask('/');
    const hash = (tag: string) => {
      const [, inside = ''] = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(text) ?? [];
      return `'sha256-${createHash('sha256').update(inside).digest('base64')}'`;
    };
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src ${hash('script')}; style-src ${hash('style')}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('is small: what all have to load, and what one architecture adds', async () => {
    expect((await ask('/')).text.length).toBeLessThan(40_000);
    expect((await ask('/view', { headers: bearer() })).text.length).toBeLessThan(60_000);
  });
});

test('numbers are what was sent since somebody looked', async () => {
  await times(7, product);
  await live();
  await times(30, product);
  await times(5, () => askGateway(`${twin.gateway('web').url}/nowhere`));
  await pause(2_200); // histograms follow within a second
  const now = await live();
  expect(now.seconds).toBeGreaterThan(1.5);
  const requests = (id: string) => Math.round(edge(now, id).perSecond! * now.seconds);
  expect(requests('clients/clients>gateway/web')).toBe(35);
  expect(edge(now, 'clients/clients>gateway/web')).toMatchObject({ failed: 0, refused: 5, health: 'healthy' });
  expect(requests('gateway/web>service/catalog')).toBe(30);
  expect(requests('service/catalog>service/pricing')).toBe(60);
  expect(edge(now, 'service/orders>service/catalog')).toMatchObject({ perSecond: 0, health: 'idle' });
  const { p50, p99, handshakes } = edge(now, 'service/catalog>service/pricing');
  expect(p50).toBeGreaterThan(0);
  expect(p99).toBeGreaterThanOrEqual(p50!);
  expect(handshakes).toBeGreaterThan(0);
  expect(edge(now, 'gateway/web>service/catalog').p50).toBeGreaterThan(p50!);
});

test('a call over gRPC that fails is a failed one, though its answer is a 200', async () => {
  const id = 'service/catalog>service/pricing';
  const before = edge(await live(), id).failed;
  const instances = twin.instances.filter(({ version }) => version.service === 'pricing');
  for (const instance of instances) instance.failApp(503);
  await times(5, product);
  for (const instance of instances) instance.failApp(undefined);
  await pause(1_000);
  expect(edge(await live(), id)).toMatchObject({ failed: before + 10, health: 'degraded' });
});

test('Envoys are asked once a second at most, however many look', async () => {
  const [one, other] = await Promise.all([live(), live()]);
  expect(await live()).toEqual(one);
  expect(other).toEqual(one);
});

describe('a button', () => {
  test('kills an instance, which costs nobody a request, and starts it again', async () => {
    expect(JSON.parse((await control({ do: 'kill', instance: 'catalog-1' })).text)).toEqual({
      said: 'catalog #1 is killed: its app listens no more; undo: start',
    });
    const answers = await times(20, product, 3);
    expect(counted(answers.map(({ status }) => status))).toEqual({ 200: 20 });
    expect(counted(answers.map((answer) => stubAnswer(answer).instance))).toEqual({ 2: 20 });
    expect((await live()).instances.find(({ name }) => name === 'catalog-1')).toMatchObject({ health: 'failing', running: false });
    expect(await listens(twin.instance('catalog', 1).appPort)).toBe(false);
    await control({ do: 'start', instance: 'catalog-1' });
    expect(await listens(twin.instance('catalog', 1).appPort)).toBe(true);
    expect(twin.instance('catalog', 1).condition).toEqual({ running: true, failing: undefined, delay: 0 });
  });

  test('makes instances fail and slow, and heals them', async () => {
    for (const instance of ['catalog-1', 'catalog-2']) await control({ do: 'fail', instance, status: 503 });
    expect((await product()).status).toBe(503);
    for (const instance of ['catalog-1', 'catalog-2']) await control({ do: 'heal', instance });
    expect((await product()).status).toBe(200);
    for (const instance of ['catalog-1', 'catalog-2']) await control({ do: 'slow', instance, milliseconds: 300 });
    const start = performance.now();
    expect((await product()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(295);
    for (const instance of ['catalog-1', 'catalog-2']) await control({ do: 'heal', instance });
  });

  test('shifts traffic, and back', async () => {
    expect(JSON.parse((await control({ do: 'shift', service: 'pricing', weights: { 'pricing-v2': 5 } })).text)).toEqual({
      said: 'pricing now splits pricing-v1 0, pricing-v2 5; undo: back to declared',
    });
    expect(await prices(10)).toEqual({ v2: 20 });
    expect((await live()).shares).toMatchObject({ 'pricing-v1': 0, 'pricing-v2': 100 });
    await control({ do: 'unshift', service: 'pricing' });
    expect((await live()).shares).toMatchObject({ 'pricing-v1': 90, 'pricing-v2': 10 });
  });

  test('rotates certificates, which nobody notices', async () => {
    expect((await control({ do: 'rotate' })).status).toBe(200);
    expect((await live()).certificates).toBe(2);
    expect((await product()).status).toBe(200);
  });

  test('brings one more instance, up to five, and takes the newest away, which costs nobody a request', async () => {
    const answers = { more: `pricing-v2 has one more instance, which its callers ask from now on: 2 instances now; undo: one fewer` };
    expect(JSON.parse((await control({ do: 'more', version: 'pricing-v2' })).text)).toEqual({ said: answers.more });
    expect((await live()).versions.find(({ id }) => id === 'pricing-v2')).toEqual({
      id: 'pricing-v2',
      instances: 2,
      starting: 0,
      leaving: 0,
    });
    await twin.scale('pricing-v2', 5);
    expect(await control({ do: 'more', version: 'pricing-v2' })).toMatchObject({ status: 400, text: expect.stringContaining('the most') });
    await twin.scale('pricing-v2', 2);
    const [ended] = await Promise.all([control({ do: 'fewer', version: 'pricing-v2' }), prices(20)]);
    expect(JSON.parse(ended.text)).toEqual({
      said: 'pricing-v2 #2, the newest, has ended as a task does: 1 instance now; undo: one more',
    });
  });

  test('runs a worker once', async () => {
    expect(JSON.parse((await control({ do: 'work', instance: 'nightly-1' })).text)).toEqual({
      said: 'nightly #1 made its calls once: orders 200',
    });
  });
});

test('what newcomers count is counted, and what those who have left had counted stays', async () => {
  let at = 0;
  const sampler = new Sampler(twin, topologyOf(twin.architecture), () => at);
  const calls = async (): Promise<number> => {
    at += 1_000;
    return (await sampler.measure()).edges.get('service/catalog>service/pricing')!.requests;
  };
  expect(await calls()).toBe(0);
  await times(20, product);
  await control({ do: 'more', version: 'catalog' });
  const asked = (await times(30, product)).map((answer) => stubAnswer(answer).instance);
  expect(asked).toContain(3);
  expect(await calls()).toBe(100);
  expect(JSON.parse((await control({ do: 'end', instance: 'catalog-1' })).text)).toEqual({
    said: 'catalog #1 has ended: it left its callers, ended what was under way, and stopped; 2 instances now; undo: one more',
  });
  expect(await calls()).toBe(100);
  await times(5, product);
  expect(await calls()).toBe(110);
});

test('a page is sent what has changed since it asked', async () => {
  const changes = async (since: number) => JSON.parse((await ask(`/live?since=${since}`, { headers: bearer() })).text) as Changes;
  const all = await changes(0);
  expect(all.since).toBeUndefined();
  expect(Object.keys(all.face.texts!).length).toBeGreaterThan(100);
  await control({ do: 'shift', service: 'pricing', weights: { 'pricing-v2': 1 } });
  const some = await changes(all.number);
  expect(some.since).toBe(all.number);
  expect(some.face.texts).toMatchObject({ 'version/pricing-v1#share': '0 %', 'version/pricing-v2#share': '100 %' });
  expect(some.face.texts).not.toHaveProperty(['version/catalog#count']);
  await control({ do: 'unshift', service: 'pricing' });
  expect((await changes(all.number)).face.widths ?? {}).not.toHaveProperty(['version/pricing-v1']); // as it was
  expect((await changes(1_000_000)).since).toBeUndefined();
});

test('it ends with its twin', async () => {
  const other = await up(resolve(bookinfo));
  const { url } = await servePage(other);
  expect((await fetch(url)).status).toBe(200);
  await other.stop();
  await expect(fetch(url)).rejects.toThrow();
});
