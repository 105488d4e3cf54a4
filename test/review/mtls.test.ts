import { review } from '../../lib/review/index.js';
import { architecture, gateway, service, textOf } from './build.js';

const firstPage = (mtls: unknown): string =>
  textOf(
    review(architecture({ a: service({ calls: { b: {} } }), b: service() }, { mesh: { mtls }, ...gateway({ 'GET /': { to: 'a' } }) })),
    'README.md',
  );

test('the first page says of trust between sidecars what holds', () => {
  expect(firstPage('strict')).toContain('Between sidecars everything is mutual TLS, both sides verified by identity; a call that is not');
  const permissive = { permissive: { until: '2027-01-01', clients: { old: { from: ['10.0.0.0/24'], to: ['a'] } } } };
  for (const mtls of ['off', permissive]) expect(firstPage(mtls)).not.toContain('everything is mutual TLS');
  expect(firstPage('off')).toContain(
    '**Mutual TLS is off**: sidecars speak plaintext, and none knows who asks. Whoever reaches a sidecar may',
  );
  expect(firstPage(permissive)).toContain(
    '**Mutual TLS is permissive until 2027-01-01**: in plaintext, old (`10.0.0.0/24`) may ask a. All else is strict. A call that is not',
  );
});

test('and how long clients wait at worst', () =>
  expect(firstPage('strict')).toContain('A client waits at most 2s. No client request makes a service work more than once.'));
