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

test('a service that only unreached ones call is found too, with who calls it', () => {
  const subject = architecture({ a: service({ calls: { b: {} } }), b: service({ calls: { a: {} } }) });
  expect(found(servicesAreReached, subject).map(({ is }) => is)).toEqual([
    'only b calls a, which nothing reaches, and no gateway routes to it',
    'only a calls b, which nothing reaches, and no gateway routes to it',
  ]);
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
