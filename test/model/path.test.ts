import fc from 'fast-check';
import { isLiteral, type PathPattern, parametersOf, parsePath, pathRegex } from '../../lib/model/path';

const pattern = (text: string): PathPattern => {
  const parsed = parsePath(text);
  if (typeof parsed === 'string') throw new Error(`${text} ${parsed}`);
  return parsed;
};

test('a path is read into its segments', () => {
  expect(pattern('/orders/{id}/items/{rest+}')).toEqual({
    text: '/orders/{id}/items/{rest+}',
    segments: [
      { kind: 'literal', value: 'orders' },
      { kind: 'parameter', name: 'id' },
      { kind: 'literal', value: 'items' },
      { kind: 'rest', name: 'rest' },
    ],
  });
  expect(pattern('/').segments).toEqual([]);
  expect(parametersOf(pattern('/orders/{id}/{rest+}'))).toEqual(['id', 'rest']);
  expect([isLiteral(pattern('/orders')), isLiteral(pattern('/{id}'))]).toEqual([true, false]);
});

test.each([
  ['', 'starts with "/"'],
  ['orders', 'starts with "/"'],
  ['//', 'has no empty segment'],
  ['/a//b', 'has no empty segment'],
  ['/a/', 'has no slash at its end'],
  ['/a/..', 'has no segment ..'],
  ['/./a', 'has no segment .'],
  ['/:id', 'writes {id} for a parameter, not :id'],
  ['/a/*', 'writes {rest+} for all further segments, not *'],
  ['/{rest+}/a', 'has {rest+} as its last segment only'],
  ['/{id}/{id}', 'names {id} once'],
  ['/a b', `has segments of letters, digits and ._~!$&'()*+,;=:@-, or {parameter}, or {rest+}; not "a b"`],
  ['/{id}.json', `has segments of letters, digits and ._~!$&'()*+,;=:@-, or {parameter}, or {rest+}; not "{id}.json"`],
  ['/a?b=1', `has segments of letters, digits and ._~!$&'()*+,;=:@-, or {parameter}, or {rest+}; not "a?b=1"`],
])('%j is none: a path %s', (text, problem) => expect(parsePath(text)).toBe(problem));

describe('the regular expression takes whole segments', () => {
  const takes = (text: string, path: string): boolean => new RegExp(`^(?:${pathRegex(pattern(text))})$`).test(path);
  test.each([
    ['/orders', '/orders', true],
    ['/orders', '/orders-archive', false],
    ['/orders', '/orders/1', false],
    ['/orders/{id}', '/orders/1', true],
    ['/orders/{id}', '/orders/', false],
    ['/orders/{id}', '/orders/1/items', false],
    ['/files/{rest+}', '/files/a/b', true],
    ['/files/{rest+}', '/files', false],
    ['/files/{rest+}', '/files/', false],
    ['/a.b', '/aXb', false],
    ['/a+(b)*$', '/a+(b)*$', true],
    ['/', '/', true],
    ['/', '/a', false],
  ])('%s and %s: %s', (text, path, taken) => expect(takes(text, path)).toBe(taken));

  test('a literal path takes itself and nothing else', () => {
    const segment = fc
      .string({ unit: fc.constantFrom(..."abAB19._~!$&'()+,;=@-"), minLength: 1, maxLength: 6 })
      .filter((part) => !/^\.{1,2}$/.test(part));
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(fc.property(path, path, (one, other) => takes(one, one) && takes(one, other) === (one === other)));
  });
});
