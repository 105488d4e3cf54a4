import { retriesAreIdempotent } from '../../lib/checks/retries-are-idempotent.js';
import { architecture, found, gateway, service } from './build.js';

const retries = { max: 1, on: ['unavailable'] };
const call = (own: object, callee: object = {}) => architecture({ orders: service({ calls: { stock: own } }), stock: service(callee) });
const fix = "say `idempotent: true` if every such request may be repeated; else retry on: ['unprocessed'], or match methods that may be";

test('a call that retries answers of an app, with any method, is found', () => {
  expect(found(retriesAreIdempotent, call({ retries }))).toEqual([
    {
      at: 'services.orders.calls.stock.retries',
      is: 'orders → stock retries on unavailable, and any method, so also POST and PATCH, comes this way',
      fix,
    },
  ]);
});

test('a rule of the callee is found once, at the rule, however many call it', () => {
  const subject = architecture({
    a: service({ calls: { stock: {} } }),
    b: service({ calls: { stock: {} } }),
    stock: service({ routes: [{ match: { method: ['GET', 'POST'] }, retries }] }),
  });
  expect(found(retriesAreIdempotent, subject)).toEqual([
    {
      at: 'services.stock.routes[0].retries',
      is: 'a → stock retries on unavailable, and POST comes this way\nthe same for 1 more of its callers',
      fix,
    },
  ]);
});

test('a shared policy is found at each call, where it can be overridden', () => {
  const subject = architecture(
    { orders: service({ calls: { stock: { use: 'eager' } } }), stock: service() },
    { policies: { eager: { retries } } },
  );
  expect(found(retriesAreIdempotent, subject)).toEqual([
    {
      at: 'services.orders.calls.stock.retries',
      is: 'orders → stock retries on unavailable (from policies.eager.retries), and any method, so also POST and PATCH, comes this way',
      fix,
    },
  ]);
});

test('a gateway route is found by its own method alone', () => {
  const subject = architecture(
    { stock: service({ routes: [{ retries }] }) },
    gateway({ 'GET /stock': { to: 'stock' }, 'POST /stock': { to: 'stock' } }),
  );
  expect(found(retriesAreIdempotent, subject).map(({ is }) => is)).toEqual([
    'POST /stock → stock retries on unavailable, and POST comes this way',
  ]);
});

test('whoever says that every request may be repeated is believed, on a call and on a rule', () => {
  expect(found(retriesAreIdempotent, call({ retries, idempotent: true }))).toEqual([]);
  expect(found(retriesAreIdempotent, call({}, { routes: [{ idempotent: true, retries }] }))).toEqual([]);
});

test('a rule for GET alone holds', () =>
  expect(found(retriesAreIdempotent, call({}, { routes: [{ match: { method: 'GET' }, retries }] }))).toEqual([]));

test('a caller that may only GET cannot repeat a POST', () => {
  expect(found(retriesAreIdempotent, call({ retries }, { access: { orders: ['GET /stock/{sku}'] } }))).toEqual([]);
});

test('the default, which repeats only what never reached the app, is none of its business', () =>
  expect(found(retriesAreIdempotent, call({}))).toEqual([]));
test('nor is a call without retries', () => expect(found(retriesAreIdempotent, call({ retries: false }))).toEqual([]));

test("App Mesh's own retries are found as any other, with where they come from", () => {
  const services = { orders: service({ calls: { stock: {} } }), stock: service() };
  expect(found(retriesAreIdempotent, architecture(services, { mesh: { compatibility: 'app-mesh' } }))).toEqual([
    {
      at: 'services.orders.calls.stock.retries',
      is: 'orders → stock retries on reset, unavailable (from mesh.compatibility), and any method, so also POST and PATCH, comes this way',
      fix,
    },
  ]);
});

test('a gateway route, which has no retries of its own, is found at the rule that it meets, else as a whole', () => {
  const mesh = { defaults: { retries } };
  const routes = gateway({ 'POST /stock': { to: 'stock' }, 'POST /legacy': { to: 'monolith' } });
  const external = { monolith: { protocol: 'http', host: 'legacy.internal' } } as const;
  const is = (to: string) =>
    `POST /${to === 'stock' ? to : 'legacy'} → ${to} retries on unavailable (from mesh.defaults.retries), and POST comes this way`;
  const legacy = { at: 'gateways.web.routes["POST /legacy"]', is: is('monolith'), fix: "retry on: ['unprocessed'] in mesh.defaults" };
  expect(found(retriesAreIdempotent, architecture({ stock: service() }, { ...routes, external, mesh }))).toEqual([
    legacy,
    {
      at: 'gateways.web.routes["POST /stock"]',
      is: is('stock'),
      fix: "give stock a route for it that says `idempotent: true`, if every such request may be repeated; else one that retries on: ['unprocessed']",
    },
  ]);
  const ruled = service({ routes: [{ timeout: '1s' }] });
  expect(found(retriesAreIdempotent, architecture({ stock: ruled }, { ...routes, external, mesh }))).toEqual([
    legacy,
    { at: 'services.stock.routes[0].retries', is: is('stock'), fix },
  ]);
});

test('a further port is named as it is called', () => {
  const stock = service({ ports: { metrics: { protocol: 'http', port: 9102 } } });
  const subject = architecture({ orders: service({ calls: { 'stock:metrics': { retries } } }), stock });
  expect(found(retriesAreIdempotent, subject).map(({ is }) => is)).toEqual([
    'orders → stock:metrics retries on unavailable, and any method, so also POST and PATCH, comes this way',
  ]);
});
