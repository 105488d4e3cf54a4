import fc from 'fast-check';
import { locateJson } from '../../../bin/edge-mesh/json-text';

describe('a JSON text is told where it is wrong', () => {
  test.each([
    ['', 1, 1, 'the text ends where a value is due'],
    ['{', 1, 2, 'the text ends where a key in double quotes is due'],
    ['{ "a": 1', 1, 9, 'the text ends where , or } is due'],
    ['{\n  "a": 1,\n}', 2, 9, 'a comma before }; remove it'],
    ['[1, 2,]', 1, 6, 'a comma before ]; remove it'],
    ["{ 'a': 1 }", 1, 3, "got 'a' where a key in double quotes is due"],
    ['{ a: 1 }', 1, 3, 'got a where a key in double quotes is due'],
    ['{ "a" 1 }', 1, 7, 'got 1 where : is due'],
    ['{ "a": }', 1, 8, 'got } where a value is due'],
    ['{ "a": 1 "b": 2 }', 1, 10, 'got "b" where , or } is due'],
    ['{ "a": undefined }', 1, 8, 'got undefined where a value is due'],
    ['{ "a": 01 }', 1, 8, 'got 01 where a value is due'],
    ['{ "a": .5 }', 1, 8, 'got .5 where a value is due'],
    ['{ "a": "b }', 1, 8, 'a string without an end, or with a wrong escape'],
    ['{ "a": "\\x" }', 1, 8, 'a string without an end, or with a wrong escape'],
    ['// shop\n{}', 1, 1, 'JSON has no comments'],
    ['{} {}', 1, 4, 'more text after the end of the value'],
    ['{ "a": 1,\n  "b": 2,\n  "a": 3 }', 3, 3, '"a" is there twice in one object; keep one'],
    ['['.repeat(102), 1, 102, 'nested deeper than 100'],
  ])('%s', (text, line, column, message) => {
    expect(locateJson(text)).toEqual({ message, line, column });
  });
});

test('each member has its line, by its path', () => {
  const text = '{\n  "services": {\n    "orders": { "image":\n "a" },\n    "b": [ 1,\n 2 ]\n  },\n  "GET /": null\n}';
  expect(Object.fromEntries(locateJson(text) as Map<string, number>)).toEqual({
    services: 2,
    'services.orders': 3,
    'services.orders.image': 3,
    'services.b': 5,
    'services.b[0]': 5,
    'services.b[1]': 6,
    '["GET /"]': 8,
  });
});

test('it takes what JSON.parse takes, and refuses what that refuses', () => {
  const text = fc.oneof(
    fc.json({ noUnicodeString: false }),
    fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '\u0001', '\u0085', ' '))
      .map(([json, place, char]) => json.slice(0, place % (json.length + 1)) + char + json.slice((place % (json.length + 1)) + 1)),
  );
  fc.assert(
    fc.property(text, (each) => {
      const located = locateJson(each);
      const fine = parses(each);
      if ('message' in located && /twice/.test(located.message)) return;
      expect({ each, fine: !('message' in located) }).toEqual({ each, fine });
    }),
    { numRuns: 1_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('a large file is read in linear time', () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`service${index}`, { image: 'a:1' }]));
  const before = process.cpuUsage();
  expect((locateJson(JSON.stringify(many, undefined, 2)) as Map<string, number>).size).toBe(40_000);
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
