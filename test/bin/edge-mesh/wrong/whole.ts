import { another, shop, type Wrong, withOrders } from './wrong.js';

class Shop {
  readonly name = 'shop';
}
/** What CDK puts into a text for a value that it does not know yet. */
const token = `\${Token[Db.Endpoint.4]}`;
const cycle: Record<string, unknown> = {};
cycle['env'] = cycle;
const deep = (levels: number): unknown => (levels === 0 ? 0 : { a: deep(levels - 1) });

/** The architecture as a whole: what it is made of, its name, its rooms. */
export const wrongWholes: readonly Wrong[] = [
  { title: 'nothing', spec: undefined, says: ['architecture: got nothing; allowed: an object with `name` and `services`'] },
  { title: 'null', spec: null, says: ['architecture: got null; allowed: an object with `name` and `services`'] },
  { title: 'a list', spec: [], says: ['architecture: got []; allowed: an object with `name` and `services`'] },
  { title: 'a text', spec: 'shop', says: ['architecture: got "shop"; allowed: an object with `name` and `services`'] },
  { title: 'a function', spec: () => ({}), says: ['architecture: got a function; allowed: an object with `name` and `services`'] },
  {
    title: 'an instance of a class',
    spec: new Shop(),
    says: ['architecture: got an instance of Shop; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'an empty object',
    spec: {},
    says: [
      'name: is missing; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30',
      'services: is empty, and so is `gateways`; declare at least one of either',
    ],
  },
  { title: 'no services', spec: { name: 'shop' }, says: ['services: is empty, and so is `gateways`; declare at least one of either'] },
  {
    title: 'empty services and gateways',
    spec: { name: 'shop', services: {}, gateways: {} },
    says: ['services: is empty, and so is `gateways`; declare at least one of either'],
  },
  {
    title: 'a room in the singular',
    spec: { name: 'shop', service: {} },
    says: ['service: is not a known field; did you mean "services"?'],
  },
  {
    title: 'a name in capitals',
    spec: shop({ name: 'Shop' }),
    says: ['name: got "Shop"; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30'],
  },
  {
    title: 'a name of 31 characters',
    spec: shop({ name: 'a'.repeat(31) }),
    says: [
      'name: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30',
    ],
  },
  {
    title: 'a number for a name',
    spec: shop({ name: 5 }),
    says: ['name: got 5; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30'],
  },
  {
    title: 'rooms of a later version',
    spec: shop({ domains: {}, schedule: {} }),
    says: [
      'domains: is not a known field; allowed: name, mesh, policies, services, external, authorizers, gateways, observability, environments, acknowledge',
      'schedule: is not a known field; allowed: name, mesh, policies, services, external, authorizers, gateways, observability, environments, acknowledge',
    ],
  },
  { title: 'services as a list', spec: { name: 'shop', services: [] }, says: ['services: got []; allowed: a map from names to services'] },
  {
    title: 'services as a Map',
    spec: { name: 'shop', services: new Map() },
    says: ['services: got an instance of Map; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'services as a function',
    spec: { name: 'shop', services: () => ({}) },
    says: ['services: got a function; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'a service that is null',
    spec: shop({ services: { orders: null } }),
    says: ['services.orders: got null; allowed: a service: { image, listen, calls, … }'],
  },
  {
    title: 'a service that is a text',
    spec: shop({ services: { orders: 'acme/orders:7' } }),
    says: ['services.orders: got "acme/orders:7"; allowed: a service: { image, listen, calls, … }'],
  },
  {
    title: 'a service name with an underscore',
    spec: shop({ services: { orders_db: another } }),
    says: [
      'services.orders_db: "orders_db" cannot name a service; allowed: letters, digits and single hyphens, a lower-case letter first, at most 30',
    ],
  },
  {
    title: 'a service name with a dot',
    spec: shop({ services: { 'orders.v2': another } }),
    says: [
      'services["orders.v2"]: "orders.v2" cannot name a service; allowed: letters, digits and single hyphens, a lower-case letter first, at most 30',
    ],
  },
  {
    title: 'a service named like a member of every object',
    spec: shop({ services: { constructor: another } }),
    says: ['services.constructor: "constructor" cannot name a service: every object of JavaScript has it already'],
  },
  {
    title: 'a service with the name of the ingress',
    spec: shop({ services: { ingress: another } }),
    says: ['services.ingress: "ingress" cannot name a service: the mesh\'s own way in has it; choose another name'],
  },
  {
    title: '__proto__ from JSON',
    spec: JSON.parse('{ "name": "shop", "services": { "__proto__": { "image": "a" }, "orders": { "image": "a:1" } } }'),
    says: ['services.__proto__: "__proto__" cannot be a name'],
  },
  {
    title: 'names that differ by case',
    spec: shop({ services: { orders: another, orderS: another } }),
    says: ['services.orderS: has the name of services.orders, but for case, and host names know none; choose another name'],
  },
  {
    title: 'an external with the name of a service',
    spec: shop({ external: { orders: { protocol: 'https' } } }),
    says: ['external.orders: has the name of services.orders; services and externals need names of their own'],
  },
  {
    title: 'a service with the name of a version',
    spec: withOrders({ versions: { v1: {} } }, { 'orders-v1': another }),
    says: ['services.orders.versions.v1: becomes orders-v1, which services.orders-v1 is already; choose another name'],
  },
  {
    title: 'a text that is a CDK token',
    spec: withOrders({ image: `acme/orders:${token}` }),
    says: ['services.orders.image: is a CDK token, known only at deploy; leave it out here and give the value in `bind` of the construct'],
  },
  {
    title: 'a number that is a CDK token',
    spec: withOrders({ listen: { protocol: 'http', port: -1.8881545897087626e289 } }),
    says: [
      'services.orders.listen.port: is a CDK token, known only at deploy; write its value out; `bind` of the construct takes hosts, images and environment variables, and nothing else',
    ],
  },
  {
    title: 'a list that is a CDK token',
    spec: withOrders({ command: ['#{Token[TOKEN.3]}'] }),
    says: [
      'services.orders.command: is a CDK token, known only at deploy; write its value out; `bind` of the construct takes hosts, images and environment variables, and nothing else',
    ],
  },
  {
    title: 'a variable that is a CDK token',
    spec: withOrders({ env: { TABLE: token } }),
    says: [
      'services.orders.env.TABLE: is a CDK token, known only at deploy; leave it out here and give the value in `bind` of the construct',
    ],
  },
  {
    title: 'a host that is a CDK token',
    spec: shop({ external: { db: { protocol: 'tcp', port: 5432, host: token } } }),
    says: ['external.db.host: is a CDK token, known only at deploy; leave it out here and give the value in `bind` of the construct'],
  },
  {
    title: 'a name that is a CDK token',
    spec: withOrders({ env: { [token]: 'x' } }),
    says: ['services.orders.env: has a CDK token as a name, known only at deploy; write the name itself'],
  },
  {
    title: 'a function for a value',
    spec: withOrders({ image: () => 'acme/orders:7' }),
    says: ['services.orders.image: got a function; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'a symbol and a bigint',
    spec: withOrders({ image: Symbol('x'), listen: { protocol: 'http', port: 80n } }),
    says: [
      'services.orders.image: got a symbol; allowed: plain data, such as JSON holds',
      'services.orders.listen.port: got a bigint; allowed: plain data, such as JSON holds',
    ],
  },
  {
    title: 'an instance for a value',
    spec: withOrders({ owner: new Date(0), scale: new Shop() }),
    says: [
      'services.orders.owner: got an instance of Date; allowed: plain data, such as JSON holds',
      'services.orders.scale: got an instance of Shop; allowed: plain data, such as JSON holds',
    ],
  },
  {
    title: 'a cycle',
    spec: withOrders(cycle),
    says: ['services.orders.env.env: contains itself; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'a hole in a list',
    // biome-ignore lint/suspicious/noSparseArray: that is what is wrong with it
    spec: withOrders({ command: ['node', , 'app.js'] }),
    says: ['services.orders.command[1]: is a hole in the list; allowed: a value in each place'],
  },
  {
    title: 'a tree without an end',
    spec: shop({ acknowledge: deep(200) }),
    says: [
      'acknowledge.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a: is nested deeper than 100',
    ],
  },
  {
    title: 'egress that is not built',
    spec: shop({ mesh: { egress: 'enforced' } }),
    says: ['mesh.egress: got "enforced"; allowed: "declared"'],
  },
  {
    title: 'a trust domain in capitals',
    spec: shop({ mesh: { trustDomain: 'Shop.local' } }),
    says: ['mesh.trustDomain: got "Shop.local"; allowed: a lower-case DNS name, such as "shop.example.com"'],
  },
  {
    title: 'defaults of somebody else',
    spec: shop({ mesh: { compatibility: 'istio' } }),
    says: ['mesh.compatibility: got "istio"; allowed: "app-mesh"'],
  },
  {
    title: 'a text for the mesh',
    spec: shop({ mesh: 'strict' }),
    says: ['mesh: got "strict"; allowed: { mtls?, compatibility?, egress?, trustDomain?, rateLimitService?, defaults? }'],
  },
  {
    title: 'mesh defaults that are no policy',
    spec: shop({ mesh: { tracing: true, defaults: { timeout: 'soon', retry: 1 } } }),
    says: [
      'mesh.defaults.retry: is not a known field; allowed: timeout, idle, retries',
      'mesh.defaults.timeout: got "soon"; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
      'mesh.tracing: is not a known field; allowed: mtls, compatibility, egress, trustDomain, rateLimitService, defaults',
    ],
  },
  {
    title: 'policies as a text',
    spec: shop({ policies: 'quick' }),
    says: ['policies: got "quick"; allowed: a map from names to policies'],
  },
  {
    title: 'a policy that is null',
    spec: shop({ policies: { quick: null } }),
    says: ['policies.quick: got null; allowed: { timeout?, idle?, retries? }'],
  },
  {
    title: 'an external without a protocol',
    spec: shop({ external: { stripe: {} } }),
    says: ['external.stripe.protocol: is missing; allowed: one of http, https, tcp, tls'],
  },
  {
    title: 'an external over tcp without a port',
    spec: shop({ external: { db: { protocol: 'tcp' } } }),
    says: ['external.db.port: is missing; tcp has no port of its own'],
  },
  {
    title: 'a URL for a host',
    spec: shop({ external: { stripe: { protocol: 'https', host: 'https://api.stripe.com' } } }),
    says: ['external.stripe.host: got "https://api.stripe.com"; allowed: a host name, without scheme or port'],
  },
  {
    title: 'a kind with a typo',
    spec: shop({ external: { stripe: { protocol: 'https', kind: 'sass' } } }),
    says: ['external.stripe.kind: got "sass"; allowed: one of database, cache, queue, saas, aws, monolith; did you mean "saas"?'],
  },
  {
    title: 'a protocol that is none',
    spec: shop({ external: { stripe: { protocol: 'grpc' } } }),
    says: ['external.stripe.protocol: got "grpc"; allowed: one of http, https, tcp, tls'],
  },
  {
    title: 'an external in capitals',
    spec: shop({ external: { Stripe: { protocol: 'https' } } }),
    says: [
      'external.Stripe: "Stripe" cannot name an external; allowed: letters, digits and single hyphens, a lower-case letter first, at most 30',
    ],
  },
  {
    title: 'an acknowledgement without a reason',
    spec: shop({
      acknowledge: { 'calls-are-acyclic': ' too short ', 'mtls-is-strict': 'ten letter', 'services-are-reached': true },
      external: { bank: { protocol: 'https', host: 'bank.example', acknowledge: { 'services-are-reached': 'no' } } },
    }),
    says: [
      'acknowledge.calls-are-acyclic: got " too short "; allowed: a reason that a reviewer can judge, of 10 characters or more',
      'acknowledge.services-are-reached: got true; allowed: a reason that a reviewer can judge, of 10 characters or more',
      'external.bank.acknowledge.services-are-reached: got "no"; allowed: a reason that a reviewer can judge, of 10 characters or more',
    ],
  },
  {
    title: 'acknowledgements as a list',
    spec: shop({ acknowledge: ['calls-are-acyclic'] }),
    says: ['acknowledge: got ["calls-are-acyclic"]; allowed: reasons by check, such as { "calls-are-acyclic": "ends at the third hop" }'],
  },
];
