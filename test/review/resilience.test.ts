import { factsOf } from '../../lib/review/facts.js';
import { architecture, pageOf, service } from './build.js';

const shop = (call: object, pricing: object = {}) =>
  architecture({ orders: service({ calls: { pricing: call, backup: {} } }), pricing: service(pricing), backup: service() });
const said = (call: object, pricing: object = {}) => {
  const facts = factsOf(shop(call, pricing), []);
  return { call: facts.calls['orders → pricing'], service: facts.services['pricing'] };
};

const over =
  'further tries at once, first ones as instances are left alone (after 5 errors in a row unless declared), all of them if need be';

test('what nobody declared is not said, but that panic fails open', () => {
  const { call, service: pricing } = said({});
  expect(Object.keys(call!)).toEqual(['timeout', 'tries']);
  expect(pricing).toMatchObject({ panic: 'with fewer than 50 % left all are used again, sick ones too' });
  expect(pricing).not.toHaveProperty('balance');
});

test('what holds for a call besides timeout and tries is a fact', () => {
  const { call } = said({
    idle: '1s',
    retries: { max: 1, budget: 5, backOff: { base: '10ms', max: '1s' } },
    pool: { connections: 3, requests: 7 },
    failover: ['backup'],
    faults: { delay: { by: '2s', percent: 1.5 }, abort: { status: 503, percent: 2 }, when: { headers: { 'x-trial': 'yes' } } },
  });
  expect(call).toMatchObject({
    silence: 'ends a request after 1s',
    'further tries': 'at most 5 % of what is under way, and three; waits from 10ms up to 1s',
    'limit of the caller': '7 requests at a time, over 3 connections at most, 1024 more waiting',
    'fails over to': `backup: ${over}`,
    'faults on purpose': '1.5 % wait 2s, 2 % are answered 503, where header x-trial is "yes"',
  });
});

test('a stream says what ends it', () => {
  expect(said({ timeout: '1s' }, { routes: [{ stream: true, idle: '30s' }] }).call).toMatchObject({
    timeout: '1h',
    silence: 'a stream: ends after 30s of silence, at the age of 1h',
  });
});

test('what holds for a service besides its limits is a fact', () => {
  const health = { path: '/healthz', active: { interval: '1s', timeout: '500ms', healthy: 3, unhealthy: 4 } };
  expect(said({}, { balance: { hash: { header: 'X-User' }, table: 'maglev' }, panic: 0, health }).service).toMatchObject({
    balance: 'the same instance for the same header x-user, by maglev',
    panic: 'sick ones get no request, however few are left',
    'asked for health': 'by its callers, GET /healthz every 1s, answer within 500ms; sick after 4, well after 3',
  });
});

test('a preference by zone is a fact', () => {
  expect(said({}, { zones: 'prefer-own' }).service).toMatchObject({
    zones: 'callers prefer instances in their own, as far as load stays even',
  });
});

test('both stand on the page, in a table of their own', () => {
  const page = pageOf(shop({ failover: 'backup' }, { balance: 'random' }), 'mesh.md');
  expect(page).toContain(`| orders → pricing | fails over to | backup: ${over} |`);
  expect(page).toContain('| pricing | balance | random |');
});
