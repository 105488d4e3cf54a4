import { covers, parseRouteKey } from '../../lib/model/route-key';

const request = (key: string) => {
  const parsed = parseRouteKey(key);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};

test('a route key is a method and a path; ANY is every method', () => {
  expect(request('GET /orders/{id}')).toMatchObject({ method: 'GET', path: { text: '/orders/{id}' } });
  expect(request('ANY /').method).toBeUndefined();
});

test.each([
  ['/orders', 'a route is "METHOD /path", such as "GET /orders/{id}"'],
  ['GET  /orders', 'a route is "METHOD /path", such as "GET /orders/{id}"'],
  ['get /orders', '"get" is not a method; did you mean "GET"?'],
  ['any /orders', '"any" is not a method; did you mean "ANY"?'],
  ['TRACE /', '"TRACE" is not a method; allowed: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY'],
  ['GET orders', 'a path starts with "/"'],
])('%j is none: %s', (key, problem) => expect(parseRouteKey(key)).toBe(problem));

describe('one request covers another when it takes all that the other takes', () => {
  test.each([
    ['GET /orders', 'GET /orders', true],
    ['GET /orders', 'POST /orders', false],
    ['ANY /orders', 'POST /orders', true],
    ['GET /orders', 'ANY /orders', false],
    ['GET /orders/{id}', 'GET /orders/{key}', true],
    ['GET /orders/{id}', 'GET /orders/mine', true],
    ['GET /orders/mine', 'GET /orders/{id}', false],
    ['GET /{rest+}', 'GET /orders/{id}/items', true],
    ['GET /{rest+}', 'GET /', false],
    ['GET /orders/{id}', 'GET /orders/{rest+}', false],
    ['GET /orders/{rest+}', 'GET /orders/{rest+}', true],
    ['GET /orders', 'GET /orders/{id}', false],
    ['GET /orders/{id}', 'GET /orders', false],
  ])('%s covers %s: %s', (outer, inner, covered) => expect(covers(request(outer), request(inner))).toBe(covered));
});
