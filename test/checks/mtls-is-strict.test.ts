import { mtlsIsStrict } from '../../lib/checks/mtls-is-strict.js';
import { architecture, found, service } from './build.js';

const clients = {
  legacy: { from: ['10.0.4.0/24', '10.0.5.0/24'], to: ['prices', 'orders'] },
  reports: { from: ['10.9.0.7/32'], to: ['orders'] },
};
const shop = (mtls?: unknown) => architecture({ orders: service(), prices: service() }, { mesh: { mtls } });

test('each client that may ask in plaintext is found, with where from, what and how long', () => {
  expect(found(mtlsIsStrict, shop({ permissive: { until: '2027-03-31', clients } }))).toEqual([
    {
      at: 'mesh.mtls.permissive.clients.legacy',
      is: 'until 2027-03-31, orders, prices take any request in plaintext from 10.0.4.0/24, 10.0.5.0/24, as legacy',
      fix: 'move legacy into the mesh; when http.plaintext/legacy.downstream_rq_total has stopped growing, take it out here',
      severity: 'warning',
    },
    expect.objectContaining({
      at: 'mesh.mtls.permissive.clients.reports',
      is: 'until 2027-03-31, orders takes any request in plaintext from 10.9.0.7/32, as reports',
    }),
  ]);
});

test('no mutual TLS at all is an error', () => {
  expect(found(mtlsIsStrict, shop('off'))).toEqual([
    {
      at: 'mesh.mtls',
      is: 'no sidecar proves who it is, and none asks: whoever reaches a service may ask it what any of its callers may',
      fix: { set: 'mesh.mtls', to: "'strict'" },
    },
  ]);
});

test('strict holds, said or not', () => expect([...found(mtlsIsStrict, shop('strict')), ...found(mtlsIsStrict, shop())]).toEqual([]));
