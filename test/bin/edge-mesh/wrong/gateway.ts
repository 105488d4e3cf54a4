import { another, shop, type Wrong, withGateway, withRoute } from './wrong.js';

const authorizer = (members: object): object =>
  shop({ authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['shop'], ...members } } });
const open = (access: unknown): object => ({ services: { orders: { ...another, access } } });

const gateway = { kind: 'http', auth: 'public', routes: { 'GET /': { to: 'orders' } } };

/** Gateways, their routes and who may use them. */
export const wrongGateways: readonly Wrong[] = [
  {
    title: 'authorizers as a list',
    spec: shop({ authorizers: ['customers'] }),
    says: ['authorizers: got ["customers"]; allowed: a map from names to authorizers'],
  },
  {
    title: 'a kind of authorizer that is not built',
    spec: authorizer({ kind: 'cognito' }),
    says: ['authorizers.customers.kind: got "cognito"; allowed: "jwt"'],
  },
  {
    title: 'an issuer without TLS',
    spec: authorizer({ issuer: 'http://login.example/' }),
    says: ['authorizers.customers.issuer: got "http://login.example/"; allowed: an https URL, without ? and #'],
  },
  {
    title: 'a text for audiences',
    spec: authorizer({ audience: 'shop' }),
    says: ['authorizers.customers.audience: got "shop"; allowed: a list of audiences, such as ["shop"]'],
  },
  {
    title: 'no audience',
    spec: authorizer({ audience: [] }),
    says: ['authorizers.customers.audience: got []; allowed: at least one audience'],
  },
  {
    title: 'an authorizer named public',
    spec: shop({ authorizers: { public: { kind: 'jwt', issuer: 'https://login.example/', audience: ['shop'] } } }),
    says: ['authorizers.public: "public" means no authorizer; choose another name'],
  },
  { title: 'gateways as a text', spec: shop({ gateways: 'web' }), says: ['gateways: got "web"; allowed: a map from names to gateways'] },
  {
    title: 'a gateway that is null',
    spec: shop({ gateways: { web: null } }),
    says: ['gateways.web: got null; allowed: a gateway: { kind, auth, routes, … }'],
  },
  {
    title: 'an empty gateway',
    spec: shop({ gateways: { web: {} } }),
    says: [
      'gateways.web.kind: is missing; allowed: "rest" or "http"',
      'gateways.web.routes: is missing; allowed: at least one route, such as { "GET /orders/{id}": { to: "orders" } }',
    ],
  },
  {
    title: 'a gateway in capitals',
    spec: shop({ gateways: { Web: { kind: 'http', auth: 'public', routes: { 'GET /': { to: 'orders' } } } } }),
    says: ['gateways.Web: "Web" cannot name a gateway; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30'],
  },
  {
    title: 'two gateways with one port',
    spec: shop({ gateways: { feed: gateway, 'ads-store': gateway } }),
    says: ['gateways.ads-store: takes port 19493 of the ingress, as gateways.feed does; choose another name'],
  },
  {
    title: 'a kind that is not built',
    spec: withGateway({ kind: 'websocket' }),
    says: ['gateways.web.kind: got "websocket"; allowed: "rest" or "http"'],
  },
  {
    title: 'plans of a later version',
    spec: withGateway({ plans: { free: {} } }),
    says: ['gateways.web.plans: is not a known field; allowed: kind, throttle, allow, deny, auth, routes, acknowledge'],
  },
  {
    title: 'an authorizer with a typo',
    spec: withGateway({ auth: 'costumers' }),
    says: ['gateways.web.auth: "costumers" is not an authorizer or "public"; did you mean "customers"?'],
  },
  {
    title: 'no authorizer by a word of other tools',
    spec: withGateway({ auth: 'none' }),
    says: ['gateways.web.auth: "none" is not an authorizer or "public"; allowed: customers, public'],
  },
  {
    title: 'false for auth',
    spec: withGateway({ auth: false }),
    says: ['gateways.web.auth: got false; allowed: an authorizer, "public" or { use, scopes? }'],
  },
  {
    title: 'a throttle of nothing',
    spec: withGateway({ throttle: { rate: 0, burst: 0 } }),
    says: [
      'gateways.web.throttle.burst: got 0; allowed: a whole number from 1 to 5000',
      'gateways.web.throttle.rate: got 0; allowed: requests a second, from 0.001 to 10000',
    ],
  },
  {
    title: 'a throttle above the limit of AWS',
    spec: withGateway({ throttle: { rate: 20_000, burst: 6_000 } }),
    says: [
      'gateways.web.throttle.burst: got 6000; allowed: a whole number from 1 to 5000',
      'gateways.web.throttle.rate: got 20000; allowed: requests a second, from 0.001 to 10000',
    ],
  },
  {
    title: 'a number for a throttle',
    spec: withGateway({ throttle: 5 }),
    says: ['gateways.web.throttle: got 5; allowed: { rate, burst }'],
  },
  {
    title: 'no routes',
    spec: withGateway({ routes: {} }),
    says: ['gateways.web.routes: got {}; allowed: at least one route, such as { "GET /orders/{id}": { to: "orders" } }'],
  },
  {
    title: 'routes as a list',
    spec: withGateway({ routes: ['GET /orders'] }),
    says: ['gateways.web.routes: got ["GET /orders"]; allowed: at least one route, such as { "GET /orders/{id}": { to: "orders" } }'],
  },
  {
    title: 'a method that is none',
    spec: withRoute('FETCH /orders', { to: 'orders' }),
    says: [
      'gateways.web.routes["FETCH /orders"]: got "FETCH /orders"; "FETCH" is not a method; allowed: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY',
    ],
  },
  {
    title: 'a method in small letters',
    spec: withRoute('get /orders', { to: 'orders' }),
    says: ['gateways.web.routes["get /orders"]: got "get /orders"; "get" is not a method; did you mean "GET"?'],
  },
  {
    title: 'a route without a method',
    spec: withRoute('/orders', { to: 'orders' }),
    says: ['gateways.web.routes["/orders"]: got "/orders"; a route is "METHOD /path", such as "GET /orders/{id}"'],
  },
  {
    title: 'the default route of HTTP APIs',
    spec: withRoute('$default', { to: 'orders' }),
    says: ['gateways.web.routes["$default"]: got "$default"; a route is "METHOD /path", such as "GET /orders/{id}"'],
  },
  {
    title: 'a path without a slash',
    spec: withRoute('GET orders', { to: 'orders' }),
    says: ['gateways.web.routes["GET orders"]: got "GET orders"; a path starts with "/"'],
  },
  {
    title: 'a star for the rest',
    spec: withRoute('GET /static/*', { to: 'orders' }),
    says: ['gateways.web.routes["GET /static/*"]: got "GET /static/*"; a path writes {rest+} for all further segments, not *'],
  },
  {
    title: 'a target with a typo',
    spec: withRoute('GET /orders', { to: 'order' }),
    says: ['gateways.web.routes["GET /orders"].to: "order" is not a service or external; did you mean "orders"?'],
  },
  {
    title: 'a worker as a target',
    spec: withRoute('GET /orders', { to: 'nightly' }, { services: { nightly: { image: 'acme/nightly:3' } } }),
    says: [
      'gateways.web.routes["GET /orders"].to: nightly has no `listen`, so nothing can ask it; add `listen` to it, or choose another target',
    ],
  },
  {
    title: 'a database as a target',
    spec: withRoute('GET /orders', { to: 'db' }, { external: { db: { protocol: 'tcp', port: 5432 } } }),
    says: ['gateways.web.routes["GET /orders"].to: db speaks no HTTP; a gateway asks services and externals that do'],
  },
  {
    title: 'neither a target nor an answer',
    spec: withRoute('GET /orders', {}),
    says: ['gateways.web.routes["GET /orders"]: has neither `to` nor `respond`; allowed: exactly one'],
  },
  {
    title: 'a target and an answer',
    spec: withRoute('GET /orders', { to: 'orders', respond: { status: 200 } }),
    says: ['gateways.web.routes["GET /orders"]: has both `to` and `respond`; allowed: exactly one'],
  },
  {
    title: 'a route that is null',
    spec: withRoute('GET /orders', null),
    says: [
      'gateways.web.routes["GET /orders"]: got null; allowed: { to, path?, auth?, throttle?, timeout?, grpcWeb?, rpc? } or { respond, auth? }',
    ],
  },
  {
    title: 'a text for a route',
    spec: withRoute('GET /orders', 'orders'),
    says: [
      'gateways.web.routes["GET /orders"]: got "orders"; allowed: { to, path?, auth?, throttle?, timeout?, grpcWeb?, rpc? } or { respond, auth? }',
    ],
  },
  {
    title: 'fields of a later version',
    spec: withRoute('GET /orders', { to: 'orders', cache: '30s', body: {} }),
    says: [
      'gateways.web.routes["GET /orders"].body: is not a known field; allowed: path, throttle, timeout, grpcWeb, rpc, respond, to, auth, acknowledge',
      'gateways.web.routes["GET /orders"].cache: is not a known field; allowed: path, throttle, timeout, grpcWeb, rpc, respond, to, auth, acknowledge',
    ],
  },
  {
    title: 'a composition',
    spec: withRoute('GET /account', { compose: { orders: 'orders /mine' } }),
    says: [
      'gateways.web.routes["GET /account"].compose: is not a known field; allowed: path, throttle, timeout, grpcWeb, rpc, respond, to, auth, acknowledge',
    ],
  },
  {
    title: 'two routes for the same requests',
    spec: withGateway({ routes: { 'GET /orders/{id}': { to: 'orders' }, 'GET /orders/{key}': { to: 'pricing' } } }),
    says: ['gateways.web.routes["GET /orders/{key}"]: takes the same requests as "GET /orders/{id}"; keep one of them'],
  },
  {
    title: 'a path with a parameter that the route lacks',
    spec: withRoute('GET /orders/{id}', { to: 'orders', path: '/{key}' }),
    says: ['gateways.web.routes["GET /orders/{id}"].path: got "/{key}"; {key} is no parameter of the route; allowed: {id}'],
  },
  {
    title: 'a path with a parameter where the route has none',
    spec: withRoute('GET /orders', { to: 'orders', path: '/{id}' }),
    says: ['gateways.web.routes["GET /orders"].path: got "/{id}"; {id} is no parameter of the route; the route has none'],
  },
  {
    title: 'an answer that is no status',
    spec: withRoute('GET /status', { respond: { status: 99 } }),
    says: ['gateways.web.routes["GET /status"].respond.status: got 99; allowed: a whole number from 200 to 599'],
  },
  {
    title: 'a path and a timeout beside an answer',
    spec: withRoute('GET /status', { respond: { status: 200 }, path: '/x', timeout: '1s' }),
    says: [
      'gateways.web.routes["GET /status"].path: means nothing beside `respond`, which asks no service; remove it',
      'gateways.web.routes["GET /status"].timeout: means nothing beside `respond`, which asks no service; remove it',
    ],
  },
  {
    title: 'an answer that is no JSON',
    spec: withRoute('GET /status', { respond: { status: 200, json: () => 1 } }),
    says: ['gateways.web.routes["GET /status"].respond.json: got a function; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'no scopes in a list of them',
    spec: withRoute('GET /orders', { to: 'orders', auth: { use: 'customers', scopes: [] } }),
    says: ['gateways.web.routes["GET /orders"].auth.scopes: got []; allowed: 1 to 10 scopes, such as ["orders:write"]'],
  },
  {
    title: 'two scopes in one',
    spec: withRoute('GET /orders', { to: 'orders', auth: { use: 'customers', scopes: ['orders:write admin'] } }),
    says: ['gateways.web.routes["GET /orders"].auth.scopes: got ["orders:write admin"]; allowed: 1 to 10 scopes, such as ["orders:write"]'],
  },
  {
    title: 'scopes in the singular, and no authorizer',
    spec: withRoute('GET /orders', { to: 'orders', auth: { scope: 'x' } }),
    says: [
      'gateways.web.routes["GET /orders"].auth.scope: is not a known field; did you mean "scopes"?',
      'gateways.web.routes["GET /orders"].auth.use: is missing; allowed: the name of an authorizer',
    ],
  },
  {
    title: 'a public route with scopes',
    spec: withRoute('GET /orders', { to: 'orders', auth: { use: 'public', scopes: ['x'] } }),
    says: ['gateways.web.routes["GET /orders"].auth.use: "public" stands alone, as auth: "public"; a token has nothing to say there'],
  },
  {
    title: 'a number for a timeout',
    spec: withRoute('GET /orders', { to: 'orders', timeout: 5 }),
    says: [
      'gateways.web.routes["GET /orders"].timeout: got 5; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'access that leaves out a route',
    spec: withGateway({}, open({ gateways: ['POST /orders'] })),
    says: ['services.orders.access.gateways: leaves out "GET /orders" of gateway web; list it here, or remove the route'],
  },
  {
    title: 'access by `allow` that leaves out a route',
    spec: withGateway({}, open({ gateways: { allow: ['POST /orders'] } })),
    says: ['services.orders.access.gateways: leaves out "GET /orders" of gateway web; list it here, or remove the route'],
  },
  {
    title: 'access that leaves out two routes, one rewritten',
    spec: withGateway({ routes: { 'GET /orders': { to: 'orders' }, 'GET /old/{id}': { to: 'orders', path: '/orders/{id}' } } }, open({})),
    says: [
      'services.orders.access.gateways: leaves out "GET /orders" of gateway web, and "GET /old/{id}" of gateway web, which asks for "GET /orders/{id}"; list it here, or remove the route',
    ],
  },
];
