import { affinityStaysWithOneVersion } from '../../lib/checks/affinity-stays-with-one-version.js';
import { architecture, found, service } from './build.js';

const versions = { v1: {}, v2: {}, v3: {} };
const sessions = (own: object) => architecture({ sessions: service({ versions, ...own }) });

test('requests that a value keeps together and weights spread are found, once for each place that says weights', () => {
  const subject = sessions({
    balance: { hash: { cookie: 'sid' } },
    traffic: { v1: 90, v2: 10, v3: 0 },
    routes: [{ match: { path: '/a' } }, { match: { path: '/b' }, to: { v1: 50, v3: 50 } }, { match: { path: '/c' }, to: 'v2' }],
  });
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([
    {
      at: 'services.sessions.traffic',
      is: 'sessions keeps requests together by cookie sid, and their weights spread them over v1, v2: 2 instances for one value',
      fix: "send all of them to one version, and a part to another by a match, such as { match: { headers: … }, to: 'v2' }; or accept it while the weights shift",
    },
    expect.objectContaining({
      at: 'services.sessions.routes[1].to',
      is: 'sessions keeps requests together by cookie sid, and their weights spread them over v1, v3: 2 instances for one value',
    }),
  ]);
});

test('by caller is by a value too, over TCP as well', () => {
  const subject = architecture({
    queue: { listen: { protocol: 'tcp', port: 5672 }, versions, traffic: { v1: 50, v2: 50 }, balance: { hash: 'caller', table: 'maglev' } },
  });
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([
    expect.objectContaining({ is: expect.stringContaining('queue keeps requests together by caller') }),
  ]);
});

test('weights that no route follows say nothing', () => {
  const subject = sessions({ balance: { hash: 'caller' }, traffic: { v1: 90, v2: 10 }, routes: [{ to: 'v1' }] });
  expect(found(affinityStaysWithOneVersion, subject)).toEqual([]);
});
test('one version, and others by a match, hold', () => {
  const routes = [{ match: { headers: { 'x-canary': 'yes' } }, to: 'v2' }];
  expect(found(affinityStaysWithOneVersion, sessions({ balance: { hash: 'caller' }, traffic: { v1: 100 }, routes }))).toEqual([]);
});
test('who keeps nothing together is free to split', () => {
  expect(found(affinityStaysWithOneVersion, sessions({ balance: 'least-request', traffic: { v1: 90, v2: 10 } }))).toEqual([]);
});
