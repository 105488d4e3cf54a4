import { mainEntrance } from '../../../lib/engines/envoy/at-port.js';
import { inbound } from '../../../lib/engines/envoy/inbound.js';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { everywhere } from './everywhere.js';
import { inside } from './inside.js';
import { mesh, service } from './mesh.js';

const listenerOf = (name: string) => inbound(service(name), mesh.trustDomain, everywhere, mainEntrance);
const manager = inside(listenerOf('shop'), 'filters')[0] as unknown as readonly [{ readonly typed_config: JsonObject }];
const options = manager[0].typed_config;

test('a path is resolved before any rule reads it, and refused where it can be read in two ways', () => {
  expect(options).toMatchObject({ normalize_path: true, merge_slashes: true, path_with_escaped_slashes_action: 'REJECT_REQUEST' });
  expect(inside(options, 'headers_with_underscores_action')).toEqual(['REJECT_REQUEST']);
});

test('connections have an age, streams and headers have limits', () => {
  expect(options).toMatchObject({
    codec_type: 'HTTP2',
    http2_protocol_options: { max_concurrent_streams: 100, initial_stream_window_size: 65_536, initial_connection_window_size: 1_048_576 },
    max_request_headers_kb: 60,
    request_headers_timeout: '10s',
    common_http_protocol_options: { max_headers_count: 100, max_connection_duration: '3600s', max_stream_duration: '3600s' },
  });
});

test('access is checked before anything else is done with a request', () => {
  expect((options['http_filters'] as JsonObject[]).map(({ name }) => name)).toEqual([
    'envoy.filters.http.rbac',
    'edge-headers',
    'envoy.filters.http.header_mutation',
    'envoy.filters.http.router',
  ]);
});

test('what only a gateway may say is believed from the gateways that the service admits', () => {
  expect(inside(options, 'exact_match_map')).toMatchObject([
    { map: { 'spiffe://tea.local.mesh.internal/ingress/web': { action: { name: 'skip' } } } },
  ]);
});

test('a service without gateways drops it from everyone', () => {
  expect(inside(listenerOf('alone'), 'exact_match_map')).toEqual([]);
  expect(inside(listenerOf('alone'), 'remove_on_match')).toContainEqual({ key_matcher: { prefix: 'x-edge-' } });
});

test('who called is written by this sidecar alone', () => {
  expect(options).toMatchObject({ forward_client_cert_details: 'SANITIZE_SET', set_current_client_cert_details: { uri: true } });
});

test('a sidecar says what became of a request that its app did not answer; the app cannot say it itself', () => {
  const added = (key: string) => [{ header: { key, value: 'true' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }];
  expect(options['local_reply_config']).toEqual({
    mappers: [
      { filter: { response_flag_filter: { flags: ['UF', 'UH'] } }, headers_to_add: added('x-mesh-unprocessed') },
      { filter: { response_flag_filter: { flags: ['UT'] } }, headers_to_add: added('x-mesh-overdue') },
    ],
  });
  expect(inside(options, 'response_headers_to_remove')).toEqual([['x-mesh-unprocessed', 'x-mesh-overdue']]);
});

test("time is limited by the caller's deadline and nothing else", () => {
  expect(inside(options, 'respect_expected_rq_timeout')).toEqual([true]);
  expect(inside(options, 'dynamic_stats')).toEqual([false]); // this listener counts the same
  expect(inside(options['route_config'], 'timeout')).toEqual(['0s']);
});

test('silence is not timed here, what nobody fetches is', () => {
  expect(options).toMatchObject({ stream_idle_timeout: '0s', stream_flush_timeout: '300s' });
  expect(inside(options['route_config'], 'idle_timeout')).toEqual([]);
});

test('silence of a client in plaintext is timed here, since it has no sidecar to do so', () => {
  const migrating = resolve(
    parseArchitecture({
      name: 'moving',
      mesh: { mtls: { permissive: { until: '2027-03-31', clients: { legacy: { from: ['10.0.4.0/24'], to: ['asked'] } } } } },
      services: { asking: { calls: { asked: {} } }, asked: { listen: { protocol: 'http', port: 8080 } } },
    }),
  );
  const asked = migrating.services.find((each) => each.name === 'asked')!;
  const chains = inbound(asked, migrating.trustDomain, everywhere, mainEntrance)['filter_chains'] as readonly JsonObject[];
  expect(chains.map((chain) => [chain['name'], inside(chain, 'stream_idle_timeout')])).toEqual([
    ['mutual TLS', ['0s']],
    ['plaintext/legacy', []],
  ]);
});

test('where whoever is admitted may ask for everything, no rule is asked of each request; where nobody is, there is one', () => {
  const calling = resolve(
    parseArchitecture({
      name: 'open',
      services: { asking: { calls: { asked: {} } }, asked: { listen: { protocol: 'http', port: 8080 } } },
    }),
  );
  const asked = calling.services.find((each) => each.name === 'asked')!;
  const listener = inbound(asked, calling.trustDomain, everywhere, mainEntrance);
  expect(JSON.stringify(listener)).not.toContain('rbac');
  expect(inside(listener, 'match_typed_subject_alt_names')).toEqual([
    [{ san_type: 'URI', matcher: { exact: 'spiffe://open.local.mesh.internal/svc/asking' } }],
  ]);
  expect(inside(listenerOf('alone'), 'policies')).toEqual([{}]);
});

test('a service without limits has no filter for them, and one route to its app', () => {
  expect(JSON.stringify(options)).not.toContain('local_ratelimit');
  expect(inside(options, 'routes')).toEqual([
    [expect.objectContaining({ name: 'dot segments' }), expect.objectContaining({ match: { prefix: '/' } })],
  ]);
});
