import { parseCidr, sameRange } from '../../lib/model/cidr.js';

test.each([
  ['10.0.4.0/24', { address: '10.0.4.0', length: 24 }],
  ['203.0.113.9/32', { address: '203.0.113.9', length: 32 }],
  ['128.0.0.0/1', { address: '128.0.0.0', length: 1 }],
  ['172.16.0.0/12', { address: '172.16.0.0', length: 12 }],
  ['2001:db8::/32', { address: '2001:db8::', length: 32 }],
  ['2001:db8:0:0:0:0:0:1/128', { address: '2001:db8:0:0:0:0:0:1', length: 128 }],
  ['::ffff:10.0.0.0/104', { address: '::ffff:10.0.0.0', length: 104 }],
])('%s is a range', (text, range) => expect(parseCidr(text)).toEqual(range));

const grammar = 'a range is an address and a length, such as "10.0.4.0/24"; one address alone has /32';
test.each([
  ['10.0.4.0', grammar],
  ['10.0.4.0/', grammar],
  ['10.0.4/24', grammar],
  ['256.0.0.0/8', grammar],
  ['office', grammar],
  ['2001:db8/32', grammar],
  ['10.0.4.0/33', 'a length is at most /32 here'],
  ['::/129', 'a length is at most /128 here'],
  ['0.0.0.0/0', 'that is every address there is'],
  ['::/0', 'that is every address there is'],
  ['10.0.4.1/24', 'the address has bits beyond /24; the range begins at the lowest one'],
  ['172.17.0.0/12', 'the address has bits beyond /12; the range begins at the lowest one'],
  ['2001:db8::1/64', 'the address has bits beyond /64; the range begins at the lowest one'],
])('%s is none', (text, says) => expect(parseCidr(text)).toBe(says));

test('a range is the same however it is written', () => {
  const same = (one: string, other: string) => sameRange(parseCidr(one) as never, parseCidr(other) as never);
  expect(same('2001:db8::/32', '2001:0DB8:0::0/32')).toBe(true);
  expect(same('::ffff:10.20.0.0/112', '::FFFF:a14:0/112')).toBe(true);
  expect(same('::ffff:10.20.30.40/128', '0:0:0:0:0:ffff:0a14:1e28/128')).toBe(true);
  expect(same('10.0.0.0/8', '10.0.0.0/9')).toBe(false);
  expect(same('10.0.0.0/24', '10.0.1.0/24')).toBe(false);
});
