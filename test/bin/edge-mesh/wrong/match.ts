import { type Wrong, withMatch, withOrders } from './wrong.js';

const at = 'services.orders.routes[0].match';
const regex = 'allowed: a regular expression of RE2: no look-around, no back-references';

/** Matches beyond path, method and plain headers. */
export const wrongMatches: readonly Wrong[] = [
  {
    title: 'bytes that no path begins with',
    spec: withMatch({ path: { bytes: 'orders' } }),
    says: [`${at}.path.bytes: got "orders"; allowed: the first bytes of a path, such as "/orders"`],
  },
  {
    title: 'bytes with a parameter',
    spec: withMatch({ path: { bytes: '/orders/{id}' } }),
    says: [
      `${at}.path.bytes: got "/orders/{id}"; no path has that by the time it is matched; allowed: bytes without ? # { } \\, doubled slashes and dot segments`,
    ],
  },
  {
    title: 'bytes with a dot segment',
    spec: withMatch({ path: { bytes: '/orders/../admin' } }),
    says: [
      `${at}.path.bytes: got "/orders/../admin"; no path has that by the time it is matched; allowed: bytes without ? # { } \\, doubled slashes and dot segments`,
    ],
  },
  {
    title: 'a number for bytes',
    spec: withMatch({ path: { bytes: 5 } }),
    says: [`${at}.path.bytes: got 5; allowed: the first bytes of a path, such as "/orders"`],
  },
  {
    title: 'a regular expression of a path that RE2 does not take',
    spec: withMatch({ path: { regex: '/(?!admin).*' } }),
    says: [`${at}.path.regex: got "/(?!admin).*"; ${regex}`],
  },
  {
    title: 'a range that is empty',
    spec: withMatch({ headers: { 'x-size': { range: [5, 5] } } }),
    says: [`${at}.headers.x-size.range: got [5,5], which no number is in; the second is excluded, such as [5, 6]`],
  },
  {
    title: 'a range of one',
    spec: withMatch({ headers: { 'x-size': { range: [5] } } }),
    says: [`${at}.headers.x-size.range: got [5]; allowed: two whole numbers, the second excluded, such as [200, 300]`],
  },
  {
    title: 'a range with a fraction',
    spec: withMatch({ headers: { 'x-size': { range: [0.5, 2] } } }),
    says: [`${at}.headers.x-size.range[0]: got 0.5; allowed: a whole number`],
  },
  {
    title: 'a not of a not',
    spec: withMatch({ headers: { 'x-size': { not: { not: 'a' } } } }),
    says: [
      `${at}.headers.x-size.not: got {"not":"a"}; allowed: a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }`,
    ],
  },
  {
    title: 'a regular expression and a range that are wrong, under not',
    spec: withMatch({ headers: { a: { not: { regex: '(' } }, b: { not: { range: [2, 1] } } } }),
    says: [
      `${at}.headers.a.not.regex: got "("; ${regex}`,
      `${at}.headers.b.not.range: got [2,1], which no number is in; the second is excluded, such as [2, 3]`,
    ],
  },
  {
    title: 'parameters of a query that are not as they are sent, and a range of one',
    spec: withMatch({ query: { 'a b': '1', n: { range: [1, 2] } } }),
    says: [
      `${at}.query.n: got {"range":[1,2]}; allowed: a text, or one of { prefix }, { suffix }, { regex }, { present }`,
      `${at}.query["a b"]: "a b" cannot name a parameter of a query as it is sent; allowed: letters, digits and ._~[]%-`,
    ],
  },
  {
    title: 'gRPC at a service that speaks HTTP/1.1, beside a path and a method',
    spec: withMatch({ rpc: 'acme.Orders/Place', path: '/a', method: 'POST' }),
    says: [
      `${at}.method: means nothing beside \`rpc\`, which is both; remove one of them`,
      `${at}.path: means nothing beside \`rpc\`, which is both; remove one of them`,
      `${at}.rpc: orders listens for HTTP/1.1, and gRPC needs HTTP/2; say \`listen: { protocol: 'grpc', … }\`, or match a path`,
    ],
  },
  {
    title: 'a gRPC method that is none',
    spec: withOrders({ listen: { protocol: 'http2', port: 8080 }, routes: [{ match: { rpc: '/acme.Orders/Place' } }] }),
    says: [`${at}.rpc: got "/acme.Orders/Place"; allowed: a gRPC service or method, such as "shop.Orders" or "shop.Orders/Place"`],
  },
  {
    title: 'a rule for one caller that is none',
    spec: withMatch({ from: 'pricing' }),
    says: [`${at}.from: pricing declares no call to orders; remove this, or add the call`],
  },
  {
    title: 'a rule for callers that are none',
    spec: withMatch({ from: ['pricing', 'pricng', 5] }),
    says: [
      `${at}.from[0]: pricing declares no call to orders; remove this, or add the call`,
      `${at}.from[1]: "pricng" is not a service; did you mean "pricing"?`,
      `${at}.from[2]: got 5; allowed: the name of a service`,
    ],
  },
  {
    title: 'a rule for no callers',
    spec: withMatch({ from: [] }),
    says: [`${at}.from: got []; allowed: at least one service`],
  },
];
