import { listening, resolved } from './shop';

const only = (members: object, environment?: string) => resolved({ services: { orders: listening(members) } }, environment).services[0]!;

test('every default is explicit', () => {
  expect(only({})).toMatchObject({
    name: 'orders',
    path: 'services.orders',
    identity: 'spiffe://shop.local.mesh.internal/svc/orders',
    domain: undefined,
    health: undefined,
    versions: [
      {
        id: 'orders',
        service: 'orders',
        name: undefined,
        path: 'services.orders',
        environment: {},
        scale: { min: 2, max: 2, requestsPerSecond: undefined },
      },
    ],
    traffic: [{ version: 'orders', weight: 100 }],
    rules: [{ path: 'services.orders.traffic', match: { path: undefined, methods: undefined, headers: [], query: [] }, idempotent: false }],
    pool: { connections: 1_024, pendingRequests: 1_024, requests: 1_024 },
    outlierDetection: { errors: 5, interval: 10_000, ejectFor: 30_000, maxEjectedPercent: 50 },
    admits: [],
    accessDeclared: false,
  });
});

test('one given value leaves the other defaults', () => {
  expect(only({ pool: { requests: 7 }, outlierDetection: { errors: 0 + 3, maxEjectedPercent: 0 } })).toMatchObject({
    pool: { connections: 1_024, pendingRequests: 1_024, requests: 7 },
    outlierDetection: { errors: 3, interval: 10_000, ejectFor: 30_000, maxEjectedPercent: 0 },
  });
});

test('a worker has no rules and one instance', () => {
  const [worker] = resolved({ services: { nightly: { image: 'acme/nightly:3' } } }).services;
  expect(worker).toMatchObject({ listen: undefined, rules: [], versions: [{ scale: { min: 1, max: 1 } }] });
});

test('a version has what it says itself, else what the service says, whole fields', () => {
  const { versions } = only({
    command: ['serve'],
    env: { A: '1' },
    scale: { min: 3, max: 4 },
    versions: { v1: {}, v2: { image: 'acme/app:2', env: { B: '2' }, scale: { min: 5, max: 6, requestsPerSecond: 7 } } },
    traffic: { v2: 10, v1: 90 },
  });
  expect(versions).toEqual([
    {
      id: 'orders-v1',
      service: 'orders',
      name: 'v1',
      path: 'services.orders.versions.v1',
      image: 'acme/app:1',
      command: ['serve'],
      environment: { A: '1' },
      scale: { min: 3, max: 4, requestsPerSecond: undefined, at: 'services.orders.versions.v1.scale' },
    },
    {
      id: 'orders-v2',
      service: 'orders',
      name: 'v2',
      path: 'services.orders.versions.v2',
      image: 'acme/app:2',
      command: ['serve'],
      environment: { B: '2' },
      scale: { min: 5, max: 6, requestsPerSecond: 7, at: 'services.orders.versions.v2.scale' },
    },
  ]);
});

describe('rules: the routes as declared, then one that takes the rest', () => {
  const versions = { v1: {}, v2: {} };
  const rules = (routes: object[]) => only({ versions, traffic: { v2: 10, v1: 90 }, routes }).rules;

  test('a route goes to a version, to a split, or where traffic goes; shares in the order of the versions', () => {
    expect(
      rules([{ match: { path: '/a' }, to: 'v2' }, { match: { path: '/b' }, to: { v2: 1, v1: 99 } }, { match: { path: '/c' } }]).map(
        ({ to }) => to,
      ),
    ).toEqual([
      [{ version: 'orders-v2', weight: 100 }],
      [
        { version: 'orders-v1', weight: 99 },
        { version: 'orders-v2', weight: 1 },
      ],
      [
        { version: 'orders-v1', weight: 90 },
        { version: 'orders-v2', weight: 10 },
      ],
      [
        { version: 'orders-v1', weight: 90 },
        { version: 'orders-v2', weight: 10 },
      ],
    ]);
  });

  test('a last route that takes everything needs no other', () => {
    expect(rules([{ to: 'v1' }]).map(({ path }) => path)).toEqual(['services.orders.routes[0]']);
    expect(rules([{ match: {}, to: 'v1' }])).toHaveLength(1);
    expect(rules([{ match: { method: 'GET' }, to: 'v1' }])).toHaveLength(2);
  });

  test('each caller meets those that are for anyone or for itself; what takes everything from it needs no other', () => {
    const routes = [{ match: { path: '/a', from: ['desk', 'nightly'] } }, { match: { path: '/b' } }, { match: { from: 'nightly' } }];
    const calls = { orders: {} };
    const architecture = resolved({
      services: { orders: listening({ routes }), desk: { calls }, nightly: { calls }, other: { calls } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'orders' } } } },
    });
    const { target } = architecture.gateways[0]!.routes[0]!;
    const met = [...architecture.calls, target].map((each) => ('rules' in each ? each.rules : []));
    expect(met.map((own) => own.map(({ path }) => path.replace('services.orders.', '')))).toEqual([
      ['routes[0]', 'routes[1]', 'traffic'],
      ['routes[0]', 'routes[1]', 'routes[2]'],
      ['routes[1]', 'traffic'],
      ['routes[1]', 'traffic'],
    ]);
    expect(met.flat().filter(({ match }) => match.from !== undefined)).toEqual([]);
  });

  test('a match has sorted methods and lower-case headers, each kind by its name', () => {
    const headers = {
      'X-B': 'b',
      'x-a': { prefix: 'p' },
      'x-c': { suffix: 's' },
      'x-d': { regex: 'r+' },
      'x-e': { present: true },
      'x-f': { present: false },
      'x-g': { range: [1, 5] as [number, number] },
      'x-h': { not: 'n' },
      'x-i': { not: { present: true } },
      'x-j': { not: { present: false } },
    };
    const query = { b: 'B', A: { present: true } };
    expect(rules([{ match: { path: '/{id}', method: ['POST', 'GET'], headers, query } }])[0]!.match).toEqual({
      path: { text: '/{id}', segments: [{ kind: 'parameter', name: 'id' }] },
      methods: ['GET', 'POST'],
      headers: [
        { name: 'x-a', is: 'prefix', value: 'p' },
        { name: 'x-b', is: 'exact', value: 'b' },
        { name: 'x-c', is: 'suffix', value: 's' },
        { name: 'x-d', is: 'regex', value: 'r+' },
        { name: 'x-e', is: 'present' },
        { name: 'x-f', is: 'absent' },
        { name: 'x-g', is: 'range', from: 1, to: 5 },
        { name: 'x-h', is: 'not', of: { is: 'exact', value: 'n' } },
        { name: 'x-i', is: 'absent' },
        { name: 'x-j', is: 'present' },
      ],
      query: [
        { name: 'A', is: 'present' },
        { name: 'b', is: 'exact', value: 'B' },
      ],
    });
  });

  test('a path by its first bytes, or by a regular expression, is as it is written', () => {
    const [bytes, regex] = rules([{ match: { path: { bytes: '/a' } } }, { match: { path: { regex: '/b+' } } }]);
    expect([bytes!.match.path, regex!.match.path]).toEqual([{ bytes: '/a' }, { regex: '/b+' }]);
  });
});

describe('who is admitted', () => {
  const gateway = {
    kind: 'http',
    auth: 'public',
    routes: { 'GET /mine/{id}': { to: 'orders', path: '/orders/{id}' }, 'ANY /files/{rest+}': { to: 'orders', path: '/{rest}' } },
  };
  const admitted = (access: object | undefined) =>
    resolved({
      services: {
        orders: listening(access === undefined ? {} : { access }),
        catalog: listening({ calls: { orders: {} } }),
        nightly: { image: 'acme/nightly:3', calls: { orders: {} } },
      },
      gateways: { web: gateway },
    }).services.find(({ name }) => name === 'orders')!;

  test('without access: declared callers for any request, a gateway for its routes, as the service sees them', () => {
    const { admits, accessDeclared } = admitted(undefined);
    expect(accessDeclared).toBe(false);
    expect(admits).toMatchObject([
      { caller: { kind: 'service', name: 'catalog' }, identity: 'spiffe://shop.local.mesh.internal/svc/catalog', requests: undefined },
      { caller: { kind: 'service', name: 'nightly' }, requests: undefined },
      { caller: { kind: 'gateway', name: 'web' }, identity: 'spiffe://shop.local.mesh.internal/ingress/web' },
    ]);
    expect(admits[2]!.requests).toEqual([
      { method: undefined, path: { text: '/{rest}', segments: [{ kind: 'rest', name: 'rest' }] } },
      {
        method: 'GET',
        path: {
          text: '/orders/{id}',
          segments: [
            { kind: 'literal', value: 'orders' },
            { kind: 'parameter', name: 'id' },
          ],
        },
      },
    ]);
  });

  test('with access: exactly what is listed', () => {
    const { admits, accessDeclared } = admitted({ catalog: '*', nightly: ['GET /orders/{id}'], gateways: '*' });
    expect(accessDeclared).toBe(true);
    expect(
      admits.map(({ caller, requests }) => [caller.name, requests?.map(({ method, path }) => `${method ?? 'ANY'} ${path.text}`)]),
    ).toEqual([
      ['catalog', undefined],
      ['nightly', ['GET /orders/{id}']],
      ['web', ['ANY /{rest}', 'GET /orders/{id}']],
    ]);
  });

  test('what is denied stands beside what is allowed, and without `allow` that is any request', () => {
    const { admits } = admitted({
      catalog: { deny: ['GET /orders/{id}'] },
      nightly: { allow: ['GET /orders/{id}'], deny: ['GET /orders/7'] },
      gateways: { deny: ['DELETE /files'] },
    });
    const texts = (requests: readonly { readonly path: { readonly text: string } }[] | undefined) => requests?.map(({ path }) => path.text);
    expect(admits.map(({ requests, denied }) => [texts(requests), texts(denied)])).toEqual([
      [undefined, ['/orders/{id}']],
      [['/orders/{id}'], ['/orders/7']],
      [['/{rest}', '/orders/{id}'], ['/files']],
    ]);
    expect(admitted(undefined).admits.map(({ denied }) => denied)).toEqual([[], [], []]);
  });

  test('an undeclared caller is admitted nowhere', () => {
    expect(admitted(undefined).admits.map(({ caller }) => caller.name)).not.toContain('orders');
  });
});

test('who may ask in plaintext is said at those whom it may ask, and nowhere else', () => {
  const clients = {
    reports: { from: ['10.9.0.7/32'], to: ['orders', 'pricing', 'orders'] },
    legacy: { from: ['10.0.4.0/24'], to: ['orders'] },
  };
  const mtls = { permissive: { until: '2027-03-31', clients } };
  const { services } = resolved({ mesh: { mtls }, services: { orders: listening(), pricing: listening(), stock: listening() } });
  expect(services.map(({ plaintext }) => plaintext)).toEqual([
    [
      { name: 'legacy', from: ['10.0.4.0/24'], to: ['orders'] },
      { name: 'reports', from: ['10.9.0.7/32'], to: ['orders', 'pricing'] },
    ],
    [{ name: 'reports', from: ['10.9.0.7/32'], to: ['orders', 'pricing'] }],
    [],
  ]);
});

test.each(['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31'])(
  'plaintext may end on the last of a month, %s',
  (day) => {
    const lasts = (until: string) =>
      resolved({
        mesh: { mtls: { permissive: { until, clients: { legacy: { from: ['10.0.4.0/24'], to: ['orders'] } } } } },
        services: { orders: listening() },
      });
    expect(lasts(`2027-${day}`).mtls).toMatchObject({ until: `2027-${day}` });
    if (day === '02-28') expect(['2028-02-29', '2400-02-29'].map((until) => lasts(until).mtls.mode)).toEqual(['permissive', 'permissive']);
  },
);

test('a rate limit is of the instance, all callers together, unless it says otherwise; a route has its own or none', () => {
  const { rateLimit, rules } = only({
    rateLimit: { rate: 5, burst: 6 },
    routes: [{ match: { path: '/a' }, rateLimit: { rate: 0.5, burst: 1, per: 'caller' } }, { match: { path: '/b' } }],
  });
  expect(rateLimit).toEqual({ rate: 5, burst: 6, per: 'instance' });
  expect(rules.map((rule) => rule.rateLimit)).toEqual([{ rate: 0.5, burst: 1, per: 'caller' }, undefined, undefined]);
  expect(only({}).rateLimit).toBeUndefined();
});

test('what an intercepted app may ask directly begins with where a task learns about itself; ports are sorted', () => {
  const metadata = ['169.254.170.2', '169.254.169.254'];
  const of = (interception: unknown) => only({ interception }).interception;
  expect([only({}).interception, of(true), of({ bypassPorts: [2049, 25], bypassAddresses: ['10.0.9.0/24'] })]).toEqual([
    undefined,
    { bypassPorts: [], bypassAddresses: metadata },
    { bypassPorts: [25, 2049], bypassAddresses: [...metadata, '10.0.9.0/24'] },
  ]);
});

test('what runs on this machine is a command at least; a version says it itself, else its service', () => {
  const run = { command: 'npm start', cwd: 'orders', env: { LEVEL: 'debug' }, inherit: ['DB_PASSWORD'] };
  const { versions } = only({ run: 'make run', versions: { v1: {}, v2: { run } }, traffic: { v1: 90, v2: 10 } });
  expect(versions.map((version) => version.run)).toEqual([
    { command: 'make run', cwd: undefined, environment: {}, inherit: [] },
    { command: 'npm start', cwd: 'orders', environment: { LEVEL: 'debug' }, inherit: ['DB_PASSWORD'] },
  ]);
  expect(only({}).versions[0]!.run).toBeUndefined();
});
