import { access } from '../../../lib/engines/envoy/rbac.js';
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
          principals: [{ authenticated: { principal_name: { exact: 'spiffe://mesh/svc/orders' } } }],
        },
      },
    },
  });
});

test('a request is a method and a whole path', () => {
  const web: Admission = {
    caller: { kind: 'gateway', name: 'web' },
    identity: 'spiffe://mesh/ingress/web',
    requests: [
      { method: 'GET', path: path('/orders/{id}') },
      { method: undefined, path: path('/orders') },
    ],
    denied: [],
  };
  expect(rules(web)).toMatchObject({
    rules: {
      policies: {
        'gateway/web': {
          permissions: [
            {
              and_rules: {
                rules: [
                  { header: { name: ':method', string_match: { exact: 'GET' } } },
                  { url_path: { path: { safe_regex: { regex: '/orders/[^/]+' } } } },
                ],
              },
            },
            { url_path: { path: { exact: '/orders' } } },
          ],
        },
      },
    },
  });
});

test('a service and a gateway of the same name stay apart', () => {
  const both = rules(orders, { ...orders, caller: { kind: 'gateway', name: 'orders' }, identity: 'spiffe://mesh/ingress/orders' });
  expect(both).toMatchObject({ rules: { policies: { 'service/orders': expect.anything(), 'gateway/orders': expect.anything() } } });
});

test('what is denied is taken from what is allowed', () => {
  const denied = [{ method: 'GET', path: path('/a.b/{id}') }];
  expect(rules({ ...orders, denied })).toMatchObject({
    rules: {
      policies: {
        'service/orders': {
          permissions: [
            {
              and_rules: {
                rules: [
                  { or_rules: { rules: [{ any: true }] } },
                  {
                    not_rule: {
                      or_rules: {
                        rules: [
                          {
                            and_rules: {
                              rules: [
                                { header: { name: ':method', string_match: { safe_regex: { regex: 'GET|HEAD' } } } },
                                { url_path: { path: { safe_regex: { regex: '(?i)/a\\.b(?:;[^/]*)?/[^/]+(?:;[^/]*)?/?' } } } },
                              ],
                            },
                          },
                        ],
                      },
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  });
});
