import { compileIngress } from '../../../lib/engines/envoy/index.js';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { everywhere } from './everywhere.js';
import { inside, named } from './inside.js';
import { mesh } from './mesh.js';

const ingress = compileIngress(mesh, everywhere);
const { 'from/web': web, 'from/staff': staff } = named(ingress, 'listeners');
const clusters = named(ingress, 'clusters');
const routes = (listener: JsonObject | undefined) => inside(listener, 'routes')[0] as JsonObject[];
const keyed = (key: string) => routes(web).find((route) => inside(route['match'], 'exact')[0] === key);

test('each gateway has a listener of its own, with small buffers', () => {
  expect(Object.keys(named(ingress, 'listeners'))).toEqual(['from/staff', 'from/web', 'ready']);
  expect(inside(web, 'address').slice(0, 2)).toEqual([{ socket_address: { address: 'front.web', port_value: 1004 } }, 'front.web']);
  expect([web, staff].map((listener) => listener!['per_connection_buffer_limit_bytes'])).toEqual([32_768, 32_768]);
});

test('a gateway asks the mesh with its own identity and key', () => {
  const asked = ['gateway/web/brew-v1', 'gateway/staff/brew-v1'].map((name) => [
    inside(clusters[name], 'private_key'),
    inside(clusters[name], 'exact'),
  ]);
  expect(asked).toEqual(
    ['web', 'staff'].map((gateway) => [
      [{ filename: `spiffe://tea.local.mesh.internal/ingress/${gateway}/key` }],
      ['spiffe://tea.local.mesh.internal/svc/brew'],
    ]),
  );
});

test('a route is the key that the gateway matched, the method and the path', () => {
  expect(keyed('GET /menu')!['match']).toEqual({
    path: '/menu',
    headers: [
      { name: 'x-edge-route', string_match: { exact: 'GET /menu' } },
      { name: ':method', string_match: { exact: 'GET' } },
    ],
  });
});

test('what a gateway answers itself has no route', () => {
  expect(keyed('GET /status')).toBeUndefined();
});

test('a route that nobody gave auth refuses everyone', () => {
  expect(routes(staff).at(-1)).toMatchObject({ name: 'gateways.staff.routes["GET /lost"]', direct_response: { status: 403 } });
});

test('a token is asked for where the route says so, with one of its scopes where it names any', () => {
  const type = 'type.googleapis.com/envoy.extensions.filters.http';
  expect(keyed('GET /menu')!['typed_per_filter_config']).toBeUndefined();
  const any = keyed('GET /brew/{kind}')!['typed_per_filter_config'] as JsonObject;
  expect(any['envoy.filters.http.jwt_authn']).toEqual({ '@type': `${type}.jwt_authn.v3.PerRouteConfig`, requirement_name: 'members' });
  expect(inside(any['envoy.filters.http.rbac'], 'principals')).toEqual([
    [{ header: { name: 'authorization', string_match: { safe_regex: { regex: 'Bearer +[A-Za-z0-9._-]+' } } } }],
  ]);
  const demands = keyed('POST /tea')!['typed_per_filter_config'] as JsonObject;
  expect(Object.keys(demands)).toEqual(['envoy.filters.http.jwt_authn', 'envoy.filters.http.rbac']);
  expect(inside(demands, 'exact')).toEqual(['tea:order', 'tea:order']);
  expect((inside(demands, 'path') as JsonObject[][]).map((path) => path.at(-1))).toEqual([{ key: 'scope' }, { key: 'scp' }]);
});

test('an authorizer is its issuer, its audience and its keys, for tokens that end', () => {
  expect(inside(web, 'providers')).toEqual([
    {
      members: {
        issuer: 'https://login.tea.example/',
        audiences: ['tea'],
        require_expiration: true,
        from_headers: [{ name: 'authorization', value_prefix: 'Bearer ' }],
        forward: true,
        payload_in_metadata: 'claims',
        normalize_payload_in_metadata: { space_delimited_claims: ['scope', 'scp'] },
        remote_jwks: {
          http_uri: { uri: 'https://login.tea.example/.well-known/jwks.json', cluster: 'keys/members', timeout: '5s' },
          cache_duration: '300s',
          async_fetch: {},
        },
      },
    },
  ]);
  expect(inside(clusters['keys/members'], 'socket_address')).toEqual([{ address: 'login.tea.example', port_value: 443 }]);
  expect(inside(clusters['keys/members'], 'exact')).toEqual(['login.tea.example']);
});

test('a cluster that several routes share is there once', () => {
  const { clusters: all } = ingress['static_resources'] as { readonly clusters: JsonObject[] };
  const names = all.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
