import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { outbound } from '../../../lib/engines/envoy/outbound.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { everywhere } from './everywhere.js';
import { inside } from './inside.js';
import { mesh, service } from './mesh.js';

const ways = Object.fromEntries(outbound(mesh, service('shop'), everywhere).map((way) => [way.listener['name'], way]));
const options = (name: string) => inside(ways[name]!.listener, 'typed_config')[0] as JsonObject;

test('each call has a listener of its own, whose counters carry its name', () => {
  expect(Object.keys(ways)).toEqual(['to/bank', 'to/brew', 'to/ledger', 'to/till']);
  expect(Object.keys(ways).map((name) => [ways[name]!.listener['stat_prefix'], options(name)['stat_prefix']])).toEqual(
    Object.keys(ways).map((name) => [name, name]),
  );
});

test('whatever the app asks goes to that callee', () => {
  const hosts = inside(ways['to/brew']!.listener, 'virtual_hosts')[0] as JsonObject[];
  expect(hosts.map(({ domains }) => domains)).toEqual([['*']]);
  expect((hosts[0]!['routes'] as JsonObject[]).at(-1)).toMatchObject({ match: { prefix: '/' }, route: { timeout: '1.7s' } });
  expect(ways['to/brew']!.clusters.map((cluster: JsonObject) => cluster['name'])).toEqual(['brew-v1', 'brew-v2']);
});

test("the callee's identity is the only one taken for it", () => {
  for (const cluster of ways['to/brew']!.clusters) expect(inside(cluster, 'exact')).toEqual(['spiffe://tea.local.mesh.internal/svc/brew']);
});

test.each<[string, object, boolean]>([
  ['matches them', { match: { path: '/a/{id}' } }, true],
  ['answers them', { match: { headers: { old: { present: true } } }, respond: { status: 410 } }, true],
  ['does not look at them', { match: { headers: { canary: { present: true } } }, timeout: '3s' }, false],
])('where a rule %s, paths are resolved before it does as the callee will, else by the callee alone', (_, route, resolved) => {
  const architecture = resolve(
    parseArchitecture({
      name: 'paths',
      services: { asking: { calls: { asked: {} } }, asked: { listen: { protocol: 'http', port: 8080 }, routes: [route] } },
    }),
  );
  const asking = architecture.services.find(({ name }) => name === 'asking')!;
  const [way] = outbound(architecture, asking, everywhere);
  expect(inside(way!.listener, 'normalize_path')).toEqual(resolved ? [true] : []);
  expect(inside(way!.listener, 'path_with_escaped_slashes_action')).toEqual(resolved ? ['REJECT_REQUEST'] : []);
});

test('the path to a host outside is left as it is', () => expect(options('to/bank')).not.toHaveProperty('normalize_path'));

test("a call's chain has its listener's name, by which its log says where a request came in", () => {
  expect(inside(ways['to/brew']!.listener, 'filter_chains')).toMatchObject([[{ name: 'to/brew' }]]);
  expect(inside(ways['to/brew']!.listener, 'json_format')).toMatchObject([{ listener: '%FILTER_CHAIN_NAME%' }]);
});

test.each([
  ['to/bank', 'bank.example'],
  ['to/till', 'till.example:81'],
  ['to/brew', 'brew'],
])('%s is asked by the name %s', (name, host) => {
  expect(new Set(inside(ways[name]!.listener, 'host_rewrite_literal'))).toEqual(new Set([host]));
});

test('https is verified, http is not, and neither carries what the mesh says to itself', () => {
  const [bank, till] = [ways['to/bank']!.clusters[0]!, ways['to/till']!.clusters[0]!];
  expect(inside(bank, 'exact')).toEqual(['bank.example']);
  expect(till['transport_socket']).toBeUndefined();
  for (const cluster of [bank, till]) {
    expect(inside(cluster, 'remove_on_match')).toEqual([{ key_matcher: { prefix: 'x-envoy-' } }, { key_matcher: { prefix: 'x-edge-' } }]);
  }
});

test('TCP passes as it is; its timeout is that of connecting, divided among the tries', () => {
  const { listener, clusters } = ways['to/ledger']!;
  expect(inside(listener, 'filters')).toMatchObject([
    [{ name: 'tcp', typed_config: { stat_prefix: 'to/ledger', cluster: 'external/ledger', max_connect_attempts: 2 } }],
  ]);
  expect(clusters).toMatchObject([{ name: 'external/ledger', connect_timeout: '0.45s' }]);
  expect(clusters[0]).not.toHaveProperty('typed_extension_protocol_options');
});
