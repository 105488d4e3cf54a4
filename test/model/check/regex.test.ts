import { isRegex } from '../../../lib/model/check/regex.js';
import { takenByRe2 } from './taken-by-re2.js';

const refused = [
  ...[
    '(',
    ')',
    '[',
    '[]',
    '[^]',
    '[ab',
    '[a-z',
    '[\\d',
    '\\',
    '*a',
    'a**',
    'a{2}{3}',
    '+',
    '(?=x)',
    '(?!x)',
    '(?<=x)',
    '(?<!x)',
    '(?>x)',
    '(?x)y',
    '(?#c)',
    '(?',
    '(?P<n',
    'a{3,2}',
  ],
  ...[
    '\\1',
    '\\u0041',
    '\\cJ',
    '\\k<n>',
    '\\Z',
    '\\h',
    '\\é',
    '\\p{Letter}',
    '\\p{Script=Greek}',
    '\\p',
    '\\x{10FFFF}',
    '\\x4',
    '[\\b]',
    '[z-a]',
    '[a-\\d]',
  ],
  ...['x{1001}', 'x{1,1001}', '((a{100}){100}){100}', '(\\pL{100}){10}', '([\\pL]{100}){10}', '(?i)*'],
];

test.each(takenByRe2)('%j is an expression of RE2', (text) => expect(isRegex(text)).toBe(true));

test.each(refused)('%j is none, or takes more memory than it gets', (text) => expect(isRegex(text)).toBe(false));
