import { retryEventsCanHappen } from '../../lib/checks/retry-events-can-happen.js';
import { architecture, found, service } from './build.js';

const shop = (protocol: string, on: string[]) =>
  architecture({
    orders: service({ calls: { pricing: { idempotent: true, retries: { max: 1, on } } } }),
    pricing: service({ listen: { protocol, port: 9090 } }),
  });

test('a status of gRPC from an app that speaks HTTP/1.1 is found', () => {
  expect(found(retryEventsCanHappen, shop('http', ['internal', 'cancelled', 'unavailable']))).toEqual([
    {
      at: 'services.orders.calls.pricing.retries',
      is: 'orders → pricing retries on cancelled, internal, and pricing speaks HTTP/1.1',
      fix: "`unavailable` is HTTP's 503; or let pricing listen for gRPC",
    },
  ]);
});

test.each(['http2', 'grpc'])('over %s it holds', (protocol) =>
  expect(found(retryEventsCanHappen, shop(protocol, ['internal']))).toEqual([]),
);
test('events of HTTP are none of its business', () => expect(found(retryEventsCanHappen, shop('http', ['unavailable']))).toEqual([]));

test('what counts is what the port speaks that is called', () => {
  const retries = { max: 1, on: ['internal'] };
  const subject = architecture({
    orders: service({ calls: { 'pricing:metrics': { retries }, 'catalog:quotes': { retries } } }),
    pricing: service({ listen: { protocol: 'grpc', port: 9090 }, ports: { metrics: { protocol: 'http', port: 9102 } } }),
    catalog: service({ ports: { quotes: { protocol: 'grpc', port: 9090 } } }),
  });
  expect(found(retryEventsCanHappen, subject).map(({ is }) => is)).toEqual([
    'orders → pricing:metrics retries on internal, and pricing:metrics speaks HTTP/1.1',
  ]);
});
