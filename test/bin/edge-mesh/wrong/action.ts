import { type Wrong, withOrders } from './wrong.js';

const at = 'services.orders.routes[0]';
const withRule = (route: object): object => withOrders({ versions: { v1: {}, v2: {} }, traffic: { v1: 100 }, routes: [route] });

const tenParameters = '/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}';

/** What a rule does besides sending requests on. */
export const wrongActions: readonly Wrong[] = [
  {
    title: 'copies to a version that is not there',
    spec: withRule({ mirror: 'v3' }),
    says: [`${at}.mirror: "v3" is not a version; allowed: v1, v2`],
  },
  {
    title: 'copies to nobody, of more than all',
    spec: withRule({ mirror: { percent: 101, two: 'v2' } }),
    says: [
      `${at}.mirror.percent: got 101; allowed: a percentage above 0, at most 100`,
      `${at}.mirror.to: is missing; allowed: a version`,
      `${at}.mirror.two: is not a known field; did you mean "to"?`,
    ],
  },
  {
    title: 'copies to who takes the requests already',
    spec: withRule({ to: 'v2', mirror: { to: 'v2' } }),
    says: [`${at}.mirror.to: v2 takes the requests already; a copy goes to another version`],
  },
  {
    title: 'a list of mirrors',
    spec: withRule({ mirror: ['v1', 'v2'] }),
    says: [`${at}.mirror: got ["v1","v2"]; allowed: a version, or { to, percent? }`],
  },
  {
    title: 'a rewrite of nothing',
    spec: withRule({ rewrite: {} }),
    says: [`${at}.rewrite: says neither \`path\` nor \`host\`; allowed: at least one of them`],
  },
  {
    title: 'a rewrite with a parameter that the match does not have',
    spec: withRule({ match: { path: '/a/{id}' }, rewrite: { path: '/b/{sku}' } }),
    says: [`${at}.rewrite.path: got "/b/{sku}"; {sku} is no parameter of the match's path; allowed: {id}`],
  },
  {
    title: 'a rewrite with a parameter where the match is no pattern, and with a port for a host',
    spec: withRule({ match: { path: { bytes: '/a' } }, rewrite: { path: '/b/{id}', host: 'b:80' } }),
    says: [
      `${at}.rewrite.host: got "b:80"; allowed: a host name, without scheme or port`,
      `${at}.rewrite.path: got "/b/{id}"; {id} is no parameter of the match's path; it has none`,
    ],
  },
  {
    title: 'a rewrite with more parameters than can be put back',
    spec: withRule({ match: { path: tenParameters }, rewrite: { path: tenParameters } }),
    says: [`${at}.rewrite.path: got "${tenParameters}"; allowed: at most 9 parameters`],
  },
  {
    title: 'a limit beside a rewrite',
    spec: withRule({ match: { path: '/a' }, rewrite: { path: '/b' }, rateLimit: { rate: 1, burst: 1 } }),
    says: [
      `${at}.rateLimit: means nothing beside \`rewrite.path\`: an instance counts what it sees; put it on a rule that matches the rewritten path`,
    ],
  },
  {
    title: 'a redirect to nowhere, with an answer',
    spec: withRule({ redirect: { status: 300 }, respond: { status: 200 } }),
    says: [
      `${at}: has both \`redirect\` and \`respond\`; allowed: one of them`,
      `${at}.redirect: says neither \`host\` nor \`path\`; allowed: at least one of them`,
      `${at}.redirect.status: got 300; allowed: 301, 302, 303, 307 or 308`,
    ],
  },
  {
    title: 'an answer with what only a service could use',
    spec: withRule({
      respond: { status: 200 },
      to: 'v1',
      mirror: 'v2',
      timeout: '1s',
      retries: false,
      headers: { request: { set: { a: 'b' } }, response: { set: { a: 'b' } } },
    }),
    says: ['headers.request', 'mirror', 'retries', 'timeout', 'to'].map(
      (field) => `${at}.${field}: means nothing beside \`respond\`, which asks no service; remove it`,
    ),
  },
  {
    title: 'an answer that is too long',
    spec: withRule({ respond: { status: 200, body: 'é'.repeat(2_049) } }),
    says: [`${at}.respond.body: has 4098 bytes; allowed: at most 4096, which every sidecar holds in its configuration`],
  },
  {
    title: "headers that are not a rule's to change",
    spec: withRule({
      headers: {
        request: { set: { 'x-edge-principal': 'boss', Host: 'a', x_a: 'b' }, remove: ['X-Envoy-Max-Retries', 'x-mesh-overdue', ':path'] },
        response: { set: { 'Content-Length': '1' }, remove: ['x-forwarded-client-cert'] },
      },
    }),
    says: [
      `${at}.headers.request.remove[0]: X-Envoy-Max-Retries is what the mesh speaks by, and not a rule's to change; allowed: any other header`,
      `${at}.headers.request.remove[1]: x-mesh-overdue is what the mesh speaks by, and not a rule's to change; allowed: any other header`,
      `${at}.headers.request.remove[2]: ":path" cannot name a header here; allowed: letters, digits and hyphens`,
      `${at}.headers.request.set.Host: Host belongs to the connection (\`rewrite.host\` changes it); allowed: any other header`,
      `${at}.headers.request.set.x-edge-principal: x-edge-principal is what the mesh speaks by, and not a rule's to change; allowed: any other header`,
      `${at}.headers.request.set.x_a: "x_a" cannot name a header here; allowed: letters, digits and hyphens; sidecars refuse a request with an underscore there, which some apps read as a hyphen`,
      `${at}.headers.response.remove[0]: x-forwarded-client-cert is what the mesh speaks by, and not a rule's to change; allowed: any other header`,
      `${at}.headers.response.set.Content-Length: Content-Length belongs to the connection; allowed: any other header`,
    ],
  },
  ...['x-envoy-a', 'X-Edge-Principal', 'x-mesh-a', 'X-Forwarded-Client-Cert'].map(
    (name): Wrong => ({
      title: `a header by which the mesh speaks, ${name}`,
      spec: withRule({ headers: { response: { remove: [name] } } }),
      says: [`${at}.headers.response.remove[0]: ${name} is what the mesh speaks by, and not a rule's to change; allowed: any other header`],
    }),
  ),
  ...['Connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'Upgrade', 'te', 'trailer', 'content-length'].map(
    (name): Wrong => ({
      title: `a header of the connection, ${name}`,
      spec: withRule({ headers: { request: { set: { [name]: 'a', [`${name}-x`]: 'a', [`x-${name}`]: 'a' } } } }),
      says: [`${at}.headers.request.set.${name}: ${name} belongs to the connection; allowed: any other header`],
    }),
  ),
  {
    title: 'headers with a space around them, and statuses that are none',
    spec: withOrders({
      routes: [
        { match: { path: '/a' }, headers: { request: { set: { a: ' b', c: 'd ', e: '', f: 'é', g: 'h', i: 'j k', l: 'mn' } } } },
        { match: { path: '/b' }, respond: { status: 199 } },
        { match: { path: '/c' }, respond: { status: 600 } },
        { match: { path: '/d' }, respond: { status: 599 } },
        { match: { path: '/e' }, redirect: { path: '/f', status: 300 } },
      ],
    }),
    says: [
      `${at}.headers.request.set.a: got " b"; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
      `${at}.headers.request.set.c: got "d "; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
      `${at}.headers.request.set.e: got ""; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
      `${at}.headers.request.set.f: got "é"; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
      'services.orders.routes[1].respond.status: got 199; allowed: a whole number from 200 to 599',
      'services.orders.routes[2].respond.status: got 600; allowed: a whole number from 200 to 599',
      'services.orders.routes[4].redirect.status: got 300; allowed: 301, 302, 303, 307 or 308',
    ],
  },
  {
    title: 'a header that is changed twice, and one with a line break',
    spec: withRule({ headers: { request: { set: { 'x-a': '1', 'x-b': 'a\r\nb: c' }, remove: ['X-A'] } } }),
    says: [
      `${at}.headers.request.remove[0]: X-A is changed twice, by ${at}.headers.request.set.x-a too; keep one of them`,
      `${at}.headers.request.set.x-b: got "a\\r\\nb: c"; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
    ],
  },
  {
    title: 'access that leaves out what a rule makes of a gateway route',
    spec: {
      name: 'shop',
      services: {
        orders: {
          listen: { protocol: 'http', port: 8080 },
          routes: [
            { match: { path: '/v1/{id}' }, rewrite: { path: '/v2/{id}' } },
            { match: { path: '/old' }, redirect: { host: 'example.com' } },
          ],
          access: { gateways: ['GET /v1/{id}'] },
        },
      },
      gateways: {
        web: { kind: 'http', auth: 'public', routes: { 'GET /v1/{id}': { to: 'orders' }, 'GET /old': { to: 'orders' } } },
      },
    },
    says: [
      'services.orders.access.gateways: leaves out "GET /v1/{id}" of gateway web, which asks for "GET /v2/{id}"; list it here, or remove the route',
    ],
  },
];
