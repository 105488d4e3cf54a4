import { defineArchitecture, parseArchitecture, resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import shop from '../../bin/shop/architecture.js';
import { banner, type Shown } from '../../lib/twin/banner.js';
import { notReproduced } from '../../lib/twin/not-reproduced.js';
import { reachedBy } from '../../lib/twin/through.js';

const shown = (architecture: Shown['architecture'], envoys: number): Shown => ({
  architecture,
  envoyVersion: '1.40.0',
  readyAfter: 2_840,
  envoys: { length: envoys },
  gateways: [{ gateway: { name: 'web' }, url: 'http://127.0.0.1:40123' }],
});

test('the shop: what runs where, lines to paste, what is not the same', () => {
  expect(
    banner(shown(resolve(shop), 7), { file: 'bin/shop/architecture.ts' }),
  ).toBe(`shop: 7 Envoys 1.40.0, strict mTLS, local CA (24 h), all on 127.0.0.1; ready in 2.8 s

  gateway  web  http://127.0.0.1:40123  5 routes

  catalog           stub    → pricing
  nightly           worker  → orders (on demand, not at cron(0 3 * * ? *))
  orders            stub    → catalog, ordersDb (stub), stripe (stub)
  pricing  v1 90 %  stub    (no calls)
           v2 10 %

try it
  curl http://127.0.0.1:40123/products/42
  curl -X POST http://127.0.0.1:40123/orders -H 'content-type: application/json' -d '{}' \\
       -H "authorization: Bearer $(edge-mesh token bin/shop/architecture.ts customers --scope orders:write)"

not reproduced here
  API Gateway itself: an Envoy stands in for web
  the throttle of ANY /legacy/{path+} for each method: here all methods share one
  security groups, task isolation, IAM, DNS, real latency, the order in which ECS stops a task
  autoscaling: there are as many instances as --instances and the buttons of the page say
  the apps of catalog, nightly, orders and pricing: stubs, which make the declared calls
  monolith, ordersDb and stripe: stubs of the twin
  who issues tokens for customers: the twin signs its own
  the schedule of nightly, cron(0 3 * * ? *): it runs by "run once" on the page

Ctrl-C stops everything and removes its temporary folder`);
});

test('a version that only a rule reaches says so, and the program is called as the user calls it', () => {
  const text = banner(shown(resolve(bookinfo), 8), { program: 'npx edge-mesh' });
  expect(text).toContain('reviews      v1 90 %     stub  → ratings\n               v2 by rule\n               v3 10 %');
  expect(text).toContain('$(npx edge-mesh token ARCH readers)');
});

test('what answers by itself, or lies outside, is tried where there is nothing else; HEAD as curl wants it, and what a shell would read is quoted', () => {
  const tried = (routes: object): string[] => {
    const architecture = resolve(
      parseArchitecture({
        name: 'shop',
        services: { orders: { listen: { protocol: 'http', port: 8080 } } },
        gateways: { web: { kind: 'rest', auth: 'public', throttle: { rate: 1, burst: 1 }, routes } },
      }),
    );
    const lines = banner(shown(architecture, 1)).split('\n');
    expect(lines[0]).toMatch(/^shop: 1 Envoy 1\.40\.0, /);
    return lines.filter((line) => line.startsWith('  curl')).map((line) => line.trim());
  };
  const respond = { respond: { status: 200, json: {} } };
  expect(tried({ 'GET /status': respond })).toEqual(['curl http://127.0.0.1:40123/status']);
  expect(tried({ 'GET /status': respond, 'HEAD /orders': { to: 'orders' } })).toEqual(['curl --head http://127.0.0.1:40123/orders']);
  expect(tried({ "OPTIONS /a&b'c": { to: 'orders' } })).toEqual(["curl -X OPTIONS 'http://127.0.0.1:40123/a&b'\\''c'"]);
});

test('without gateways and without versions nothing is made up', () => {
  const text = banner({ ...shown({ ...resolve(bookinfo), gateways: [], services: [] }, 0), gateways: [], envoyVersion: undefined });
  expect(text).not.toContain('curl');
  expect(text).not.toContain('undefined');
  expect(text).not.toContain('try it');
});

test('an app that is intercepted elsewhere is not here, and that is said', () => {
  const services = resolve(shop).services.map((service) => ({ ...service, interception: { bypassPorts: [], bypassAddresses: [] } }));
  expect(banner(shown({ ...resolve(shop), services }, 7))).toContain(
    'the interception of catalog, nightly, orders and pricing: they ask on 127.0.0.1, and what is not declared is not refused',
  );
});

test('what runs a command of its own, and what is let through, says so', () => {
  const listen = { protocol: 'http', port: 8080 } as const;
  const architecture = resolve(
    defineArchitecture({
      name: 'shop',
      services: {
        orders: { listen, versions: { v1: { run: 'npm start' }, v2: {} }, traffic: { v1: 100 }, calls: { stripe: {}, saas: {} } },
        pulling: { run: 'npm start', consumes: ['events'] },
      },
      external: {
        stripe: { host: 'api.stripe.com', protocol: 'https' },
        saas: { host: 'saas.example', protocol: 'https' },
        events: { protocol: 'https', kind: 'queue', host: 'sqs.example' },
      },
    }),
  );
  const reached = reachedBy(architecture, ['stripe']);
  const text = banner({ ...shown(architecture, 3), gateways: [], reached });
  expect(text).toContain('all on 127.0.0.1 but stripe; ready');
  expect(text).toContain(
    [
      '  orders   v1 100 %    yours            → saas (stub), stripe (api.stripe.com)',
      '           v2 by rule  stub',
      '  pulling              worker of yours  (no calls)',
    ].join('\n'),
  );
  expect(notReproduced(architecture, reached)).toEqual([
    'security groups, task isolation, IAM, DNS, real latency, the order in which ECS stops a task',
    'the app of orders: a stub, which makes the declared calls',
    'the images of orders and pulling: programs of this machine, which can reach whatever it can',
    'saas: a stub of the twin',
  ]);
});

test('what few architectures have is listed where it is declared', () => {
  const few = parseArchitecture({
    name: 'few',
    mesh: { mtls: { permissive: { until: '2027-03-31', clients: { legacy: { from: ['10.0.0.0/8'], to: ['a'] } } } } },
    services: {
      a: { listen: { protocol: 'http', port: 8080 }, scale: { min: 1, max: 1 } },
      ...Object.fromEntries(['b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, { consumes: ['queue'] }])),
    },
    external: { queue: { protocol: 'https', kind: 'queue', host: 'sqs.example' }, tempo: { protocol: 'http', host: 'tempo' } },
    observability: { metrics: 'network', traces: { to: 'tempo' } },
  });
  const listed = notReproduced(resolve(few));
  expect(listed).toContain('the apps of a, b, c, d, e, f and 1 more: stubs, which make the declared calls');
  expect(listed).toContain('queue: no message comes to g');
  expect(listed).toContain('the addresses of legacy: each has a loopback address of its own');
  expect(listed).toContain('the network from which statistics can be read: here only this machine');
  expect(listed).toContain('who collects traces: they go nowhere');
});
