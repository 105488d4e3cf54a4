import { gatewayHasWhatRoutesNeed } from '../../lib/checks/gateway-has-what-routes-need.js';
import { architecture, found, gateway, service } from './build.js';

const status = { 'GET /status': { respond: { status: 200 } } };
const subject = (kind: string, routes: object) => architecture({ a: service() }, gateway(routes, { kind }));

test('an answer of an HTTP API by itself is found, and the kind that has it', () => {
  expect(found(gatewayHasWhatRoutesNeed, subject('http', status))).toEqual([
    {
      at: 'gateways.web.routes["GET /status"]',
      is: 'GET /status answers 200 by itself, but an HTTP API has no answer of its own; a REST API has',
      fix: { set: 'gateways.web.kind', to: "'rest'" },
    },
  ]);
});

test('characters that a REST API does not take are found', () => {
  expect(found(gatewayHasWhatRoutesNeed, subject('rest', { 'GET /a+b': { to: 'a' } }))).toEqual([
    expect.objectContaining({ at: 'gateways.web.routes["GET /a+b"]', fix: { set: 'gateways.web.kind', to: "'http'" } }),
  ]);
});

test('a REST API answers by itself', () => expect(found(gatewayHasWhatRoutesNeed, subject('rest', status))).toEqual([]));
test('an architecture without gateways needs nothing of them', () =>
  expect(found(gatewayHasWhatRoutesNeed, architecture({ a: service() }))).toEqual([]));
