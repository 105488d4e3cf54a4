import { zonesHaveInstances } from '../../lib/checks/zones-have-instances.js';
import { architecture, found, service, worker } from './build.js';

const called = (own: object) => architecture({ nightly: worker({ calls: { orders: {} } }), orders: service(own) });

test('fewer instances than zones are found, with the arithmetic', () => {
  expect(found(zonesHaveInstances, called({ zones: 'prefer-own', scale: { min: 1, max: 5 } }))).toEqual([
    {
      at: 'services.orders.scale',
      is: 'orders can be down to 1 instance, and there are 3 zones unless you have fewer: 3 − 1 = 2 of them have none',
      fix: 'set services.orders.scale.min to 3, or accept this where you deploy to fewer zones',
    },
  ]);
});

test('one in each is enough', () =>
  expect(found(zonesHaveInstances, called({ zones: 'prefer-own', scale: { min: 3, max: 3 } }))).toEqual([]));

test('each version is spread by itself', () => {
  const versions = { v1: { scale: { min: 3, max: 6 } }, v2: { scale: { min: 2, max: 6 } } };
  const subject = called({ zones: 'prefer-own', versions, traffic: { v1: 90, v2: 10 } });
  expect(found(zonesHaveInstances, subject).map(({ at }) => at)).toEqual(['services.orders.versions.v2.scale']);
});

test('without a preference two are as good as three', () =>
  expect(found(zonesHaveInstances, called({ scale: { min: 2, max: 2 } }))).toEqual([]));

test('nobody asks who is not called', () => {
  expect(found(zonesHaveInstances, architecture({ lost: service({ zones: 'prefer-own', scale: { min: 1, max: 1 } }) }))).toEqual([]);
});
