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
