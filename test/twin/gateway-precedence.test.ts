import { type PathPattern, parsePath } from '../../lib/model/path.js';
import { comparePaths, shapeOf } from '../../lib/twin/gateway-precedence.js';

const pattern = (text: string): PathPattern => parsePath(text) as PathPattern;
const texts = ['/', '/z', '/a', '/a/b', '/a/{id}', '/a/{id}/b', '/a/{rest+}', '/b/{id}', '/{x}', '/{x}/b', '/{all+}'];

test('a literal comes before a parameter, a parameter before a rest, at the leftmost difference', () => {
  const sorted = [...texts].reverse().map(pattern).sort(comparePaths);
  const place = (text: string) => sorted.findIndex((each) => each.text === text);
  expect(place('/a/b')).toBeLessThan(place('/a/{id}'));
  expect(place('/a/{id}')).toBeLessThan(place('/a/{rest+}'));
  expect(place('/a/{rest+}')).toBeLessThan(place('/{x}/b'));
  expect(place('/{x}/b')).toBeLessThan(place('/{all+}'));
});

test('the order does not depend on where it starts', () => {
  for (const one of texts.map(pattern)) {
    for (const other of texts.map(pattern)) expect(Math.sign(comparePaths(one, other)) + Math.sign(comparePaths(other, one))).toBe(0);
  }
});

test('the names of parameters make no difference', () => {
  expect(comparePaths(pattern('/a/{id}'), pattern('/a/{key}'))).toBe(0);
  expect(shapeOf(pattern('/a/{id}'))).toBe(shapeOf(pattern('/a/{key}')));
});
