import type { Architecture } from '../../lib/index.js';
import { type Change, changesBetween, type Facts, renderChanges, review } from '../../lib/review/index.js';
import { architecture, gateway, pageOf, service, textOf, worker } from './build.js';

const factsOf = (subject: Architecture): Facts => JSON.parse(textOf(review(subject), 'facts.json')) as Facts;
const changes = (before: Architecture, after: Architecture): Change[] => changesBetween(factsOf(before), factsOf(after));
const words = (before: Architecture, after: Architecture): string[] =>
  changes(before, after).map(({ topic, direction, is }) => `${topic} ${direction}: ${is}`);

const authorizers = Object.fromEntries(
  ['customers', 'staff'].map((name) => [name, { kind: 'jwt', issuer: 'https://id.example/', audience: [name] }]),
);
const route = (own: object, web: object = {}) =>
  architecture({ orders: service() }, { authorizers, ...gateway({ 'POST /orders': { to: 'orders', ...own } }, web) });
const scoped = (...scopes: string[]) => route({ auth: { use: 'customers', scopes } });

test('nothing changed is nothing to say', () => expect(words(scoped('a'), scoped('a'))).toEqual([]));

test('opening a route is weaker, closing it is stronger', () => {
  expect(words(scoped('orders:write'), route({ auth: 'public' }))).toEqual([
    'security weaker: POST /orders: auth customers (scope orders:write) → public',
  ]);
  expect(words(route({ auth: 'public' }), route({ auth: 'customers' }))).toEqual([
    'security stronger: POST /orders: auth public → customers',
  ]);
});

test('one of the scopes opens a route: one more is weaker, one less or the first is stronger, another is neither', () => {
  expect(words(scoped('a'), scoped('b', 'a'))).toEqual([
    'security weaker: POST /orders: auth customers (scope a) → customers (scope a or b)',
  ]);
  expect(words(scoped('a', 'b'), scoped('a'))).toEqual([
    'security stronger: POST /orders: auth customers (scope a or b) → customers (scope a)',
  ]);
  expect(words(route({ auth: 'customers' }), scoped('a'))).toEqual([
    'security stronger: POST /orders: auth customers → customers (scope a)',
  ]);
  expect(words(scoped('a'), route({ auth: 'customers' }))).toEqual(['security weaker: POST /orders: auth customers (scope a) → customers']);
  expect(words(scoped('a'), scoped('b'))).toEqual(['security neutral: POST /orders: auth customers (scope a) → customers (scope b)']);
  expect(words(route({ auth: 'customers' }), route({ auth: 'staff' }))).toEqual(['security neutral: POST /orders: auth customers → staff']);
});

test('a higher throttle is weaker, a lower one stronger, at the gateway and at a route', () => {
  const throttled = (rate: number, burst: number) => route({ throttle: { rate, burst } });
  expect(words(throttled(5, 10), throttled(50, 10))).toEqual(['security weaker: POST /orders: throttle 5/s, burst 10 → 50/s, burst 10']);
  expect(words(throttled(5, 10), throttled(5, 1))).toEqual(['security stronger: POST /orders: throttle 5/s, burst 10 → 5/s, burst 1']);
  expect(words(throttled(5, 10), throttled(1, 20))).toEqual(['security neutral: POST /orders: throttle 5/s, burst 10 → 1/s, burst 20']);
  expect(words(route({}), route({}, { throttle: { rate: 1000, burst: 200 } }))).toEqual([
    'security weaker: gateway web: throttle 100/s, burst 200 → 1000/s, burst 200',
  ]);
});

test('a new public route is weaker and its end stronger; what it lets the gateway ask for goes along', () => {
  const two = architecture(
    { orders: service() },
    { authorizers, ...gateway({ 'POST /orders': { to: 'orders' }, 'GET /all': { to: 'orders' } }) },
  );
  expect(words(route({}), two)).toEqual([
    'security weaker: new: GET /all: auth public, target orders /all',
    'security weaker: orders ← gateway web: POST /orders → GET /all, POST /orders',
  ]);
  expect(words(two, route({}))).toEqual([
    'security stronger: gone: GET /all: auth public, target orders /all',
    'security stronger: orders ← gateway web: GET /all, POST /orders → POST /orders',
  ]);
});

const access = (orders: object, calls: object = { orders: {} }) => architecture({ orders: service(orders), desk: worker({ calls }) });

test('who may ask for more is weaker, for less is stronger, for something else is neither', () => {
  const may = (...requests: string[]) => access({ access: { desk: requests } });
  expect(words(may('GET /a'), access({}))).toEqual(['security weaker: orders ← desk: GET /a → any request']);
  expect(words(access({}), may('GET /a'))).toEqual(['security stronger: orders ← desk: any request → GET /a']);
  expect(words(may('GET /a'), may('GET /b'))).toEqual(['security neutral: orders ← desk: GET /a → GET /b']);
});

test('a new caller is weaker; the call itself is told with its policy', () => {
  expect(words(access({}, {}), access({}))).toEqual([
    'security weaker: new: orders ← desk: any request',
    'reliability neutral: new: desk → orders: timeout 2s, tries 2 tries, after unprocessed',
  ]);
});

test('accepting a finding is weaker', () => {
  const lost = (acknowledge: object) => architecture({ lost: service({ acknowledge }) });
  expect(words(lost({}), lost({ 'services-are-reached': 'opens in May' }))).toEqual([
    'security weaker: new: acknowledged services-are-reached at services.lost: reason opens in May',
  ]);
});

test('timeouts, retries and traffic are told without judging', () => {
  const subject = (timeout: string, v1: number) =>
    architecture({
      desk: worker({ calls: { orders: { timeout } } }),
      orders: service({ versions: { v1: {}, v2: {} }, traffic: { v1, v2: 100 - v1 } }),
    });
  expect(words(subject('2s', 90), subject('400ms', 50))).toEqual([
    'reliability neutral: desk → orders: timeout 2s → 400ms',
    'reliability neutral: service orders: traffic v1 90 %, v2 10 % → v1 50 %, v2 50 %',
  ]);
});

test('with a second gateway, routes are told with their gateway', () => {
  const web = { kind: 'rest', auth: 'public', routes: { 'GET /': { to: 'a' } } };
  const subject = (auth: string) => architecture({ a: service() }, { authorizers, gateways: { web, app: { ...web, auth } } });
  expect(words(subject('customers'), subject('public'))).toEqual(['security weaker: app GET /: auth customers → public']);
});

test('security comes first, what got weaker first in it', () => {
  const before = architecture(
    { orders: service({ domain: 'x' }) },
    { authorizers, ...gateway({ 'GET /a': { to: 'orders' }, 'GET /b': { to: 'orders', auth: 'staff' } }) },
  );
  const after = architecture(
    { orders: service({ domain: 'y', scale: { min: 3, max: 3 } }) },
    { authorizers, ...gateway({ 'GET /a': { to: 'orders', auth: 'staff' }, 'GET /b': { to: 'orders' } }) },
  );
  expect(renderChanges(changes(before, after))).toBe(
    `security
  weaker    GET /b: auth staff → public
  stronger  GET /a: auth public → staff
reliability
  neutral   service orders: instances 2 → 3
shape
  neutral   service orders: domain x → y`,
  );
});

test('a rate limit that rises or goes is weaker, one that comes or falls is stronger', () => {
  const limited = (rateLimit?: object) =>
    architecture({ orders: service(rateLimit && { rateLimit }) }, gateway({ 'GET /a': { to: 'orders' } }));
  const five = limited({ rate: 5, burst: 9 });
  expect(words(five, limited({ rate: 6, burst: 9 }))).toEqual([
    'reliability weaker: service orders: rate limit 5/s, burst 9 → 6/s, burst 9',
  ]);
  expect(words(five, limited({ rate: 5, burst: 8 }))).toEqual([
    'reliability stronger: service orders: rate limit 5/s, burst 9 → 5/s, burst 8',
  ]);
  expect(words(five, limited())).toEqual(['reliability weaker: service orders: rate limit 5/s, burst 9 → none']);
  expect(words(limited(), five)).toEqual(['reliability stronger: service orders: rate limit none → 5/s, burst 9']);
  expect(words(five, limited({ rate: 5, burst: 9, per: 'caller' }))).toEqual([
    'reliability neutral: service orders: rate limit 5/s, burst 9 → 5/s, burst 9, for each caller',
  ]);
});

test('so is one of some requests, which the page has beside that of all', () => {
  const limited = (rate: number) =>
    architecture({
      orders: service({
        rateLimit: { rate: 9, burst: 9 },
        routes: [{ match: { path: '/a' }, rateLimit: { rate, burst: 5, per: 'caller' } }, { match: { path: '/b' } }],
      }),
    });
  expect(words(limited(5), limited(6))).toEqual([
    'reliability weaker: service orders: rate limit where ANY /a 5/s, burst 5, for each caller → 6/s, burst 5, for each caller',
  ]);
  expect(pageOf(limited(5), 'mesh.md')).toMatch(
    /\| orders \| all +\| 9\/s, burst 9 +\|\n\| +\| `ANY \/a` \| 5\/s, burst 5, for each caller \|/,
  );
});

test('denying more is stronger, denying less is weaker', () => {
  const denying = (...deny: string[]) =>
    architecture({
      orders: service({ access: { nightly: deny.length === 0 ? '*' : { deny } } }),
      nightly: worker({ calls: { orders: {} } }),
    });
  expect(words(denying(), denying('GET /a'))).toEqual(['security stronger: orders ← nightly: but not none → GET /a']);
  expect(words(denying('GET /a'), denying())).toEqual(['security weaker: orders ← nightly: but not GET /a → none']);
  expect(words(denying('GET /a'), denying('GET /a', 'GET /b'))).toEqual([
    'security stronger: orders ← nightly: but not GET /a → GET /a, GET /b',
  ]);
  expect(words(denying('GET /a', 'GET /b'), denying('GET /b'))).toEqual([
    'security weaker: orders ← nightly: but not GET /a, GET /b → GET /b',
  ]);
  expect(words(denying('GET /a'), denying('GET /b'))).toEqual(['security neutral: orders ← nightly: but not GET /a → GET /b']);
});

test('further from strict is weaker, and so is one more client in plaintext or a later last day', () => {
  const permitted = (until: string, ...names: string[]) => ({
    permissive: {
      until,
      clients: Object.fromEntries(
        names.map((name) => [
          name,
          { from: ['10.0.4.0/24'].map((range) => range.replace('4', String(names.indexOf(name)))), to: ['orders'] },
        ]),
      ),
    },
  });
  const mesh = (mtls?: unknown) => architecture({ orders: service() }, { mesh: { mtls } });
  const [march, april] = [permitted('2027-03-31', 'a'), permitted('2027-04-30', 'a')];
  expect(words(mesh(), mesh(march))).toEqual([
    'security weaker: mesh: mutual TLS strict → permissive',
    'security weaker: mesh: plaintext until none → 2027-03-31',
    'security weaker: mesh: plaintext from a none → 10.0.0.0/24 to orders',
  ]);
  expect(words(mesh(march), mesh(april))).toEqual(['security weaker: mesh: plaintext until 2027-03-31 → 2027-04-30']);
  expect(words(mesh(april), mesh(march))).toEqual(['security stronger: mesh: plaintext until 2027-04-30 → 2027-03-31']);
  expect(words(mesh(march), mesh(permitted('2027-03-31', 'a', 'b')))).toEqual([
    'security weaker: mesh: plaintext from b none → 10.0.1.0/24 to orders',
  ]);
  expect(words(mesh(march), mesh('off'))[0]).toBe('security weaker: mesh: mutual TLS permissive → off');
  expect(words(mesh('off'), mesh('strict'))).toEqual(['security stronger: mesh: mutual TLS off → strict']);
});

test('asking from more addresses is weaker, from fewer stronger, wherever it is said', () => {
  const listed = (lists: object) => route({}, lists);
  const [one, two] = ['203.0.113.0/24', '198.51.100.0/24'];
  expect(words(listed({}), listed({ allow: [one] }))).toEqual(['security stronger: gateway web: from only none → 203.0.113.0/24']);
  expect(words(listed({ allow: [one] }), listed({ allow: [one, two] }))).toEqual([
    'security weaker: gateway web: from only 203.0.113.0/24 → 198.51.100.0/24, 203.0.113.0/24',
  ]);
  expect(words(listed({ deny: [one] }), listed({ deny: [one, two] }))).toEqual([
    'security stronger: gateway web: never from 203.0.113.0/24 → 198.51.100.0/24, 203.0.113.0/24',
  ]);
  expect(words(listed({ allow: [one] }), listed({}))).toEqual(['security weaker: gateway web: from only 203.0.113.0/24 → none']);
  expect(words(listed({ allow: [one] }), listed({ allow: [two] }))).toEqual([
    'security neutral: gateway web: from only 203.0.113.0/24 → 198.51.100.0/24',
  ]);
  expect(words(listed({}), listed({ deny: [one] }))).toEqual(['security stronger: gateway web: never from none → 203.0.113.0/24']);
  expect(words(listed({ deny: [one] }), listed({}))).toEqual(['security weaker: gateway web: never from 203.0.113.0/24 → none']);
});

test('asking for a token is stronger, for fewer requests weaker', () => {
  const asking = (tokens?: object) =>
    architecture({ orders: service(tokens && { tokens }) }, { authorizers, ...gateway({ 'GET /a': { to: 'orders', auth: 'customers' } }) });
  const [every, one] = [{ use: 'customers' }, { use: 'customers', requests: ['GET /a'] }];
  expect(words(asking(), asking(every))).toEqual([
    'security stronger: service orders: token of none → customers',
    'security stronger: service orders: token for none → any request',
  ]);
  expect(words(asking(every), asking(one))).toEqual(['security weaker: service orders: token for any request → GET /a']);
  expect(words(asking(one), asking({ ...one, requests: ['GET /a', 'GET /b'] }))).toEqual([
    'security stronger: service orders: token for GET /a → GET /a, GET /b',
  ]);
  expect(words(asking(every), asking({ ...every, claims: { role: ['admin', 'support'], tenant: 7 } }))).toEqual([
    'security stronger: service orders: token claims none → role is admin or support, tenant is 7',
  ]);
  expect(words(asking(every), asking())).toEqual([
    'security weaker: service orders: token of customers → none',
    'security weaker: service orders: token for any request → none',
  ]);
  expect(words(asking(one), asking(every))).toEqual(['security stronger: service orders: token for GET /a → any request']);
  expect(words(asking(every), asking({ use: 'staff' }))).toEqual(['security neutral: service orders: token of customers → staff']);
  const claiming = (claims: object) => asking({ ...every, claims });
  expect(words(claiming({ role: 'admin', tenant: 7 }), claiming({ tenant: 7 }))).toEqual([
    'security weaker: service orders: token claims role is admin, tenant is 7 → tenant is 7',
  ]);
  expect(words(claiming({ tenant: 7 }), claiming({ role: 'admin', tenant: 7 }))).toEqual([
    'security stronger: service orders: token claims tenant is 7 → role is admin, tenant is 7',
  ]);
  expect(words(claiming({ tenant: 7 }), claiming({ tenant: 8 }))).toEqual([
    'security neutral: service orders: token claims tenant is 7 → tenant is 8',
  ]);
  expect(words(claiming({ role: 'admin' }), claiming({ role: ['admin', 'support'] }))).toEqual([
    'security weaker: service orders: token claims role is admin → role is admin or support',
  ]);
  expect(words(claiming({ role: ['admin', 'support'], tenant: 7 }), claiming({ role: 'support', tenant: 7 }))).toEqual([
    'security stronger: service orders: token claims role is admin or support, tenant is 7 → role is support, tenant is 7',
  ]);
  expect(words(claiming({ role: 'admin', tenant: 7 }), claiming({ role: ['admin', 'support'], tenant: 7, team: 'a' }))).toEqual([
    'security neutral: service orders: token claims role is admin, tenant is 7 → role is admin or support, team is a, tenant is 7',
  ]);
});

test("App Mesh's defaults instead of the own ones: said for the mesh, and where values change", () => {
  const shop = (mesh: object) => architecture({ orders: service({ calls: { pricing: {} } }), pricing: service() }, { mesh });
  expect(words(shop({}), shop({ compatibility: 'app-mesh' })).filter((line) => !line.includes('service '))).toEqual([
    'reliability neutral: orders → pricing: timeout 2s → 15s',
    'reliability neutral: orders → pricing: tries 2 tries, after unprocessed → 3 tries, after reset, unavailable, unprocessed',
    "reliability neutral: mesh: defaults none → App Mesh's",
  ]);
});

const users = (audience: string[]) =>
  architecture({ orders: service() }, { authorizers: { users: { kind: 'jwt', issuer: 'https://id.example/', audience } } });

test('one audience of a token is enough: one more is weaker, one less stronger, another order nothing', () => {
  expect(words(users(['a']), users(['b', 'a']))).toEqual(['security weaker: authorizer users: audience a → a, b']);
  expect(words(users(['a', 'b']), users(['b']))).toEqual(['security stronger: authorizer users: audience a, b → b']);
  expect(words(users(['a']), users(['b']))).toEqual(['security neutral: authorizer users: audience a → b']);
  expect(words(users(['a', 'b']), users(['b', 'a']))).toEqual([]);
});

test("a route's own throttle is compared with its gateway's where it comes or goes", () => {
  const own = (rate: number) => route({ throttle: { rate, burst: 10 } });
  expect(words(own(5), route({}))).toEqual(["security weaker: POST /orders: throttle 5/s, burst 10 → the gateway's 100/s, burst 200"]);
  expect(words(route({}), own(5))).toEqual(["security stronger: POST /orders: throttle the gateway's 100/s, burst 200 → 5/s, burst 10"]);
  expect(words(route({}), own(500))).toEqual(["security neutral: POST /orders: throttle the gateway's 100/s, burst 200 → 500/s, burst 10"]);
});

describe('ways out of the mesh', () => {
  const saas = { protocol: 'https', host: 'saas.example' };
  const using = (calls: object, external: object = { saas }) => architecture({ desk: worker({ calls }) }, { external });

  test('who asks an external is told: one more is weaker', () => {
    expect(words(using({}, {}), using({ saas: {} }))).toEqual([
      'security weaker: new: external saas: address https://saas.example:443, used by desk',
      'reliability neutral: new: desk → saas: timeout 2s, tries 2 tries, after unprocessed',
    ]);
    expect(words(using({}), using({ saas: {} }))).toContain('security weaker: external saas: used by none → desk');
    expect(words(using({ saas: {} }), using({}))).toContain('security stronger: external saas: used by desk → none');
  });

  test('from TLS to plaintext is weaker; another address is neither', () => {
    const plain = using({ saas: {} }, { saas: { ...saas, protocol: 'http' } });
    const other = using({ saas: {} }, { saas: { ...saas, host: 'other.example' } });
    const address = 'external saas: address https://saas.example:443';
    expect(words(using({ saas: {} }), plain)).toEqual([`security weaker: ${address} → http://saas.example:80`]);
    expect(words(plain, using({ saas: {} }))).toEqual([
      'security stronger: external saas: address http://saas.example:80 → https://saas.example:443',
    ]);
    expect(words(using({ saas: {} }), other)).toEqual([`security neutral: ${address} → https://other.example:443`]);
  });
});

describe('rules', () => {
  const ruled = (...routes: object[]) => architecture({ desk: worker({ calls: { orders: {} } }), orders: service({ routes }) });
  const slow = { match: { path: '/slow' }, timeout: '4s' };
  const gone = { match: { path: '/gone' }, respond: { status: 410, body: 'gone' } };

  test('one that comes or goes leaves the others as they were, and its requests have the timeout of any other', () => {
    expect(words(ruled(slow, gone), ruled(gone))).toEqual([
      'reliability neutral: desk → orders: timeout where ANY /slow 4s → 2s',
      'reliability neutral: service orders: rule for ANY /slow orders → none',
    ]);
  });

  test('another order of the same ones is told', () => {
    expect(words(ruled(slow, gone), ruled(gone, slow))).toEqual([
      'reliability neutral: service orders: rules in the order ANY /slow; ANY /gone → ANY /gone; ANY /slow',
    ]);
  });

  test('what a sidecar answers is told', () => {
    expect(words(ruled(gone), ruled({ ...gone, respond: { status: 410, body: 'moved' } }))).toEqual([
      'reliability neutral: service orders: rule for ANY /gone answers 410 by itself: "gone" → answers 410 by itself: "moved"',
    ]);
  });

  test('what the ingress does is told at the routes that meet it', () => {
    const subject = (own: object) => architecture({ orders: service({ routes: [own] }) }, gateway({ 'GET /': { to: 'orders' } }));
    const slower = { retries: { max: 2, on: ['unavailable'] }, idle: '1s', faults: { abort: { status: 503, percent: 1 } } };
    expect(words(subject({ timeout: '1s' }), subject({ timeout: '1s', ...slower }))).toEqual([
      'reliability neutral: GET /: tries 2 tries, after unprocessed → 3 tries, after unavailable, unprocessed',
      'reliability neutral: GET /: silence none → ends a request after 1s',
      'reliability neutral: GET /: faults on purpose none → 1 % are answered 503',
    ]);
  });
});

test('a gateway that answers something else says what', () => {
  const answering = (json: unknown) => architecture({}, gateway({ 'GET /up': { respond: { status: 200, json } } }));
  expect(words(answering({ ok: true }), answering({ ok: 1 }))).toEqual(['shape neutral: GET /up: answer {"ok":true} → {"ok":1}']);
});

test('a call whose every request may be repeated is told, and where the app finds a callee', () => {
  const desk = (call: object) => architecture({ desk: worker({ calls: { orders: call } }), orders: service() });
  expect(words(desk({}), desk({ idempotent: true, localPort: 22222, env: { url: 'ORDERS' } }))).toEqual([
    'reliability neutral: desk → orders: may be repeated none → every request, says the caller',
    'shape neutral: desk → orders: asked at none → 127.0.0.1:22222',
    'shape neutral: desk → orders: told by none → ORDERS, ORDERS_HOST, ORDERS_PORT',
  ]);
});

test('what runs is told, of variables their names', () => {
  const orders = (own: object) => architecture({ orders: service({ image: 'ghcr.io/acme/orders:1', ...own }) });
  const changed = orders({ image: 'ghcr.io/other/orders:1', command: ['serve'], env: { TOKEN: 'secret' }, health: { path: '/up' } });
  expect(words(orders({}), changed)).toEqual([
    'reliability neutral: service orders: runs ghcr.io/acme/orders:1 → ghcr.io/other/orders:1, command serve, variables TOKEN',
    'reliability neutral: service orders: health none → GET /up',
  ]);
});
