import { zonesAreKnown } from '../../lib/checks/zones-are-known.js';
import { architecture, found, service, worker } from './build.js';

const nightly = worker({ calls: { orders: {} } });

test('who is found by DNS is found without a zone', () => {
  expect(found(zonesAreKnown, architecture({ nightly, orders: service({ zones: 'prefer-own' }) }))).toEqual([
    {
      at: 'services.orders.zones',
      is: 'callers of orders are to prefer their own zone, and find its instances by DNS, which does not say in which zone one is',
      fix: 'remove it, or accept that it acts in the twin alone until instances are found with their zones',
    },
  ]);
});

test('a further port has callers too', () => {
  const orders = service({ zones: 'prefer-own', ports: { metrics: { protocol: 'http', port: 9102 } } });
  expect(found(zonesAreKnown, architecture({ nightly: worker({ calls: { 'orders:metrics': {} } }), orders }))).toHaveLength(1);
});

test('whoever says nothing of zones needs to know none', () => {
  expect(found(zonesAreKnown, architecture({ nightly, orders: service() }))).toEqual([]);
});

test('nobody asks who is not called', () =>
  expect(found(zonesAreKnown, architecture({ lost: service({ zones: 'prefer-own' }) }))).toEqual([]));
