import { rulesAreReachable } from '../../lib/checks/rules-are-reachable.js';
import { architecture, found, service, worker } from './build.js';

const places = (...matches: (object | undefined)[]) =>
  found(
    rulesAreReachable,
    architecture({
      nightly: worker({ calls: { stock: {} } }),
      orders: service({ calls: { stock: {} } }),
      stock: { listen: { protocol: 'http2', port: 8080 }, routes: matches.map((match) => ({ match })) },
    }),
  );
const reached = (...matches: object[]) => places(...matches).length === 0;

const h = (a: unknown) => ({ headers: { a } });

test('a rule below one that takes all of its requests is found', () => {
  expect(places({ path: '/stock/{rest+}' }, { path: '/health' }, { path: '/stock/{sku}', method: 'GET' })).toEqual([
    {
      at: 'services.stock.routes[2]',
      is: 'stock asks routes[0] first, which takes every request that routes[2] would take',
      fix: 'move it above routes[0], or remove it',
    },
  ]);
});

test('two rules for the same requests are told to be one', () => {
  expect(places({ method: ['GET', 'PUT'] }, { method: ['PUT', 'GET'] })).toEqual([
    expect.objectContaining({ at: 'services.stock.routes[1]', fix: 'both match the same requests: keep one of them' }),
  ]);
});

test('two ways to say that a header is missing are one', () =>
  expect(reached(h({ not: { present: true } }), h({ present: false }))).toBe(false));

test('a rule for everything leaves nothing to the next ones', () => {
  expect(places({}, { path: '/a' }, { query: { a: '1' } }).map(({ at }) => at)).toEqual([
    'services.stock.routes[1]',
    'services.stock.routes[2]',
  ]);
});

test.each<[object, object]>([
  [{ path: '/a/{x}' }, { path: '/a/b' }],
  [{ path: '/a/{x+}' }, { path: '/a/b/{y+}' }],
  [{ path: '/a/{x+}' }, { path: { bytes: '/a/b' } }],
  [{ path: { bytes: '/a' } }, { path: '/a/{x}' }],
  [{ path: { bytes: '/a' } }, { path: '/ab' }],
  [{ path: { bytes: '/a' } }, { path: { bytes: '/ab' } }],
  [{ path: { bytes: '/' } }, { path: { regex: '/x+' } }],
  [{ path: { bytes: '/' } }, { method: 'GET' }],
  [{ path: { regex: '/x+' } }, { path: { regex: '/x+' }, method: 'GET' }],
  [{ path: '/shop.Orders/{method}' }, { rpc: 'shop.Orders/Place' }],
  [{ rpc: 'shop.Orders' }, { rpc: 'shop.Orders/Place' }],
  [h({ present: true }), h('x')],
  [h({ present: true }), h({ range: [1, 2] })],
  [h({ prefix: 'x' }), h('xy')],
  [h({ prefix: 'x' }), h({ prefix: 'xy' })],
  [h({ suffix: 'y' }), h({ suffix: 'xy' })],
  [h({ range: [1, 10] }), h({ range: [2, 10] })],
  [h({ range: [1, 10] }), h('9')],
  [h({ not: { prefix: 'xy' } }), h({ not: { prefix: 'x' } })],
  [h({ not: 'x' }), h({ present: false })],
  [{ query: { a: { prefix: '1' } } }, { query: { a: '12', b: '1' } }],
  [{}, { from: 'orders' }],
  [{ from: ['orders', 'nightly'] }, { from: 'nightly' }],
])('%j above %j is found', (above, below) => {
  expect(reached(above, below)).toBe(false);
  expect(reached(below, above)).toBe(true);
});

test.each<[object, object]>([
  [{ path: '/a/{x}' }, { path: '/a/{x+}' }],
  [{ path: '/a' }, { path: '/a/{x}' }],
  [{ path: '/a/{x+}' }, { path: { bytes: '/a/' } }],
  [{ path: '/{x}' }, { path: { bytes: '/a' } }],
  [{ path: '/{x}/{y+}' }, { path: { bytes: '/a/b' } }],
  [{ path: { bytes: '/ab' } }, { path: '/a/{x}' }],
  [{ path: { bytes: '/a/b' } }, { path: '/a/{x}' }],
  [{ path: { regex: '/.*' } }, { path: '/a' }],
  [{ path: { bytes: '/a' } }, { path: { regex: '/ab' } }],
  [{ method: 'GET' }, {}],
  [{ method: 'GET' }, { method: ['GET', 'HEAD'] }],
  [h('x'), h({ prefix: 'x' })],
  [h({ regex: 'x.*' }), h('xy')],
  [h({ range: [1, 10] }), h('10')],
  [h({ range: [1, 10] }), h('5e0')],
  [h({ range: [1, 10] }), h('5.')],
  [h({ range: [1, 10] }), h({ range: [1, 11] })],
  // A header may come twice, as x and y: it meets both.
  [h({ not: 'x' }), h('y')],
  // A header that is missing counts as an empty one, which the expression takes.
  [h({ not: { regex: '.*' } }), h({ present: false })],
  [h({ not: '' }), h({ present: false })],
  [h({ present: true }), h({ not: 'x' })],
  [h('x'), { headers: { b: 'x' } }],
  [{ query: { a: '1' } }, h('1')],
  [{ from: 'orders' }, {}],
  [{ from: 'orders' }, { from: ['orders', 'nightly'] }],
])('%j above %j holds', (above, below) => expect(reached(above, below)).toBe(true));

test('a service without rules of its own is none of its business', () =>
  expect(found(rulesAreReachable, architecture({ stock: service() }))).toEqual([]));
