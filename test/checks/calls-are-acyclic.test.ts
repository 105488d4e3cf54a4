import { callsAreAcyclic } from '../../lib/checks/calls-are-acyclic.js';
import { architecture, found, service } from './build.js';

test('a circle is found once, at the call of its first service, shown the shortest way round', () => {
  const subject = architecture({
    a: service({ calls: { b: {} } }),
    b: service({ calls: { a: {}, c: {} } }),
    c: service({ calls: { a: {} } }),
  });
  expect(found(callsAreAcyclic, subject)).toEqual([
    {
      at: 'services.a.calls.b',
      is: 'a → b → a: each waits for the next',
      fix: 'take one of these calls out, or let the answer travel with the request',
    },
    {
      at: 'services.c.calls.a',
      is: 'c → a → b → c: each waits for the next',
      fix: 'take one of these calls out, or let the answer travel with the request',
    },
  ]);
});

test('two ways to the same service are no circle', () => {
  const subject = architecture({ a: service({ calls: { b: {}, c: {} } }), b: service({ calls: { c: {} } }), c: service() });
  expect(found(callsAreAcyclic, subject)).toEqual([]);
});

test('externals call nobody back', () => {
  const subject = architecture({ a: service({ calls: { db: {} } }) }, { external: { db: { protocol: 'tcp', port: 5432 } } });
  expect(found(callsAreAcyclic, subject)).toEqual([]);
});
