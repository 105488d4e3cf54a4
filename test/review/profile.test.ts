import { factsOf } from '../../lib/review/facts.js';
import { architecture, pageOf, service } from './build.js';

const shop = (mesh: object, call: object = {}, pricing: object = {}) =>
  architecture({ orders: service({ calls: { pricing: call } }), pricing: service(pricing) }, { mesh });
const profile = { compatibility: 'app-mesh' };

test('the page names the profile, and what comes from it', () => {
  const page = pageOf(shop(profile), 'mesh.md');
  expect(page).toContain('**What nobody says is as App Mesh had it** (`mesh.compatibility`)');
  expect(page).toContain(
    '| orders → pricing | any | 15s (`mesh.compatibility`) | 3 tries, after reset, unavailable, unprocessed (`mesh.compatibility`) | 1 |',
  );
  expect(page).toContain(
    '**orders and pricing**: an instance takes any number of requests at a time; no instance is left alone, however often it fails; with fewer than 50 % left all are used again, sick ones too.',
  );
  expect(pageOf(shop({}), 'mesh.md')).not.toContain('App Mesh');
});

test('it is a fact of the mesh, once; calls say nothing of what follows from it', () => {
  const facts = factsOf(shop(profile), []);
  expect(facts.mesh['mesh']).toMatchObject({ defaults: "App Mesh's" });
  expect(Object.keys(facts.calls['orders → pricing']!)).toEqual(['timeout', 'tries']);
  expect(factsOf(shop({}), []).mesh['mesh']).not.toHaveProperty('defaults');
});

test('what somebody wrote is said, though it be what the mesh would do by itself', () => {
  const { calls, services } = factsOf(
    shop(profile, { retries: { max: 1, budget: 20 }, pool: { requests: 1_024 } }, { pool: { connections: 9 } }),
    [],
  );
  expect(calls['orders → pricing']).toMatchObject({
    'further tries': 'at most 20 % of what is under way, and three',
    'limit of the caller': '1024 requests at a time, over any number of connections at most, any number of more waiting',
  });
  expect(services['pricing']).toMatchObject({
    pool: 'any number of requests at a time, over 9 connections at most, any number of more waiting',
    'outlier detection': 'no instance is left alone, however often it fails',
  });
});
