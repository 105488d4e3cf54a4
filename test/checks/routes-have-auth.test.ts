import { routesHaveAuth } from '../../lib/checks/routes-have-auth.js';
import { architecture, found, gateway, service } from './build.js';

const authorizers = { staff: { kind: 'jwt', issuer: 'https://id.example/', audience: ['test'] } };
const subject = (route: object, own: object) =>
  architecture({ a: service() }, { authorizers, ...gateway({ 'GET /a': { to: 'a', ...route } }, own) });

test('a route is found where neither it nor its gateway says who may use it', () => {
  expect(found(routesHaveAuth, subject({}, { auth: undefined }))).toEqual([
    {
      at: 'gateways.web.routes["GET /a"]',
      is: 'neither GET /a nor its gateway web says who may use it',
      fix: { set: 'gateways.web.routes["GET /a"].auth', to: "'staff'" },
    },
  ]);
});

test('the gateway may say it for its routes', () => expect(found(routesHaveAuth, subject({}, { auth: 'staff' }))).toEqual([]));
test('a route may say that it is public', () =>
  expect(found(routesHaveAuth, subject({ auth: 'public' }, { auth: undefined }))).toEqual([]));
test('an architecture without gateways has nobody to let in', () =>
  expect(found(routesHaveAuth, architecture({ a: service() }))).toEqual([]));
