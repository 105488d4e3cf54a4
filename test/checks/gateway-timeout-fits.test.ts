import { gatewayTimeoutFits } from '../../lib/checks/gateway-timeout-fits.js';
import { architecture, found, gateway, service } from './build.js';

const subject = (route: object, own: object = {}, defaults: object = {}) =>
  architecture({ a: service() }, { mesh: { defaults }, ...gateway({ 'GET /a': { to: 'a', ...route } }, own) });
const at = 'gateways.web.routes["GET /a"].timeout';

test('a route of a REST API over 29s is found', () => {
  expect(found(gatewayTimeoutFits, subject({ timeout: '30s' }))).toEqual([
    { at, is: 'GET /a waits 30s, a REST API at most 29s', fix: { set: at, to: "'29s'" } },
  ]);
});

test('a route of an HTTP API over 30s is found', () => {
  expect(found(gatewayTimeoutFits, subject({ timeout: '31s' }, { kind: 'http' }))).toEqual([
    { at, is: 'GET /a waits 31s, an HTTP API at most 30s', fix: { set: at, to: "'30s'" } },
  ]);
});

test('an ingress that waits longer than API Gateway is found', () => {
  expect(found(gatewayTimeoutFits, subject({}, {}, { timeout: '40s' }))).toEqual([
    { at, is: 'GET /a: the ingress waits 40s for its target, API Gateway 29s', fix: { set: at, to: "'29s'" } },
  ]);
});

test('the limits themselves hold', () => {
  expect(found(gatewayTimeoutFits, subject({ timeout: '29s' }))).toEqual([]);
  expect(found(gatewayTimeoutFits, subject({ timeout: '30s' }, { kind: 'http' }))).toEqual([]);
});

test('a route that the gateway answers by itself waits for nobody', () => {
  expect(found(gatewayTimeoutFits, architecture({ a: service() }, gateway({ 'GET /status': { respond: { status: 200 } } })))).toEqual([]);
});

test('a stream behind a gateway is found: API Gateway ends it', () => {
  const subject = architecture(
    { feed: service({ routes: [{ match: { path: '/feed' }, stream: true }] }) },
    gateway({ 'GET /feed': { to: 'feed' } }),
  );
  expect(found(gatewayTimeoutFits, subject)).toEqual([
    {
      at: 'gateways.web.routes["GET /feed"]',
      is: 'GET /feed leads to a stream, services.feed.routes[0], and a REST API ends every answer after 29s',
      fix: 'let clients ask again for what is new, or take the route out',
    },
  ]);
});

test('a WebSocket, which does not pass at all, is none of its business', () => {
  const subject = architecture(
    { feed: service({ routes: [{ match: { path: '/socket' }, upgrade: 'websocket' }] }) },
    gateway({ 'GET /socket': { to: 'feed' } }),
  );
  expect(found(gatewayTimeoutFits, subject)).toEqual([]);
});

test('a stream is found behind a route that waits too long too: both are to be mended', () => {
  const subject = architecture({ feed: service({ routes: [{ stream: true }] }) }, gateway({ 'GET /feed': { to: 'feed', timeout: '40s' } }));
  expect(found(gatewayTimeoutFits, subject).map(({ is }) => is)).toEqual([
    'GET /feed waits 40s, a REST API at most 29s',
    'GET /feed leads to a stream, services.feed.routes[0], and a REST API ends every answer after 29s',
  ]);
});
