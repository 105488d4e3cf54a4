import { failoverIsAdmitted } from '../../lib/checks/failover-is-admitted.js';
import { architecture, found, service } from './build.js';

const shop = (first: object, second: object) =>
  architecture({
    orders: service({ calls: { pricing: { failover: 'backup' }, backup: {} } }),
    pricing: service(first),
    backup: service(second),
  });

test('who stands in and refuses some of the requests is found', () => {
  const subject = shop({ access: { orders: ['GET /quotes/{id}', 'POST /quotes'] } }, { access: { orders: ['GET /quotes/{id}'] } });
  expect(found(failoverIsAdmitted, subject)).toEqual([
    {
      at: 'services.orders.calls.pricing.failover',
      is: 'orders may ask pricing for POST /quotes, and backup, which stands in, refuses it',
      fix: 'admit orders to the same in services.backup.access, or name another',
    },
  ]);
});

test('a list is less than any request', () => {
  expect(found(failoverIsAdmitted, shop({}, { access: { orders: ['GET /quotes/{id}'] } }))[0]?.is).toBe(
    'orders may ask pricing for any request, and backup, which stands in, refuses it',
  );
});

test('who admits the same, or more, holds', () => {
  expect(found(failoverIsAdmitted, shop({ access: { orders: ['GET /quotes/{id}'] } }, {}))).toEqual([]);
  const same = { access: { orders: ['GET /quotes/{id}'] } };
  expect(found(failoverIsAdmitted, shop(same, same))).toEqual([]);
});

test('a host outside the mesh has no access list, and a call without fail-over is none of its business', () => {
  const outside = architecture(
    { orders: service({ calls: { pricing: { failover: 'saas' }, saas: {} } }), pricing: service({ access: { orders: ['GET /a'] } }) },
    { external: { saas: { protocol: 'https', host: 'saas.example' } } },
  );
  expect(found(failoverIsAdmitted, outside)).toEqual([]);
  expect(found(failoverIsAdmitted, architecture({ orders: service({ calls: { pricing: {} } }), pricing: service() }))).toEqual([]);
});
