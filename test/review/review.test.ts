import { join } from 'node:path';
import bookinfo from '../../bin/bookinfo/architecture.js';
import shop from '../../bin/shop/architecture.js';
import voyage from '../../bin/voyage/architecture.js';
import { type Architecture, resolve } from '../../lib/index.js';
import { spokenFor } from '../../lib/model/resolve/environment.js';
import { compareReview, renderComparison, review } from '../../lib/review/index.js';
import { architecture, gateway, pageOf, service, worker } from './build.js';

const snapshots = join(__dirname, '..', '..', 'snapshots');
const examples = { bookinfo: resolve(bookinfo), shop: resolve(shop, { environment: spokenFor(shop.spec) }), voyage: resolve(voyage) };

describe.each(Object.entries(examples))('%s', (name, subject) => {
  test('its review in snapshots/ is the one that people approved', () => {
    const comparison = compareReview(review(subject), join(snapshots, name));
    expect(renderComparison(name, comparison)).toBe(`${name}: the review is up to date`);
  });

  test('no page for people is longer than 300 lines, and nothing holds a hash, an ARN or a time', () => {
    for (const { name: file, text } of review(subject)) {
      if (file.endsWith('.md')) expect(text.split('\n').length).toBeLessThanOrEqual(300);
      expect(text).not.toMatch(/[0-9a-f]{16}|arn:aws|\d{4}-\d{2}-\d{2}T|undefined|NaN|Infinity|\[object/);
    }
  });

  test('it has no open findings', () => expect(pageOf(subject, 'README.md')).toContain('**No findings in'));
});

test('reviewing twice gives the same bytes, in any environment where none is declared', () => {
  expect(review(resolve(shop))).toEqual(review(resolve(shop)));
  expect(review(resolve(bookinfo, { environment: 'prod' }))).toEqual(review(resolve(bookinfo)));
});

const edges: readonly (readonly [string, Architecture])[] = [
  ['a single service', architecture({ alone: service() })],
  ['a single worker', architecture({ alone: worker() })],
  ['no gateway', architecture({ a: service({ calls: { b: {} } }), b: service() })],
  ['no service', architecture({}, gateway({ 'GET /status': { respond: { status: 204 } } }))],
  [
    'a gateway to an external alone',
    architecture({}, { external: { old: { protocol: 'http', host: 'old.internal' } }, ...gateway({ 'ANY /{rest+}': { to: 'old' } }) }),
  ],
  ['a circle', architecture({ a: service({ calls: { b: {} } }), b: service({ calls: { a: {} } }) }, gateway({ 'GET /': { to: 'a' } }))],
  ['a route that nobody decided about', architecture({ a: service() }, gateway({ 'GET /': { to: 'a' } }, { auth: undefined }))],
  ['a version without any share', architecture({ a: service({ versions: { v1: {}, v2: {} }, traffic: { v1: 100, v2: 0 } }) })],
];

test.each(edges)('%s is reviewed as well', (_, subject) => {
  for (const { text } of review(subject)) {
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
    expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
  }
});

test('the first page opens with the verdict and what clients can reach', () => {
  const [, , verdict] = pageOf(examples.shop, 'README.md').split('\n');
  expect(verdict).toBe(
    '**No findings in 4 services and 5 routes (3 acknowledged).** Clients can reach 5 routes: 2 open to everyone and 3 with a token.',
  );
});

test('a finding stands on the first page with its fix, and an accepted one with its reason', () => {
  const subject = architecture({
    lost: service({ acknowledge: { 'services-are-reached': 'opens in May | <b>really</b>' } }),
    gone: service(),
  });
  const text = pageOf(subject, 'README.md');
  expect(text).toContain(
    '## Findings\n\n| finding | at | what and why | fix |\n| --- | --- | --- | --- |\n| warning<br>services-are-reached | `services.gone` | no service calls gone, and',
  );
  // Advice is a sentence: only what it quotes is code.
  expect(text).toContain(' | declare the call or the route that uses it, or remove it; a worker has no `listen` |\n');
  expect(text).toContain('## Acknowledged\n\n| check | at | what | accepted because |');
  expect(text).toContain('opens in May \\| &lt;b&gt;really&lt;/b&gt; |');
});

test('egress is said to be declared, never to be enforced', () => {
  for (const name of ['README.md', 'mesh.md']) expect(pageOf(examples.shop, name).replaceAll('*', '')).toContain('declared, not enforced');
});

test('the sum of the calls of one service is held against what it is given', () => {
  const calls = { b: { timeout: '1500ms' }, c: { timeout: '400ms', fanOut: 2 } };
  const subject = architecture({ a: service({ calls }), b: service(), c: service() }, gateway({ 'GET /': { to: 'a' } }));
  expect(pageOf(subject, 'paths.md')).toContain(
    'One after another, the calls of a can take 1.5s + 2 × 400ms = 2.3s, **more than the 2s that it is given**: where one request makes all of them, the last can be cut off.',
  );
});

test('a circle of calls is said to have no bound', () => {
  const [, subject] = edges.find(([name]) => name === 'a circle')!;
  expect(pageOf(subject, 'paths.md')).toContain('Nothing bounds what one request becomes: calls go in a circle.');
});

test('rules whose policies differ have a row each, with where each value comes from', () => {
  const pricing = service({
    routes: [
      {
        match: { method: 'POST', path: '/quotes' },
        idempotent: true,
        timeout: '600ms',
        retries: { max: 2, perTry: '150ms', on: ['timeout'] },
      },
    ],
  });
  expect(pageOf(architecture({ catalog: service({ calls: { pricing: {} } }), pricing }), 'mesh.md')).toContain(
    [
      '| catalog → pricing | `POST /quotes` | 600ms (`services.pricing.routes[0].timeout`) | 3 tries, after timeout, unprocessed, each 150ms at most (`services.pricing.routes[0].retries`) | 1 |',
      '|  | `any other request` | 2s (default) | 2 tries, after unprocessed (default) | 1 |',
    ].join('\n'),
  );
});

test('a large architecture still fits on pages, and says what it leaves out', () => {
  const names = Array.from({ length: 300 }, (_, index) => `s${index}`);
  const services = Object.fromEntries(
    names.map((name, index) => [name, service({ domain: `d${index % 40}`, calls: index < 299 ? { [`s${index + 1}`]: {} } : {} })]),
  );
  const subject = architecture(services, gateway(Object.fromEntries(names.map((name) => [`GET /${name}`, { to: name }]))));
  for (const { name, text } of review(subject)) {
    if (name !== 'facts.json') expect(text.split('\n').length).toBeLessThanOrEqual(300);
  }
  expect(pageOf(subject, 'mesh.md')).toContain('254 more rows are not shown: [facts.json](facts.json) has them all.');
  expect(pageOf(subject, 'README.md')).toMatch(/\*\*Not drawn: 17 boxes and \d+ arrows\*\*; the tables have all of them\./);
});

test('where nobody can come in, the first page says so', () => {
  const page = pageOf(architecture({ a: service() }), 'README.md');
  expect(page).toContain('Clients can reach nothing: there is no gateway.');
  expect(page).not.toContain('## What clients can reach');
});

test('of several gateways each route is told with its own', () => {
  const web = { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'a' } } };
  const page = (gateways: object) => pageOf(architecture({ a: service() }, { gateways }), 'README.md');
  expect(page({ web })).toMatch(/\n\| route +\| who may +\| reaches +\|\n.*\n\| `GET \/a` +\| \*\*public\*\* \| `a \/a` \|/);
  expect(page({ web, back: web })).toMatch(
    /\n\| gateway \| route +\| who may +\| reaches +\|\n.*\n\| back +\| `GET \/a` .*\n\| web +\| `GET \/a` /,
  );
});

test('workers are told apart from what is called', () => {
  const calls = { a: {} };
  const page = (workers: object) => pageOf(architecture({ a: service(), ...workers }), 'mesh.md');
  expect(page({})).toContain('1 service, 0 declared calls.');
  expect(page({ b: worker({ calls }) })).toContain('2 services (b is a worker: it calls and is never called), 1 declared call.');
  expect(page({ b: worker({ calls }), c: worker({ calls }) })).toContain(
    '3 services (b and c are workers: they call and are never called), 2 declared calls.',
  );
  expect(page({})).toContain('## Overload and failing instances');
  expect(pageOf(architecture({ b: worker() }), 'mesh.md')).not.toContain('## Overload and failing instances');
});

test('who wants tokens of users, for what, and with which keys', () => {
  const authorizers = { users: { kind: 'jwt', issuer: 'https://id.example/', audience: ['a'] } };
  const tokens = { use: 'users', claims: { role: ['admin', 'support'] }, requests: ['GET /a'] };
  const page = pageOf(
    architecture({ a: service({ tokens }), b: service({ tokens: { use: 'users' } }), c: service() }, { authorizers }),
    'mesh.md',
  );
  expect(page).toContain(
    "## Tokens of users\n\nBesides the caller's own identity. The callee's sidecar verifies the token again, with keys that it fetches from outside the mesh; each caller's app has to pass the token on.\n\n| service | requests | token of | where | keys from |",
  );
  expect(page).toMatch(
    /\n\| a +\| `GET \/a` +\| users +\| .*role is admin or support.* \| `https:\/\/id.example\/.well-known\/jwks.json` \|\n\| b +\| any /,
  );
  expect(pageOf(architecture({ a: service() }), 'mesh.md')).not.toContain('Tokens of users');
});

test('connections of TCP are facts, with how long they live', () => {
  const listen = { protocol: 'tcp', port: 5432, idleTimeout: '10m' };
  const facts = (subject: Architecture) => JSON.parse(pageOf(subject, 'facts.json')).services.a;
  expect(facts(architecture({ a: { listen } }))).toMatchObject({ connections: 'silent for 10m at most, 1h in all' });
  expect(facts(architecture({ a: service() }))).not.toHaveProperty('connections');
});
