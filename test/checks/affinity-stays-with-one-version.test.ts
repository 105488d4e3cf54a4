import { affinityStaysWithOneVersion } from '../../lib/checks/affinity-stays-with-one-version.js';
import { architecture, found, gateway, service, worker } from './build.js';

const versions = { v1: {}, v2: {}, v3: {} };
const asked = { calls: { sessions: {} } };
const sessions = (own: object, others: object = { cart: worker(asked) }, rest: object = {}) =>
  architecture({ sessions: service({ versions, balance: { hash: 'caller' }, ...own }), ...others }, rest);

test('callers that are kept together and weights that spread them are found, once for each place that says weights', () => {
  const subject = sessions({
    traffic: { v1: 90, v2: 10, v3: 0 },
    routes: [{ match: { path: '/a' } }, { match: { path: '/b' }, to: { v1: 50, v3: 50 } }, { match: { path: '/c' }, to: 'v2' }],
  });
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([
    {
      at: 'services.sessions.traffic',
      is: 'sessions keeps the requests of cart together, and weights spread them over v1, v2: 2 instances for one caller',
      fix: "tell users apart by { hash: { header: … } }; or send all to one version, and some callers to another by { match: { from: … }, to: 'v2' }",
    },
    expect.objectContaining({
      at: 'services.sessions.routes[1].to',
      is: 'sessions keeps the requests of cart together, and weights spread them over v1, v3: 2 instances for one caller',
    }),
  ]);
});

test('of several callers the first is named', () => {
  const subject = sessions({ traffic: { v1: 50, v2: 50 } }, { cart: worker(asked), basket: worker(asked) });
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([
    expect.objectContaining({ is: expect.stringContaining('the requests of basket and 1 other caller together') }),
  ]);
});

test.each([{ header: 'x-user' }, { cookie: 'sid' }])('users who are told apart by %j stay with one version', (hash) => {
  expect(found(affinityStaysWithOneVersion, sessions({ balance: { hash }, traffic: { v1: 90, v2: 10 } }))).toEqual([]);
});
test("so do a gateway's clients, by their address", () => {
  const subject = sessions({ traffic: { v1: 90, v2: 10 } }, {}, gateway({ 'GET /': { to: 'sessions' } }));
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([]);
});
test('weights that no route follows say nothing', () => {
  expect(found(affinityStaysWithOneVersion, sessions({ traffic: { v1: 90, v2: 10 }, routes: [{ to: 'v1' }] }))).toEqual([]);
});
test('one version, and others by a match, hold', () => {
  const routes = [{ match: { from: 'cart' }, to: 'v2' }];
  expect(found(affinityStaysWithOneVersion, sessions({ traffic: { v1: 100 }, routes }))).toEqual([]);
});
test('who keeps nothing together is free to split', () => {
  expect(found(affinityStaysWithOneVersion, sessions({ balance: 'least-request', traffic: { v1: 90, v2: 10 } }))).toEqual([]);
});
