import { type Wrong, withMatch, withOrders } from './wrong.js';

/** Routes of a service, and what they match. */
export const wrongRoutes: readonly Wrong[] = [
  {
    title: 'routes as a map',
    spec: withOrders({ routes: {} }),
    says: ['services.orders.routes: got {}; allowed: a list of routes, first match wins'],
  },
  {
    title: 'a route that is null',
    spec: withOrders({ routes: [null] }),
    says: [
      'services.orders.routes[0]: got null; allowed: { match?, to?, mirror?, rewrite?, redirect?, respond?, headers?, timeout?, idle?, retries?, idempotent?, rateLimit?, globalRateLimit?, stream?, upgrade?, faults? }',
    ],
  },
  {
    title: 'a route to a version that is not there',
    spec: withOrders({ versions: { v1: {} }, routes: [{ to: 'v2' }, { to: 3 }] }),
    says: [
      'services.orders.routes[0].to: "v2" is not a version; allowed: v1',
      'services.orders.routes[1].to: got 3; allowed: a version, or weights by version, such as { v1: 100 }',
    ],
  },
  {
    title: 'a route to a version where there is none',
    spec: withOrders({ routes: [{ to: 'v2' }] }),
    says: ['services.orders.routes[0].to: "v2" is not a version; none is declared'],
  },
  {
    title: 'a route field with a typo',
    spec: withOrders({ routes: [{ mach: {} }] }),
    says: ['services.orders.routes[0].mach: is not a known field; did you mean "match"?'],
  },
  {
    title: 'a text for a match',
    spec: withMatch('/orders'),
    says: ['services.orders.routes[0].match: got "/orders"; allowed: { path?, method?, headers?, query?, rpc?, from? }'],
  },
  {
    title: 'a path without a slash',
    spec: withMatch({ path: 'orders' }),
    says: ['services.orders.routes[0].match.path: got "orders"; a path starts with "/"'],
  },
  {
    title: 'an empty segment',
    spec: withMatch({ path: '/orders//items' }),
    says: ['services.orders.routes[0].match.path: got "/orders//items"; a path has no empty segment'],
  },
  {
    title: 'a slash at the end',
    spec: withMatch({ path: '/orders/' }),
    says: ['services.orders.routes[0].match.path: got "/orders/"; a path has no slash at its end'],
  },
  {
    title: 'a way up',
    spec: withMatch({ path: '/orders/../admin' }),
    says: ['services.orders.routes[0].match.path: got "/orders/../admin"; a path has no segment ..'],
  },
  {
    title: 'an escaped slash',
    spec: withMatch({ path: '/orders%2fitems' }),
    says: [
      'services.orders.routes[0].match.path: got "/orders%2fitems"; a path has segments of letters, digits and ._~!$&\'()*+,;=:@-, or {parameter}, or {rest+}; not "orders%2fitems"',
    ],
  },
  {
    title: 'segments after the rest',
    spec: withMatch({ path: '/{rest+}/items' }),
    says: ['services.orders.routes[0].match.path: got "/{rest+}/items"; a path has {rest+} as its last segment only'],
  },
  {
    title: 'one parameter twice',
    spec: withMatch({ path: '/{id}/{id}' }),
    says: ['services.orders.routes[0].match.path: got "/{id}/{id}"; a path names {id} once'],
  },
  {
    title: 'a parameter as other routers write it',
    spec: withMatch({ path: '/orders/:id' }),
    says: ['services.orders.routes[0].match.path: got "/orders/:id"; a path writes {id} for a parameter, not :id'],
  },
  {
    title: 'a star',
    spec: withMatch({ path: '/orders/*' }),
    says: ['services.orders.routes[0].match.path: got "/orders/*"; a path writes {rest+} for all further segments, not *'],
  },
  {
    title: 'a path by prefix',
    spec: withMatch({ path: { prefix: '/orders' } }),
    says: [
      'services.orders.routes[0].match.path: got {"prefix":"/orders"}; allowed: a path, such as "/orders/{id}", or one of { bytes }, { regex }',
    ],
  },
  {
    title: 'a method in small letters',
    spec: withMatch({ method: 'get' }),
    says: [
      'services.orders.routes[0].match.method: got "get"; allowed: one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, or a list of them',
    ],
  },
  {
    title: 'a method that is none, in a list',
    spec: withMatch({ method: ['GET', 'FETCH'] }),
    says: ['services.orders.routes[0].match.method[1]: got "FETCH"; allowed: one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
  },
  {
    title: 'no method',
    spec: withMatch({ method: [] }),
    says: ['services.orders.routes[0].match.method: got []; allowed: at least one method'],
  },
  {
    title: 'a match on what is not built',
    spec: withMatch({ cookies: { beta: '1' }, body: {} }),
    says: [
      'services.orders.routes[0].match.body: is not a known field; allowed: path, method, headers, query, rpc, from',
      'services.orders.routes[0].match.cookies: is not a known field; allowed: path, method, headers, query, rpc, from',
    ],
  },
  {
    title: 'a header with an underscore',
    spec: withMatch({ headers: { x_user: 'jason' } }),
    says: [
      'services.orders.routes[0].match.headers.x_user: "x_user" cannot name a header here; allowed: letters, digits and hyphens; sidecars refuse a request with an underscore there, which some apps read as a hyphen',
    ],
  },
  {
    title: 'a number for a header',
    spec: withMatch({ headers: { 'x-user': 5 } }),
    says: [
      'services.orders.routes[0].match.headers.x-user: got 5; allowed: a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }, { not }',
    ],
  },
  {
    title: 'a header match that is none',
    spec: withMatch({ headers: { 'x-user': { contains: 'ja' } } }),
    says: [
      'services.orders.routes[0].match.headers.x-user: got {"contains":"ja"}; allowed: a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }, { not }',
    ],
  },
  {
    title: 'two header matches at once',
    spec: withMatch({ headers: { 'x-user': { prefix: 'ja', suffix: 'on' } } }),
    says: [
      'services.orders.routes[0].match.headers.x-user: got {"prefix":"ja","suffix":"on"}; allowed: a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }, { not }',
    ],
  },
  {
    title: 'a header match with a number',
    spec: withMatch({ headers: { 'x-user': { prefix: 5 } } }),
    says: ['services.orders.routes[0].match.headers.x-user.prefix: got 5; allowed: a text'],
  },
  {
    title: 'a regular expression that is none',
    spec: withMatch({ headers: { 'x-user': { regex: '(' } } }),
    says: [
      'services.orders.routes[0].match.headers.x-user.regex: got "("; allowed: a regular expression of RE2: no look-around, no back-references',
    ],
  },
  {
    title: 'a look-ahead',
    spec: withMatch({ headers: { 'x-user': { regex: '(?=ja)son' } } }),
    says: [
      'services.orders.routes[0].match.headers.x-user.regex: got "(?=ja)son"; allowed: a regular expression of RE2: no look-around, no back-references',
    ],
  },
  {
    title: 'a back-reference',
    spec: withMatch({ headers: { 'x-user': { regex: '(ja)\\1' } } }),
    says: [
      'services.orders.routes[0].match.headers.x-user.regex: got "(ja)\\\\1"; allowed: a regular expression of RE2: no look-around, no back-references',
    ],
  },
  {
    title: 'headers as a list',
    spec: withMatch({ headers: ['x-user'] }),
    says: ['services.orders.routes[0].match.headers: got ["x-user"]; allowed: names and values, such as { "x-canary": { present: true } }'],
  },
];
