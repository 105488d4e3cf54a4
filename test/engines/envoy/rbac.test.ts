import type { Json } from '../../../lib/engines/envoy/json.js';
import { access, accessOfAnyone, admitsEverything } from '../../../lib/engines/envoy/rbac.js';
import type { Admission } from '../../../lib/index.js';
import { type PathPattern, parsePath } from '../../../lib/model/path.js';

const path = (text: string) => parsePath(text) as PathPattern;
const rules = (...admissions: Admission[]) => access(admissions)['typed_config'];
const orders: Admission = {
  caller: { kind: 'service', name: 'orders' },
  identity: 'spiffe://mesh/svc/orders',
  requests: undefined,
  denied: [],
};

const ordersAlone: Json[] = [
  { header: { name: 'x-forwarded-client-cert', string_match: { suffix: ';URI=spiffe://mesh/svc/orders' } } },
  { authenticated: { principal_name: { exact: 'spiffe://mesh/svc/orders' } } },
];

test('nobody is admitted where nobody is listed: rules are given, and they are empty', () => {
  expect(rules()).toEqual({
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
    rules: { action: 'ALLOW', policies: {} },
  });
});

test('a caller without requests of its own may send any', () => {
  expect(rules(orders)).toMatchObject({
    rules: {
      policies: {
        'service/orders': {
          permissions: [{ any: true }],
          principals: [{ and_ids: { ids: ordersAlone } }],
        },
      },
    },
  });
});

const asked = [
  { method: 'GET', path: path('/orders/{id}') },
  { method: undefined, path: path('/orders') },
];
const asks = {
  or_ids: {
    ids: [
      {
        and_ids: {
          ids: [
            { header: { name: ':method', string_match: { exact: 'GET' } } },
            { url_path: { path: { safe_regex: { regex: '/orders/[^/]+' } } } },
          ],
        },
      },
      { url_path: { path: { exact: '/orders' } } },
    ],
  },
};

test('a request is a method and a whole path, and is looked at once the caller is known to be the one', () => {
  expect(rules({ ...orders, requests: asked })).toMatchObject({
    rules: {
      policies: { 'service/orders': { permissions: [{ any: true }], principals: [{ and_ids: { ids: [...ordersAlone, asks] } }] } },
    },
  });
});

test('a caller that may ask for nothing is refused everything', () => {
  expect(rules({ ...orders, requests: [] })).toMatchObject({
    rules: { policies: { 'service/orders': { principals: [{ and_ids: { ids: [...ordersAlone, { not_id: { any: true } }] } }] } } },
  });
});

test('where nobody proves who it is, anyone may ask for what some caller may, and for nothing else', () => {
  const health = { permissions: [{ url_path: { path: { exact: '/healthz' } } }], principals: ordersAlone };
  expect(accessOfAnyone([{ ...orders, requests: asked }], { health })['typed_config']).toMatchObject({
    rules: {
      policies: {
        'service/orders': { permissions: [{ any: true }], principals: [asks] },
        health: { permissions: health.permissions, principals: [{ any: true }] },
      },
    },
  });
});

test('requests need no rule where whoever is admitted may ask for everything; where nobody is, they do', () => {
  const denied = [{ method: 'GET', path: path('/admin') }];
  expect(admitsEverything([orders, { ...orders, identity: 'spiffe://mesh/svc/other' }])).toBe(true);
  expect(admitsEverything([orders, { ...orders, requests: asked }])).toBe(false);
  expect(admitsEverything([{ ...orders, denied }])).toBe(false);
  expect(admitsEverything([])).toBe(false);
});

test('a service and a gateway of the same name stay apart', () => {
  const both = rules(orders, { ...orders, caller: { kind: 'gateway', name: 'orders' }, identity: 'spiffe://mesh/ingress/orders' });
  expect(both).toMatchObject({ rules: { policies: { 'service/orders': expect.anything(), 'gateway/orders': expect.anything() } } });
});

test('what is denied is taken from what is allowed, in every spelling', () => {
  const denied = [{ method: 'GET', path: path('/a.b/{id}') }];
  const spelled = {
    and_ids: {
      ids: [
        { header: { name: ':method', string_match: { safe_regex: { regex: 'GET|HEAD' } } } },
        { url_path: { path: { safe_regex: { regex: '(?i)/a\\.b(?:;[^/]*)?/[^/]+(?:;[^/]*)?/?' } } } },
      ],
    },
  };
  expect(rules({ ...orders, denied })).toMatchObject({
    rules: { policies: { 'service/orders': { principals: [{ and_ids: { ids: [...ordersAlone, { not_id: spelled }] } }] } } },
  });
});
