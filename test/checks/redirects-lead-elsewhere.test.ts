import { redirectsLeadElsewhere } from '../../lib/checks/redirects-lead-elsewhere.js';
import { architecture, found, gateway, service } from './build.js';

const rule = (route: object, rest: object = {}) =>
  architecture({ orders: service({ calls: { stock: {} } }), stock: service({ routes: [route] }) }, rest);
const holds = (route: object, rest: object = {}) => expect(found(redirectsLeadElsewhere, rule(route, rest))).toEqual([]);

test('a redirect to what its own rule takes is found', () => {
  expect(found(redirectsLeadElsewhere, rule({ match: { path: '/old/{rest+}' }, redirect: { path: '/old/new/{rest}' } }))).toEqual([
    {
      at: 'services.stock.routes[0].redirect',
      is: 'stock redirects to /old/new/{rest}, which the same rule takes and redirects again',
      fix: 'redirect to a path that the rule does not match, or name another `host`',
    },
  ]);
});

test('one that every client follows with GET goes in circles only where the rule takes GET', () => {
  const match = { path: { bytes: '/a' }, method: 'POST' };
  holds({ match, redirect: { path: '/ab', status: 303 } });
  expect(found(redirectsLeadElsewhere, rule({ match, redirect: { path: '/ab', status: 307 } }))).toHaveLength(1);
});

test("a gateway's clients who would be sent to the ingress are found, once a rule", () => {
  const front = gateway({ 'GET /a': { to: 'stock' }, 'POST /a': { to: 'stock' }, 'GET /b': { to: 'stock' } });
  expect(found(redirectsLeadElsewhere, rule({ match: { path: '/a' }, redirect: { path: '/c' } }, front))).toEqual([
    {
      at: 'services.stock.routes[0].redirect',
      is: 'a client of GET /a (gateway web) is redirected to the host that the gateway asks: the ingress of the mesh',
      fix: "say `host`, the gateway's own name; or match `from`, so that only services meet the rule",
    },
  ]);
});

test('a host of the outside holds, and so does a rule that no client of a gateway meets', () => {
  const front = gateway({ 'GET /a': { to: 'stock' } });
  holds({ match: { path: '/a' }, redirect: { host: 'www.example.com' } }, front);
  holds({ match: { path: '/a', from: 'orders' }, redirect: { path: '/c' } }, front);
  holds({ match: { path: '/b' }, redirect: { path: '/c' } }, front);
});

test('a rule that answers otherwise is none of its business', () => holds({ match: { path: '/a' }, respond: { status: 404 } }));
