import { retriesHaveAnotherInstance } from '../../lib/checks/retries-have-another-instance.js';
import { architecture, found, gateway, service } from './build.js';

const stock = (own: object, call: object = {}) => architecture({ orders: service({ calls: { stock: call } }), stock: service(own) });
const scale = (min: number) => ({ scale: { min, max: 4 } });

test('a service of one instance to which requests are retried is found', () => {
  expect(found(retriesHaveAnotherInstance, stock(scale(1)))).toEqual([
    {
      at: 'services.stock.scale',
      is: 'orders retries requests to stock, which can be down to one instance',
      fix: { set: 'services.stock.scale', to: '{ min: 2, max: 4 }' },
    },
  ]);
});

test('it counts for each version, since a retry stays with the version of the first try', () => {
  const subject = architecture(
    {
      orders: service({ calls: { stock: {} } }),
      stock: service({ versions: { v1: scale(2), v2: scale(0) }, traffic: { v1: 90, v2: 10 } }),
    },
    gateway({ 'GET /stock': { to: 'stock' } }),
  );
  expect(found(retriesHaveAnotherInstance, subject)).toEqual([
    expect.objectContaining({
      at: 'services.stock.versions.v2.scale',
      is: 'GET /stock and 1 other caller retry requests to stock-v2, which can be down to no instance',
    }),
  ]);
});

test('two instances hold', () => expect(found(retriesHaveAnotherInstance, stock(scale(2)))).toEqual([]));
test('a version without any share is none of its business', () => {
  expect(found(retriesHaveAnotherInstance, stock({ versions: { v1: scale(2), v2: scale(1) }, traffic: { v1: 100, v2: 0 } }))).toEqual([]);
});
test('nor is a service to which nobody retries', () =>
  expect(found(retriesHaveAnotherInstance, stock(scale(1), { retries: false }))).toEqual([]));
