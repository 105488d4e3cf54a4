import { appCluster, meshCluster, outsideCluster, ownApp } from '../../../lib/engines/envoy/cluster.js';
import { everywhere } from './everywhere.js';
import { inside } from './inside.js';
import { service } from './mesh.js';

const brew = service('brew');
const cluster = meshCluster('brew-v1', brew, everywhere.endpoints(brew.versions[0]!), everywhere.credentials('spiffe://mesh/svc/shop'), {
  retryBudget: 20,
});
const budget = { thresholds: [{ retry_budget: { budget_percent: { value: 20 }, min_retry_concurrency: 3 } }] };

test('the callee decides when its instances are ejected, and statistics nobody declared do not', () => {
  expect(cluster['outlier_detection']).toEqual({
    consecutive_5xx: 4,
    interval: '7s',
    base_ejection_time: '31s',
    max_ejection_percent: 41,
    enforcing_success_rate: 0,
  });
});

test('further tries have a budget, inside the mesh and out of it', () => {
  const outside = outsideCluster({
    name: 'x',
    endpoints: { dns: 'x.example', port: 80 },
    tls: undefined,
    http: true,
    use: { retryBudget: 20 },
  });
  expect([cluster['circuit_breakers'], outside['circuit_breakers']]).toEqual([budget, budget]);
});

test('sidecars speak HTTP/2 to each other, on connections that open within a second and end within an hour', () => {
  expect(cluster['connect_timeout']).toBe('1s');
  expect(cluster['typed_extension_protocol_options']).toEqual({
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      common_http_protocol_options: { max_connection_duration: '3600s' },
      explicit_http_config: {
        http2_protocol_options: {
          max_concurrent_streams: 100,
          initial_stream_window_size: 65_536,
          initial_connection_window_size: 1_048_576,
        },
      },
    },
  });
});

test.each([
  ['http', { http_protocol_options: {} }],
  ['http2', { http2_protocol_options: expect.anything() }],
] as const)('an app that speaks %s is spoken to so, within its pool', (speaks, protocol) => {
  const app = ownApp(appCluster, everywhere.app, speaks, brew.pool);
  expect(inside(app, 'explicit_http_config')).toEqual([protocol]);
  expect(app['circuit_breakers']).toEqual({ thresholds: [{ max_connections: 11, max_pending_requests: 12, max_requests: 13 }] });
  expect(inside(app, 'idle_timeout')).toEqual(['4s']);
});

test('each address of a version is an instance; the addresses of a host outside are one host', () => {
  const outside = { name: 'x', tls: undefined, http: true, use: { retryBudget: 20 } } as const;
  const types = [
    cluster,
    meshCluster('b', brew, { addresses: [everywhere.app] }, everywhere.credentials('spiffe://mesh/svc/shop'), { retryBudget: 20 }),
    outsideCluster({ ...outside, endpoints: { dns: 'x.example', port: 80 } }),
    outsideCluster({ ...outside, endpoints: { addresses: [everywhere.app] } }),
  ].map(({ type, dns_lookup_family: family }) => [type, family]);
  expect(types).toEqual([
    ['STRICT_DNS', 'V4_PREFERRED'],
    ['STATIC', undefined],
    ['LOGICAL_DNS', 'V4_PREFERRED'],
    ['STATIC', undefined],
  ]);
});

describe('a callee that says nothing of instances that fail, as by the defaults of App Mesh', () => {
  const silent = { ...brew, outlierDetection: undefined };
  const of = (spared: boolean) =>
    meshCluster('brew-v1', silent, everywhere.endpoints(brew.versions[0]!), everywhere.credentials('spiffe://mesh/svc/shop'), {
      retryBudget: 'any',
      spared,
    });

  test('none is left alone, and any number of tries may be under way', () => {
    expect(of(false)).not.toHaveProperty('outlier_detection');
    expect(of(false)['circuit_breakers']).toEqual({ thresholds: [{ max_retries: 2_147_483_647 }] });
  });

  test('where somebody stands in for it they are, or nobody else would ever be asked', () => {
    expect(of(true)['outlier_detection']).toMatchObject({ consecutive_5xx: 5, max_ejection_percent: 100 });
  });
});
