import { instancesFitDiscovery } from '../../lib/checks/instances-fit-discovery.js';
import { parseArchitecture, resolve } from '../../lib/index.js';
import { architecture, found, service, worker } from './build.js';

const called = (scale: object) => architecture({ nightly: worker({ calls: { orders: {} } }), orders: service({ scale }) });

test('more instances than DNS names are found, with the arithmetic', () => {
  expect(found(instancesFitDiscovery, called({ min: 2, max: 20 }))).toEqual([
    {
      at: 'services.orders.scale',
      is: 'orders may have 20 instances, and an answer of DNS names 8: 20 − 8 = 12 are unknown to a caller at a time',
      fix: 'give it larger tasks and set services.orders.scale.max to 8, or accept this where load need not be even',
    },
  ]);
});

test('as many as one answer names are fine', () => expect(found(instancesFitDiscovery, called({ min: 8, max: 8 }))).toEqual([]));

test('each version is discovered by itself', () => {
  const versions = { v1: { scale: { min: 2, max: 8 } }, v2: { scale: { min: 2, max: 9 } } };
  const subject = architecture({ nightly: worker({ calls: { orders: {} } }), orders: service({ versions, traffic: { v1: 100 } }) });
  expect(found(instancesFitDiscovery, subject).map(({ at }) => at)).toEqual(['services.orders.versions.v2.scale']);
});

test('what nobody calls is not looked for', () => {
  const scale = { min: 2, max: 20 };
  expect(found(instancesFitDiscovery, architecture({ nightly: worker({ scale }), lost: service({ scale }) }))).toEqual([]);
});

test('the fix names the environment that says the number', () => {
  const declaration = parseArchitecture({
    name: 'test',
    services: { nightly: worker({ calls: { orders: {} } }), orders: service() },
    environments: { prod: { services: { orders: { scale: { min: 2, max: 9 } } } } },
  });
  expect(found(instancesFitDiscovery, resolve(declaration, { environment: 'prod' }))).toMatchObject([
    { at: 'services.orders.scale', fix: expect.stringContaining('environments.prod.services.orders.scale.max') },
  ]);
});
