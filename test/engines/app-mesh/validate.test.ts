import { type AnyResource, compile, validate } from '../../../lib/engines/app-mesh/index.js';
import { resolve } from '../../../lib/index.js';
import { store } from './store.js';

type Plain = { [key: string]: Plain } & Plain[] & (string | number | boolean | undefined);

/** The store, with one of its resources broken. */
function broken(id: string, breakIt: (spec: Plain) => void): string[] {
  const resources = structuredClone(compile(resolve(store, { environment: 'prod' }))) as AnyResource[];
  const resource = resources.find((one) => one.id === id);
  if (resource === undefined) throw new Error(`no resource ${id}`);
  breakIt(resource.properties.Spec as unknown as Plain);
  return validate(resources).map(({ id: where, is }) => `${where}: ${is}`);
}

const set = (spec: Plain, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop()!;
  (keys.reduce((part, key) => part[key]!, spec) as Record<string, unknown>)[last] = value;
};

test('as compiled it breaks no rule', () => expect(broken('Mesh', () => {})).toEqual([]));

test.each<[id: string, path: string, value: unknown, problem: string]>([
  ['Route-pricing-default', 'Priority', 1_001, 'Priority is 1001; allowed: 0 to 1000'],
  ['Route-pricing-default', 'HttpRoute', {}, 'it is HttpRoute and Http2Route; allowed: exactly one of HttpRoute, Http2Route, TcpRoute'],
  ['Route-pricing-default', 'Http2Route', undefined, 'it is no route; allowed: exactly one of HttpRoute, Http2Route, TcpRoute'],
  ['Route-pricing-default', 'Http2Route.Action.WeightedTargets', [], 'the number of targets is 0; allowed: 1 to 10'],
  ['Route-pricing-default', 'Http2Route.Action.WeightedTargets.0.Weight', 500, 'the weight of pricing-v1 is 500; allowed: 0 to 100'],
  ['Route-pricing-default', 'Http2Route.Action.WeightedTargets.1.Weight', 11, 'the weights add up to 101; allowed: 1 to 100'],
  [
    'Route-pricing-default',
    'Http2Route.Action.WeightedTargets.0.Port',
    9_091,
    'it asks pricing-v1 for http2 on 9091, which listens for http2 on 9090',
  ],
  ['Route-pricing-default', 'Http2Route.Action.WeightedTargets.0.VirtualNode', 'nightly', 'its target nightly is no node that listens'],
  ['Route-pricing-default', 'Http2Route.Match', {}, 'it matches neither a prefix nor a path; allowed: one of them'],
  ['Route-pricing-default', 'Http2Route.Match.Path', { Exact: '/a' }, 'it matches both a prefix and a path; allowed: one of them'],
  ['Route-pricing-default', 'Http2Route.Match.Prefix', 'a', 'it matches a; allowed: what starts with /'],
  [
    'Route-pricing-post-quotes-sku',
    'Http2Route.Match.Path.Exact',
    '/a',
    'its path is exact and a regular expression, or neither; allowed: one of them',
  ],
  [
    'Route-pricing-post-quotes-sku',
    'Http2Route.Match.Path.Regex',
    `/${'a'.repeat(255)}`,
    'the length of its path is 256; allowed: 1 to 255',
  ],
  [
    'Route-pricing-x-canary-present',
    'Http2Route.Match.Headers.0.Name',
    'x'.repeat(51),
    `the length of the header name ${'x'.repeat(51)} is 51; allowed: 1 to 50`,
  ],
  [
    'Route-pricing-x-canary-present',
    'Http2Route.Match.Headers.0.Match',
    { Exact: '' },
    'the length of the value of x-canary is 0; allowed: 1 to 255',
  ],
  [
    'Route-pricing-x-canary-present',
    'Http2Route.Match.Headers',
    Array(11).fill({ Name: 'x' }),
    'the number of headers is 11; allowed: 0 to 10',
  ],
  ['Route-pricing-default', 'Http2Route.RetryPolicy.MaxRetries', -1, 'MaxRetries is -1; allowed: 0 or more'],
  [
    'Route-pricing-default',
    'Http2Route.RetryPolicy.PerRetryTimeout.Value',
    601,
    '1 retries of 601 ms take 601 ms; the request ends after 600 ms',
  ],
  ['Route-pricing-default', 'Http2Route.RetryPolicy.HttpRetryEvents', undefined, ''],
  [
    'Route-pricing-default',
    'Http2Route.RetryPolicy',
    { MaxRetries: 0, PerRetryTimeout: { Unit: 'ms', Value: 0 } },
    'it retries on nothing; allowed: at least one event',
  ],
  [
    'Route-pricing-default',
    'Http2Route.Timeout.PerRequest.Value',
    2_001,
    'it waits 2001 ms; the listener of pricing-v1 ends after 2000 ms',
  ],
  [
    'Route-pricing-default',
    'Http2Route.Timeout.Idle',
    { Unit: 'ms', Value: 300_001 },
    'it may be silent for 300001 ms; the listener of pricing-v1 ends after 300000 ms',
  ],
  ['VirtualNode-catalog', 'Listeners.0.Timeout', undefined, ''],
  [
    'VirtualNode-catalog',
    'ServiceDiscovery',
    undefined,
    'it listens and is nowhere to be found; allowed: a listener with service discovery',
  ],
  ['VirtualNode-catalog', 'Listeners.0.HealthCheck.Port', 81, "the health check's port is 81; allowed: the listener's, 8080"],
  ['VirtualNode-catalog', 'Listeners.0.HealthCheck.HealthyThreshold', 1, 'HealthyThreshold is 1; allowed: 2 to 10'],
  ['VirtualNode-catalog', 'Listeners.0.HealthCheck.UnhealthyThreshold', 11, 'UnhealthyThreshold is 11; allowed: 2 to 10'],
  ['VirtualNode-catalog', 'Listeners.0.HealthCheck.IntervalMillis', 4_999, 'IntervalMillis is 4999; allowed: 5000 to 300000'],
  ['VirtualNode-catalog', 'Listeners.0.HealthCheck.TimeoutMillis', 60_001, 'TimeoutMillis is 60001; allowed: 2000 to 60000'],
  ['VirtualNode-catalog', 'Listeners.0.OutlierDetection.MaxEjectionPercent', 500, 'MaxEjectionPercent is 500; allowed: 0 to 100'],
  ['VirtualNode-catalog', 'Listeners.0.OutlierDetection.MaxServerErrors', 0, 'MaxServerErrors is 0; allowed: 1 or more'],
  ['VirtualNode-catalog', 'Listeners.0.OutlierDetection.Interval.Value', 0.5, 'Interval is 0.5; allowed: 0 or more'],
  [
    'VirtualNode-catalog',
    'Listeners.0.ConnectionPool',
    { HTTP: { MaxConnections: 1, MaxPendingRequests: 1 } },
    'ConnectionPool has HTTP; allowed: HTTP2, as its listener',
  ],
  ['VirtualNode-catalog', 'Listeners.0.ConnectionPool.HTTP2.MaxRequests', 0, 'MaxRequests is 0; allowed: 1 or more'],
  [
    'VirtualNode-catalog',
    'Listeners.0.TLS.Validation.SubjectAlternativeNames.Match.Exact',
    [],
    'no identity is named, which the service takes to mean anyone',
  ],
  [
    'VirtualNode-catalog',
    'Listeners.0.TLS.Validation.SubjectAlternativeNames.Match.Exact',
    ['*.example'],
    'the identity *.example has a wildcard; allowed: whole names',
  ],
  ['VirtualNode-catalog', 'Listeners.0.TLS.Certificate.File.PrivateKey', '', 'the length of PrivateKey is 0; allowed: 1 to 255'],
  ['VirtualNode-nightly', 'Backends', Array(2).fill({ VirtualService: { VirtualServiceName: 'orders' } }), 'orders is its backend twice'],
  ['VirtualGateway-web', 'Listeners.0.PortMapping.Port', 0, 'port is 0; allowed: 1 to 65535'],
  [
    'GatewayRoute-web-post-orders',
    'HttpRoute.Match.Path',
    { Exact: '/aws-appmesh/x' },
    'it matches /aws-appmesh/x; allowed: nothing below /aws-appmesh and /aws-app-mesh, which the service keeps',
  ],
  [
    'GatewayRoute-web-post-orders',
    'HttpRoute.Match.Path',
    { Exact: '/aws-app-mesh' },
    'it matches /aws-app-mesh; allowed: nothing below /aws-appmesh and /aws-app-mesh, which the service keeps',
  ],
  ['GatewayRoute-web-post-orders', 'HttpRoute.Match.Path', { Exact: '/shop/aws-appmesh' }, ''],
  [
    'VirtualGateway-web',
    'BackendDefaults.ClientPolicy.TLS.Validation.SubjectAlternativeNames.Match.Exact',
    [],
    'no identity is named, which the service takes to mean anyone',
  ],
  ['VirtualGateway-web', 'BackendDefaults.ClientPolicy.TLS.Ports', [0], 'a port of TLS is 0; allowed: 1 to 65535'],
])('%s with %s = %j', (id, path, value, problem) => {
  expect(broken(id, (spec) => set(spec, path, value))).toEqual(problem === '' ? [] : expect.arrayContaining([`${id}: ${problem}`]));
});

test('a router that speaks otherwise than its routes', () => {
  expect(broken('VirtualRouter-catalog', (spec) => set(spec, 'Listeners.0.PortMapping.Protocol', 'http'))).toEqual([
    'Route-catalog-default: it is of http2, its router of http; allowed: the same',
  ]);
});

test('a route of no router', () => {
  const resources = compile(resolve(store)).filter(({ id }) => id !== 'VirtualRouter-catalog');
  expect(validate(resources).map(({ id, is }) => `${id}: ${is}`)).toContain('Route-catalog-default: there is no router catalog');
});

test('two routes of one priority', () => {
  expect(broken('Route-pricing-default', (spec) => set(spec, 'Priority', 0))).toEqual([
    'Route-pricing-default: 0 at router pricing is the priority of Route-pricing-x-canary-present too',
  ]);
});

test('two virtual services of one name, and a name that is too long', () => {
  const resources = structuredClone(compile(resolve(store))) as AnyResource[];
  for (const { type, properties } of resources)
    if (type === 'AWS::AppMesh::VirtualService') (properties as { VirtualServiceName: string }).VirtualServiceName = 'x'.repeat(256);
  expect(validate(resources)).toContainEqual({
    at: 'services.orders',
    id: 'VirtualService-orders',
    is: 'the length of VirtualServiceName is 256; allowed: 1 to 255',
  });
  const twins = structuredClone(compile(resolve(store))) as AnyResource[];
  for (const resource of twins)
    if (resource.id === 'VirtualService-orders')
      (resource.properties as { VirtualServiceName: string }).VirtualServiceName = 'api.stripe.com';
  expect(validate(twins)).toEqual([
    {
      at: 'external.stripe',
      id: 'VirtualService-external.stripe',
      is: 'VirtualService api.stripe.com is the name of VirtualService-orders too',
    },
  ]);
});
