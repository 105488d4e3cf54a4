import { faultsStayOutOfProduction } from '../../lib/checks/faults-stay-out-of-production.js';
import { type Architecture, parseArchitecture, resolve } from '../../lib/index.js';
import { found, service } from './build.js';

const environments = { live: { production: true }, trial: {} };
const shop = (faults: object, environment: string, others: object = { environments }): Architecture =>
  resolve(
    parseArchitecture({ name: 'test', services: { orders: service({ calls: { pricing: { faults } } }), pricing: service() }, ...others }),
    {
      environment,
    },
  );
const delay = { by: '2s', percent: 10 };
const faultsIn = ({ calls }: Architecture) => calls[0]!.rules[0]!.faults;

test('faults that name production act there, and are found', () => {
  const subject = shop({ delay, abort: { status: 503, percent: 0.5 }, in: ['live'] }, 'live');
  expect(found(faultsStayOutOfProduction, subject)).toEqual([
    {
      at: 'services.orders.calls.pricing.faults',
      is: 'orders → pricing: 10 % of its requests wait 2s, 0.5 % are answered 503 without the callee in live',
      fix: 'take live out of `in`, or say in `acknowledge` until when and why',
    },
  ]);
});

test('faults that name no environment act in every one but production', () => {
  expect(faultsIn(shop({ delay }, 'live'))).toBeUndefined();
  expect(faultsIn(shop({ delay }, 'trial'))).toMatchObject({ delay: { by: 2_000, percent: 10 } });
  expect(found(faultsStayOutOfProduction, shop({ delay }, 'live'))).toEqual([]);
});

test("a route's too", () => {
  const faultsOfRule = (faults: object, environment: string) =>
    resolve(parseArchitecture({ name: 'test', services: { orders: service({ routes: [{ faults }] }) }, environments }), { environment })
      .services[0]!.rules[0]!.faults;
  expect(faultsOfRule({ delay }, 'live')).toBeUndefined();
  expect(faultsOfRule({ delay, in: ['live'] }, 'live')).toBeDefined();
  expect(faultsOfRule({ delay }, 'trial')).toBeDefined();
});

test('faults that name an environment act there alone', () => {
  expect(faultsIn(shop({ delay, in: ['trial'] }, 'trial'))).toBeDefined();
  expect(faultsIn(shop({ delay, in: ['trial'] }, 'local'))).toBeUndefined();
});

test('what is called prod or production is production, marked or not', () => {
  expect(['prod', 'production', 'staging'].map((name) => faultsIn(shop({ delay }, name, {})) === undefined)).toEqual([true, true, false]);
});

test('outside production they are none of its business', () =>
  expect(found(faultsStayOutOfProduction, shop({ delay }, 'trial'))).toEqual([]));

test('faults of a route are told of a client route that meets it, or else of whoever may', () => {
  const faults = { abort: { status: 503, percent: 1 }, in: ['live'] };
  const routes = [
    { match: { path: '/orders' }, faults },
    { match: { path: '/other' }, faults },
  ];
  const gateways = { web: { kind: 'http', auth: 'public', routes: { 'GET /status': { to: 'orders' }, 'GET /orders': { to: 'orders' } } } };
  const subject = resolve(parseArchitecture({ name: 'test', services: { orders: service({ routes }) }, gateways, environments }), {
    environment: 'live',
  });
  expect(found(faultsStayOutOfProduction, subject).map(({ at, is }) => `${at}: ${is}`)).toEqual([
    'services.orders.routes[0].faults: GET /orders → orders: 1 % are answered 503 without the callee in live',
    'services.orders.routes[1].faults: whoever asks orders: 1 % are answered 503 without the callee in live',
  ]);
});
