import { and, code, page, plain, table } from '../../lib/review/markdown.js';

test('a pipe in a cell does not end it, a line break does not end the row', () => {
  expect(table(['a', 'b'], [['x|y', 'one\ntwo']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | one<br>two |');
});

test('a table without rows is nothing, and leaves no gap on its page', () => {
  expect(table(['a'], [])).toBe('');
  expect(page(['# a', table(['a'], []), undefined, 'b'])).toBe('# a\n\nb\n');
});

test('rows that are not shown are counted', () => {
  expect(table(['a'], [['1'], ['2'], ['3']], 2)).toBe(
    '| a |\n| --- |\n| 1 |\n| 2 |\n\n1 more row is not shown: [facts.json](facts.json) has them all.',
  );
  expect(table(['a'], [['1'], ['2'], ['3']], 1, 'the sum is above')).toBe(
    '| a |\n| --- |\n| 1 |\n\n2 more rows are not shown: the sum is above.',
  );
});

test('code holds backticks', () => {
  expect(code('a')).toBe('`a`');
  expect(code('a `b`')).toBe('`` a `b` ``');
});

test('what people wrote is neither Markdown nor HTML', () => {
  expect(plain('*a* _b_ [c](d) <e> & `f`\n# g')).toBe('\\*a\\* \\_b\\_ \\[c\\](d) &lt;e&gt; &amp; \\`f\\` \\# g');
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j reads %p', (parts, text) => expect(and(parts)).toBe(text));
