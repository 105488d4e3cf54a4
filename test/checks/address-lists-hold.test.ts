import { addressListsHold } from '../../lib/checks/address-lists-hold.js';
import { architecture, found, gateway, service } from './build.js';

const status = { respond: { status: 200 } };
const external = { monolith: { host: 'legacy.internal', protocol: 'http' } };
const shop = (routes: Record<string, object>, lists: object) =>
  architecture({ orders: service() }, { external, ...gateway(routes, lists) });
const allow = { allow: ['203.0.113.0/24'] };

test('what API Gateway answers by itself is found', () => {
  expect(
    found(addressListsHold, shop({ 'GET /a': { to: 'orders' }, 'GET /status': status, 'GET /old': { to: 'monolith' } }, allow)),
  ).toEqual([
    {
      at: 'gateways.web.routes["GET /status"]',
      is: 'GET /status is answered by API Gateway itself, so gateway web holds its `allow` against nobody there',
      fix: 'a gateway of its own for what everyone may ask, or a service that answers it',
    },
  ]);
});

test('what goes to an external past any ingress is found', () => {
  expect(found(addressListsHold, shop({ 'GET /old': { to: 'monolith' } }, { deny: ['203.0.113.0/24'] }))).toEqual([
    expect.objectContaining({ is: 'GET /old goes to monolith past any ingress, so gateway web holds its `deny` against nobody there' }),
  ]);
});

test('routes into the mesh hold', () => expect(found(addressListsHold, shop({ 'GET /a': { to: 'orders' } }, allow))).toEqual([]));
test('a gateway without lists is none of its business', () =>
  expect(found(addressListsHold, shop({ 'GET /status': status }, {}))).toEqual([]));
