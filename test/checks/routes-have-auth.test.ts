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

test('a gateway of which no route says it is found once', () => {
  const routes = { 'GET /a': { to: 'a' }, 'GET /b': { to: 'a' } };
  const open = { auth: undefined };
  expect(found(routesHaveAuth, architecture({ a: service() }, { authorizers, ...gateway(routes, open) }))).toEqual([
    {
      at: 'gateways.web',
      is: 'neither gateway web nor any of its 2 routes says who may use it',
      fix: { set: 'gateways.web.auth', to: "'staff'" },
    },
  ]);
  const one = { 'GET /a': { to: 'a', auth: 'staff' }, 'GET /b': { to: 'a' } };
  expect(found(routesHaveAuth, architecture({ a: service() }, { authorizers, ...gateway(one, open) }))).toEqual([
    expect.objectContaining({ at: 'gateways.web.routes["GET /b"]' }),
  ]);
});

test('without any authorizer, opening is a choice in words, not a line to copy', () => {
  const [finding] = found(routesHaveAuth, architecture({ a: service() }, gateway({ 'GET /a': { to: 'a' } }, { auth: undefined })));
  expect(finding?.fix).toBe("declare an authorizer and name it in `auth`; or say `auth: 'public'`, if everyone on the internet may use it");
});
