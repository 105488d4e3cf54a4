import { fieldsOf, lengthField, messageOf, messagesIn, numberIn, textIn } from '../../../lib/model/descriptor/wire.js';

const bytes = (...each: number[]): Buffer => Buffer.from(each);

test('a message is its fields, in their order, and the same bytes again', () => {
  // 1: "ab", 2: 300, 3: eight bytes, 4: four bytes, 1000: ""
  const message = bytes(0x0a, 2, 0x61, 0x62, 0x10, 0xac, 0x02, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x25, 1, 2, 3, 4, 0xc2, 0x3e, 0);
  const fields = fieldsOf(message);
  expect(fields.map(({ number, kind }) => `${number} ${kind}`)).toEqual(['1 length', '2 varint', '3 fixed64', '4 fixed32', '1000 length']);
  expect([textIn(fields, 1), numberIn(fields, 2), textIn(fields, 1000), textIn(fields, 7), numberIn(fields, 7)]).toEqual([
    'ab',
    300,
    '',
    '',
    0,
  ]);
  expect(messageOf(fields)).toEqual(message);
});

test('of several values the last holds, unless all are meant', () => {
  const fields = [lengthField(1, 'a'), lengthField(2, messageOf([lengthField(3, 'b')])), lengthField(1, 'c'), lengthField(2, '')];
  expect(textIn(fields, 1)).toBe('c');
  expect(messagesIn(fields, 2)).toEqual([[lengthField(3, 'b')], []]);
});

test('a long value keeps its length', () => {
  const [field] = fieldsOf(messageOf([lengthField(72_295_728, Buffer.alloc(70_000, 'x'))]));
  expect([field!.number, field!.value.length]).toEqual([72_295_728, 70_000]);
});

test.each([
  ['ends within a text', bytes(0x0a, 3, 0x61), 'ends within a field, at byte 3'],
  ['ends within a number', bytes(0x10, 0xff), 'has no number at byte 1'],
  ['has a number of more than ten bytes', bytes(0x10, ...Array<number>(10).fill(0xff), 1), 'has no number at byte 1'],
  ['has a field without a number', bytes(0x02, 0), 'has no field at byte 0'],
  ['has a group, which descriptors have not', bytes(0x0a, 0, 0x0b), 'has no field at byte 2'],
  ['claims more than there is', bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), 'ends within a field, at byte 8'],
])('what %s is no message', (_, wrong, says) => expect(() => fieldsOf(wrong)).toThrow(new RangeError(says)));
