import { mirrorsAreIdempotent } from '../../lib/checks/mirrors-are-idempotent.js';
import { architecture, found, gateway, service } from './build.js';

const versions = { versions: { v1: {}, v2: {} }, traffic: { v1: 100 } };
const call = (route: object, own: object = {}, callee: object = {}) =>
  architecture({ orders: service({ calls: { stock: own } }), stock: service({ ...versions, routes: [route], ...callee }) });
const fix = 'match methods that may be repeated, such as GET; or say `idempotent: true` if every such request may be';

test('copies of any method are found', () => {
  expect(found(mirrorsAreIdempotent, call({ mirror: 'v2' }))).toEqual([
    {
      at: 'services.stock.routes[0].mirror',
      is: 'copies of 100 % go to stock-v2, and orders → stock may POST and PATCH',
      fix,
    },
  ]);
});

test('copies of a share are found all the same, once for all callers', () => {
  const subject = architecture({
    a: service({ calls: { stock: {} } }),
    b: service({ calls: { stock: {} } }),
    stock: service({ ...versions, routes: [{ match: { method: ['GET', 'POST'] }, mirror: { to: 'v2', percent: 2.5 } }] }),
  });
  expect(found(mirrorsAreIdempotent, subject).map(({ is }) => is)).toEqual([
    'copies of 2.5 % go to stock-v2, and a → stock may POST\nthe same for 1 more of its callers',
  ]);
});

test('a gateway route is found by its own method alone', () => {
  const routes = { 'GET /a': { to: 'stock' }, 'POST /a': { to: 'stock' } };
  const subject = architecture({ stock: service({ ...versions, routes: [{ mirror: 'v2' }] }) }, gateway(routes));
  expect(found(mirrorsAreIdempotent, subject).map(({ is }) => is)).toEqual([
    'copies of 100 % go to stock-v2, and POST /a → stock may POST',
  ]);
});

test('methods that may be repeated hold', () =>
  expect(found(mirrorsAreIdempotent, call({ match: { method: ['GET', 'PUT'] }, mirror: 'v2' }))).toEqual([]));

test('whoever says that every request may be repeated is believed, on a call and on a rule', () => {
  expect(found(mirrorsAreIdempotent, call({ mirror: 'v2' }, { idempotent: true }))).toEqual([]);
  expect(found(mirrorsAreIdempotent, call({ mirror: 'v2', idempotent: true }))).toEqual([]);
});

test('a caller that may only GET copies no POST', () =>
  expect(found(mirrorsAreIdempotent, call({ mirror: 'v2' }, {}, { access: { orders: ['GET /a'] } }))).toEqual([]));

test('a rule without copies is none of its business', () => expect(found(mirrorsAreIdempotent, call({ to: 'v2' }))).toEqual([]));
