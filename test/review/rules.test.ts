import { check } from '../../lib/checks/index.js';
import { factsOf } from '../../lib/review/facts.js';
import { architecture, pageOf, service, worker } from './build.js';

const subject = architecture({
  nightly: worker({ calls: { orders: { timeout: '3s' } } }),
  orders: {
    listen: { protocol: 'http2', port: 8080 },
    versions: { v1: {}, v2: {} },
    traffic: { v1: 100 },
    routes: [
      { match: { path: { bytes: '/a' }, query: { beta: '1', x: { present: false } } }, to: 'v2' },
      {
        match: {
          path: { regex: '/b+' },
          headers: { n: { range: [1, 5] }, m: { not: { prefix: 't' } }, o: { not: { regex: 'x+' } }, p: { not: { suffix: 'z' } } },
        },
        mirror: { to: 'v2', percent: 10 },
      },
      {
        match: { rpc: 'shop.Orders/Place', from: ['nightly', 'web'] },
        headers: { request: { set: { 'x-a': '1' } }, response: { remove: ['server'] } },
      },
      { match: { path: '/v1/{id}' }, rewrite: { path: '/v2/{id}', host: 'other' } },
      { match: { path: '/old' }, redirect: { host: 'www.example.com', status: 308 } },
      { match: { path: '/older' }, redirect: { path: '/new' } },
      { match: { path: '/gone' }, respond: { status: 410 } },
    ],
  },
  web: service({ calls: { orders: {} } }),
});

test('each rule is said in words: what it takes, and what becomes of it', () => {
  const facts = factsOf(subject, check(subject).findings);
  expect(
    Object.entries(facts.services['orders']!).flatMap(([aspect, words]) =>
      aspect.startsWith('rule for ') ? [`${aspect.slice(9)} → ${words}`] : [],
    ),
  ).toEqual([
    'any path that starts with "/a", parameter beta is "1", parameter x is absent → v2',
    'any path that matches "/b+", header m does not start with "t", header n is 1 to 4, header o does not match "x+", header p does not end with "z" → v1, copies of 10 % to v2',
    'gRPC shop.Orders/Place, from nightly or web → v1, request header x-a set to "1", answer header server removed',
    'ANY /v1/{id} → v1, as /v2/{id}, as host other',
    'ANY /old → redirects (308) to https://www.example.com and the same path',
    'ANY /older → redirects (307) to /new',
    'ANY /gone → answers 410 by itself',
  ]);
});

test('a rule that its sidecar answers has no timeout and no tries', () => {
  expect(pageOf(subject, 'mesh.md')).toMatch(/`ANY \/gone` *\| answered by the sidecar *\| – /);
  expect(factsOf(subject, []).calls['nightly → orders']).toMatchObject({ 'timeout where ANY /gone': 'answered by the sidecar' });
});
