import { interceptedCallsDiffer } from '../../lib/checks/intercepted-calls-differ.js';
import { architecture, found, service, worker } from './build.js';

const tcp = (port: number) => ({ listen: { protocol: 'tcp', port } });
const asking = (callees: readonly string[], rest: object = {}, intercepted = true) =>
  architecture(
    {
      shop: worker({ ...(intercepted ? { interception: true } : {}), calls: Object.fromEntries(callees.map((callee) => [callee, {}])) }),
      pricing: service({ ports: { metrics: { protocol: 'http', port: 9102 } } }),
      stock: service(),
      ledger: tcp(5432),
      book: tcp(5432),
      queue: tcp(8080),
    },
    {
      external: {
        saas: { protocol: 'https', host: 'api.example' },
        api: { protocol: 'https', host: 'API.example' },
        own: { protocol: 'tls', host: 'api.example' },
        other: { protocol: 'https', host: 'other.example' },
        bound: { protocol: 'https' },
        late: { protocol: 'https' },
        ...rest,
      },
    },
  );
const holds = (callees: readonly string[], rest: object = {}) => expect(found(interceptedCallsDiffer, asking(callees, rest))).toEqual([]);

test('two callees of TCP at one port are found', () => {
  expect(found(interceptedCallsDiffer, asking(['ledger', 'book']))).toEqual([
    {
      at: 'services.shop.calls.ledger',
      is: 'shop asks ledger and book at port 5432, and TCP is told by its port alone: an intercepted connection goes to book',
      fix: 'give one of them a port of its own, or let shop ask ledger on 127.0.0.1 by its variables and accept this',
    },
  ]);
});

test('TCP at the port of requests is found, all of them', () => {
  expect(found(interceptedCallsDiffer, asking(['pricing', 'queue', 'stock'])).map(({ is }) => is)).toEqual([
    'shop asks queue and pricing at port 8080, and TCP is told by its port alone: an intercepted connection goes to pricing',
  ]);
});

test('two names of one host are found, whatever their case', () => {
  expect(found(interceptedCallsDiffer, asking(['saas', 'api'])).map(({ at, is }) => ({ at, is }))).toEqual([
    {
      at: 'services.shop.calls.saas',
      is: 'shop asks saas and api at port 443, and they have one host: an intercepted connection goes to api',
    },
  ]);
});

test('requests of different hosts hold, TLS of the app beside them, ports of their own, and hosts that the deployment knows', () => {
  holds(['pricing', 'stock', 'pricing:metrics', 'ledger']);
  holds(['saas', 'other', 'own', 'bound', 'late']);
});

test('a queue that is pulled from is among them', () => {
  const external = { jobs: { protocol: 'https', kind: 'queue', host: 'api.example' } };
  const subject = architecture(
    { shop: worker({ interception: true, calls: { own: {} }, consumes: ['jobs'] }) },
    {
      external: { ...external, own: { protocol: 'tls', host: 'api.example' } },
    },
  );
  expect(found(interceptedCallsDiffer, subject).map(({ at }) => at)).toEqual(['services.shop.consumes[0]']);
});

test('who is not intercepted is none of its business', () =>
  expect(found(interceptedCallsDiffer, asking(['ledger', 'book'], {}, false))).toEqual([]));
