import { inspect } from 'node:util';
import { ArchitectureError, member, notAmong, show } from '../../lib/model/problem';

test('all problems come at once, sorted by path', () => {
  const error = new ArchitectureError([
    { path: 'services.b', message: 'second' },
    { path: '', message: 'first' },
    { path: 'services.a', message: 'between' },
  ]);
  expect(error.message).toBe('3 problems in the architecture\n  architecture: first\n  services.a: between\n  services.b: second');
  expect(error.problems.map(({ path }) => path)).toEqual(['', 'services.a', 'services.b']);
  expect([error.name, error.code]).toEqual(['ArchitectureError', 'INVALID_ARCHITECTURE']);
});

test('each is printed once where nobody catches the error', () => {
  const error = new ArchitectureError([{ path: 'services.a', message: 'wrong in its way' }]);
  expect(inspect(error).split('wrong in its way')).toHaveLength(2);
});

test.each([
  ['', 'name', 'name'],
  ['services', 'orders-db', 'services.orders-db'],
  ['gateways.web.routes', 'GET /a', 'gateways.web.routes["GET /a"]'],
  ['services.orders.routes', 2, 'services.orders.routes[2]'],
  ['', 'a.b', '["a.b"]'],
])('in %j, %j is %s', (path, key, place) => expect(member(path, key)).toBe(place));

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['a "b"', '"a \\"b\\""'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [() => 1, 'a function'],
  [Symbol('x'), 'a symbol'],
  [1n, 'a bigint'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(80), `"${'x'.repeat(56)}…`],
])('%p is shown as %s', (value, text) => expect(show(value)).toBe(text));

test.each([
  ['pricng', ['orders', 'pricing'], '"pricng" is not a service; did you mean "pricing"?'],
  ['shipping', ['orders', 'pricing'], '"shipping" is not a service; allowed: orders, pricing'],
  ['shipping', [], '"shipping" is not a service; none is declared'],
  ['zzz', [...'abcdefghij'], '"zzz" is not a service; allowed: a, b, c, d, e, f, g, h and 2 more'],
])('%s among %j', (written, names, text) => expect(notAmong(written, 'a service', names)).toBe(text));
