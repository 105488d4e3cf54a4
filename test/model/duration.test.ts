import { parseDuration, showDuration } from '../../lib/model/duration';

describe('a duration is whole milliseconds, more than zero, at most a day', () => {
  test.each([
    ['1ms', 1],
    ['250ms', 250],
    ['2s', 2_000],
    ['1.5s', 1_500],
    ['1.5m', 90_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    ['1.005s', 1_005],
    ['2.01s', 2_010],
    ['8.2m', 492_000],
  ])('%s is %d', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  test.each([
    '',
    '250',
    'ms',
    '0ms',
    '-1s',
    '0.5ms',
    '1.0001s',
    '24.1h',
    '1d',
    '2 s',
    ' 2s',
    '2S',
    '1e3ms',
    '.5s',
    '1.s',
    '١s',
    250,
    null,
    undefined,
    {},
  ])('%j is none', (text) => expect(parseDuration(text)).toBeUndefined());
});

test.each([
  [1, '1ms'],
  [250, '250ms'],
  [999, '999ms'],
  [1_000, '1s'],
  [1_500, '1.5s'],
  [1_550, '1550ms'],
  [60_000, '1m'],
  [90_000, '90s'],
  [3_600_000, '1h'],
  [5_400_000, '90m'],
])('%d is shown as %s, and read back as the same', (milliseconds, text) => {
  expect(showDuration(milliseconds)).toBe(text);
  expect(parseDuration(text)).toBe(milliseconds);
});
