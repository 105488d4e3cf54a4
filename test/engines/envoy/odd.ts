import { defineArchitecture, resolve } from '../../../lib/index.js';

/** What nobody draws on a slide: no gateway's route that reaches the mesh, a call to itself, a cycle, every kind of match, names at their limits. */
export const odd = resolve(
  defineArchitecture({
    name: 'odd',
    services: {
      a: {
        listen: { protocol: 'http', port: 1 },
        versions: { 'v-1': { image: 'x' }, 'v-2': { image: 'y' } },
        traffic: { 'v-1': 1, 'v-2': 99 },
        routes: [
          {
            match: { path: '/a.b/$x*(y)/{id}/{rest+}', method: ['GET', 'POST'] },
            retries: { max: 9, perTry: '1ms', on: ['5xx', 'reset', 'timeout', 'gateway-error'] },
          },
          {
            match: { headers: { a: { prefix: 'p' }, b: { suffix: 's' }, c: { regex: '^[0-9]+$' }, d: { present: false } } },
            to: 'v-2',
            retries: false,
          },
          { match: { path: '/' }, idempotent: true, retries: { max: 1, on: ['unavailable'] } },
          { match: { path: { bytes: '/b' }, query: { a: '1', b: { present: false }, 'c[]': { regex: '.+' } } }, mirror: 'v-2' },
          {
            match: { path: { regex: '/(x|y)/.*' }, headers: { e: { range: [-5, 5] }, f: { not: { range: [0, 1] } } } },
            respond: { status: 204 },
          },
          {
            match: { path: '/$1/{a}/{b+}', headers: { g: { not: 'x' } } },
            rewrite: { path: '/{b}/$1/{a}', host: 'b.example' },
            mirror: { to: 'v-1', percent: 0.01 },
            headers: { request: { set: { 'x-a': '%REQ(b)%' }, remove: ['x-b'] }, response: { set: { 'x-c': '"' }, remove: ['x-d'] } },
          },
          { match: { path: '/r/{a}', from: 'thirty-letters-are-a-long-name' }, redirect: { path: '/{a}', status: 303 } },
          { match: { path: { bytes: '/s' } }, redirect: { host: 's.example', path: '/t' } },
          { match: { path: { bytes: '/u' } }, rewrite: { path: '/' }, stream: true },
        ],
        calls: { 'thirty-letters-are-a-long-name': {} },
        access: { 'thirty-letters-are-a-long-name': ['ANY /{all+}', 'GET /'] },
      },
      'thirty-letters-are-a-long-name': {
        image: 'z',
        listen: { protocol: 'http2', port: 65_535 },
        calls: { a: { idempotent: true } },
      },
    },
    gateways: {
      only: { kind: 'http', auth: 'public', throttle: { rate: 1, burst: 1 }, routes: { 'ANY /': { respond: { status: 200 } } } },
    },
  }),
);
