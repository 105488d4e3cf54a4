import { servicesAreReached } from '../../lib/checks/services-are-reached.js';
import { architecture, found, gateway, service, worker } from './build.js';

test('a service that nobody calls and no gateway routes to is found', () => {
  expect(found(servicesAreReached, architecture({ lost: service() }))).toEqual([
    {
      at: 'services.lost',
      is: 'no service calls lost, and no gateway routes to it',
      fix: 'declare the call or the route that uses it, or remove it; a worker has no `listen`',
    },
  ]);
});

test('what only an unreached one reaches is told with it, once', () => {
  const subject = architecture({ a: service({ calls: { b: {} } }), b: service({ calls: { c: {} } }), c: service() });
  expect(found(servicesAreReached, subject).map(({ at, is }) => `${at}: ${is}`)).toEqual([
    'services.a: no service calls a, and no gateway routes to it; nothing else reaches b, c',
  ]);
});

test('a circle that nothing reaches is one finding', () => {
  const subject = architecture({ a: service({ calls: { b: {} } }), b: service({ calls: { a: {} } }) });
  expect(found(servicesAreReached, subject).map(({ at, is }) => `${at}: ${is}`)).toEqual([
    'services.a: only what a calls itself calls it, and no gateway routes to it; nothing else reaches b',
  ]);
});

test('two that nothing reaches are two, and what both call is told once', () => {
  const subject = architecture({ a: service({ calls: { c: {} } }), b: service({ calls: { c: {} } }), c: service() });
  expect(found(servicesAreReached, subject).map(({ at, is }) => `${at}: ${is}`)).toEqual([
    'services.a: no service calls a, and no gateway routes to it; nothing else reaches c',
    'services.b: no service calls b, and no gateway routes to it',
  ]);
});

test('a service that a client outside of the mesh asks in plaintext is reached, and so is what it calls', () => {
  const mtls = { permissive: { until: '2027-03-31', clients: { old: { from: ['10.0.4.0/24'], to: ['orders'] } } } };
  const subject = architecture({ orders: service({ calls: { stock: {} } }), stock: service() }, { mesh: { mtls } });
  expect(found(servicesAreReached, subject)).toEqual([]);
});

test('a service is reached from a gateway, over other services too, and from a worker', () => {
  const services = {
    front: service({ calls: { back: {} } }),
    back: service(),
    nightly: worker({ calls: { ledger: {} } }),
    ledger: service(),
  };
  expect(found(servicesAreReached, architecture(services, gateway({ 'GET /': { to: 'front' } })))).toEqual([]);
});

test('a worker needs nobody to reach it', () => expect(found(servicesAreReached, architecture({ nightly: worker() }))).toEqual([]));

test('a service that pulls from a queue is reached by that, and so is what it calls', () => {
  const external = { events: { protocol: 'https', host: 'sqs.eu-west-1.amazonaws.com', kind: 'queue' } };
  const subject = architecture({ fulfil: service({ consumes: ['events'], calls: { stock: {} } }), stock: service() }, { external });
  expect(found(servicesAreReached, subject)).toEqual([]);
});
