import { compile, lost } from '../../../lib/engines/app-mesh/index.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';

const architecture = (...routes: object[]) =>
  resolve(
    parseArchitecture({
      name: 'rules',
      services: {
        caller: { image: 'caller', calls: { orders: {} } },
        orders: {
          listen: { protocol: 'http2', port: 8080 },
          versions: { v1: { image: 'one' }, v2: { image: 'two' } },
          traffic: { v1: 100 },
          routes,
        },
      },
    }),
  );
const matches = (...routes: object[]) =>
  compile(architecture(...routes)).flatMap((resource) => {
    if (resource.type !== 'AWS::AppMesh::Route') return [];
    const { HttpRoute, Http2Route } = resource.properties.Spec;
    return [(HttpRoute ?? Http2Route)!.Match];
  });
const losses = (...routes: object[]) =>
  lost(architecture(...routes))
    .filter(({ at }) => at.startsWith('services.orders.routes'))
    .map(({ severity, feature, at, is }) => `${severity} ${feature} ${at}: ${is}`);
const rest = { Prefix: '/' };

test.each<[object, object]>([
  [{ path: { bytes: '/a' } }, { Prefix: '/a' }],
  [{ path: { regex: '/a+' } }, { Path: { Regex: '/a+' } }],
  [{ headers: { n: { range: [1, 5] } } }, { Prefix: '/', Headers: [{ Name: 'n', Match: { Range: { Start: 1, End: 5 } } }] }],
  [{ headers: { n: { not: 'a' } } }, { Prefix: '/', Headers: [{ Name: 'n', Invert: true, Match: { Exact: 'a' } }] }],
  [{ headers: { n: { present: false } } }, { Prefix: '/', Headers: [{ Name: 'n', Invert: true }] }],
  [{ query: { a: '1', b: { present: true } } }, { Prefix: '/', QueryParameters: [{ Name: 'a', Match: { Exact: '1' } }, { Name: 'b' }] }],
  [
    { rpc: 'shop.Orders/Place' },
    { Path: { Exact: '/shop.Orders/Place' }, Method: 'POST', Headers: [{ Name: 'content-type', Match: { Prefix: 'application/grpc' } }] },
  ],
])('%j becomes %j', (match, expected) => expect(matches({ match })).toEqual([expected, rest]));

test('a rule that cannot be said is left out, and that is an error', () => {
  const routes = [
    { match: { path: '/a', from: 'caller' } },
    { match: { query: { a: { prefix: '1' } } } },
    { match: { path: '/b' }, respond: { status: 404 } },
    { match: { path: '/c' }, redirect: { host: 'example.com' } },
  ];
  expect(matches(...routes)).toEqual([rest]);
  expect(losses(...routes)).toEqual([
    'error match-caller services.orders.routes[0]: left out: the rule is for caller alone, and App Mesh does not know its callers',
    'error match-query services.orders.routes[1]: left out: the rule matches the parameter a otherwise than exactly, which App Mesh cannot',
    'error direct-responses services.orders.routes[2]: left out: what was to be answered 404 goes to orders, as its other rules say',
    'error redirects services.orders.routes[3]: left out: what was to be answered 307 goes to orders, as its other rules say',
  ]);
});

test('what a rule does besides is lost, each thing by its name', () => {
  const routes = [
    {
      match: { path: '/a', method: 'GET' },
      mirror: 'v2',
      rewrite: { path: '/b', host: 'c' },
      headers: { response: { remove: ['server'] } },
    },
    { match: { headers: { n: { not: 'a' } } } },
  ];
  expect(losses(...routes)).toEqual([
    'error header-changes services.orders.routes[0]: headers stay as they are',
    'error host-rewrite services.orders.routes[0]: orders sees its own host, not c',
    'error path-rewrite services.orders.routes[0]: orders sees the path that was asked for, not /b',
    'error traffic-mirroring services.orders.routes[0]: orders-v2 gets no copies',
    'warning match-header-not services.orders.routes[1]: a request without n is not taken; App Mesh inverts only what is there',
  ]);
});
