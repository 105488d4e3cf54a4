import { parseArchitecture, resolve } from 'cdk-edge-mesh';
import type { Placement } from '../../lib/engines/envoy/index.js';
import { gatewayBootstrap } from '../../lib/twin/gateway.js';

const nowhere = { address: '127.0.0.1', port: 1 };
const placement: Placement & { listen: typeof nowhere } = {
  listen: nowhere,
  inbound: nowhere,
  app: nowhere,
  ready: nowhere,
  metrics: nowhere,
  further: () => ({ inbound: nowhere, app: nowhere }),
  local: () => nowhere,
  front: () => nowhere,
  admin: { socket: 'admin.sock' },
  endpoints: () => ({ addresses: [nowhere] }),
  external: () => ({ addresses: [nowhere], sni: 'x', roots: { filename: 'ca.pem' } }),
  credentials: () => ({ certificate: { filename: 'a' }, privateKey: { filename: 'b' }, trust: { filename: 'c' } }),
  keys: () => ({ jwks: '{"keys":[]}' }),
  concurrency: 1,
  accessLog: 'access.log',
};

interface Route {
  readonly name?: string;
  readonly match: { readonly path?: string; readonly prefix?: string; readonly safe_regex?: { readonly regex: string } };
  readonly direct_response?: { readonly status: number };
  readonly route?: {
    readonly timeout: string;
    readonly regex_rewrite?: { readonly pattern: { readonly regex: string }; readonly substitution: string };
  };
  readonly request_headers_to_add?: readonly { readonly header: { readonly key: string; readonly value: string } }[];
  readonly typed_per_filter_config: Readonly<Record<string, { readonly token_bucket: object }>>;
}

/** The Envoy routes of a gateway with these routes, all public unless they say otherwise; without the one that refuses what is no method of API Gateway. */
function routesOf(kind: 'rest' | 'http', routes: Record<string, object>, throttle = { rate: 100, burst: 200 }): Route[] {
  const architecture = resolve(
    parseArchitecture({
      name: 'shop',
      services: { orders: { image: 'orders:1', listen: { protocol: 'http', port: 8080 } } },
      gateways: { web: { kind, auth: 'public', throttle, routes } },
    }),
  );
  const text = JSON.stringify(gatewayBootstrap(architecture.gateways[0]!, architecture.authorizers, placement));
  let found: Route[] = [];
  JSON.parse(text, (key, value: { virtual_hosts: [{ name: string; routes: Route[] }] }) => {
    if (key === 'route_config' && value.virtual_hosts[0].name === 'gateway') found = value.virtual_hosts[0].routes.slice(1);
    return value;
  });
  return found;
}
const namesOf = (routes: readonly Route[]) => routes.map(({ name, direct_response }) => name ?? direct_response?.status);
const to = { to: 'orders' };

test('routes come most specific first, then what is no route', () => {
  const routes = { 'ANY /{all+}': to, 'GET /a/{id}': to, 'ANY /a/b': to, 'GET /a/b': to, 'GET /a/{id}/c': to, 'GET /a/{rest+}': to };
  expect(namesOf(routesOf('http', routes))).toEqual([
    'GET /a/b',
    'ANY /a/b',
    'GET /a/{id}',
    'GET /a/{id}/c',
    'GET /a/{rest+}',
    'ANY /{all+}',
    404,
  ]);
});

test('a REST API never asks a more general resource for a method that the most specific one lacks', () => {
  expect(namesOf(routesOf('rest', { 'GET /a/b': to, 'POST /a/b': to, 'ANY /a/{id}': to }))).toEqual([
    'GET /a/b',
    'POST /a/b',
    403,
    'ANY /a/{id}',
    403,
    403,
  ]);
});

test('the path is rewritten by the names of its parameters', () => {
  const [route] = routesOf('http', { 'GET /v1/{a}/of/{b}/{rest+}': { to: 'orders', path: '/{b}/{rest}/{a}' } });
  const { pattern, substitution } = route?.route?.regex_rewrite ?? { pattern: { regex: '' }, substitution: '' };
  expect(substitution).toBe('/\\2/\\3/\\1');
  expect('/v1/x/of/y/z/1'.replace(new RegExp(pattern.regex), substitution.replaceAll('\\', '$'))).toBe('/y/z/1/x');
});

test('a path that stays as it is is not rewritten', () => {
  expect(routesOf('http', { 'GET /a/{id}': to })[0]?.route?.regex_rewrite).toBeUndefined();
});

test.each([
  [500, 1000, { max_tokens: 1000, tokens_per_fill: 25, fill_interval: '0.050000s' }],
  [33, 50, { max_tokens: 50, tokens_per_fill: 2, fill_interval: '0.060606s' }],
  [1, 2, { max_tokens: 2, tokens_per_fill: 1, fill_interval: '1.000000s' }],
])('%d a second, %d at once: whole tokens at least 50 ms apart', (rate, burst, bucket) => {
  const [route] = routesOf('http', { 'GET /a': to }, { rate, burst });
  expect(route?.typed_per_filter_config['envoy.filters.http.local_ratelimit']?.token_bucket).toEqual(bucket);
});

test("a route's own throttle replaces the gateway's", () => {
  const routes = routesOf('http', { 'GET /a': { ...to, throttle: { rate: 7, burst: 8 } }, 'GET /b': to });
  const buckets = routes.map((route) => route.typed_per_filter_config['envoy.filters.http.local_ratelimit']?.token_bucket);
  expect(buckets).toEqual([
    expect.objectContaining({ max_tokens: 8 }),
    expect.objectContaining({ max_tokens: 200 }),
    expect.objectContaining({ max_tokens: 200 }),
  ]);
});

test('the ingress learns which route it was, percent signs and all', () => {
  const [route] = routesOf('http', { 'GET /a/{id}': to });
  expect(route?.request_headers_to_add?.map(({ header }) => [header.key, header.value])).toEqual([
    ['x-edge-route', 'GET /a/{id}'],
    ['x-edge-source-ip', '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%'],
    ['x-edge-principal', '-'],
  ]);
});
