import { boundDescriptors, type JsonBinding } from '../../../lib/engines/envoy/json-binding.js';
import { decodeDescriptorSet, readDescriptorSet } from '../../../lib/model/descriptor/descriptor-set.js';
import { protobuf } from '../../../lib/model/descriptor/protobuf.js';
import { quotesDescriptors } from './descriptors/index.js';

const get: JsonBinding = { rpc: 'acme.Quotes/Get', method: 'GET', template: '/quotes/{sku}' };
const namesIn = (base64: string): string[] => decodeDescriptorSet(base64).file.map(({ name }) => name);
const { create, toBinary, BinaryReader, FileDescriptorSetSchema, SourceCodeInfoSchema } = protobuf();
/** The same descriptors with something else in each file. */
function changed(change: (file: ReturnType<typeof decodeDescriptorSet>['file'][number]) => void): string {
  const set = decodeDescriptorSet(quotesDescriptors);
  for (const file of set.file) change(file);
  return Buffer.from(toBinary(FileDescriptorSetSchema, set)).toString('base64');
}
/** The texts and messages of a message, by their numbers. */
function fieldsOf(message: Uint8Array): [number, Uint8Array][] {
  const reader = new BinaryReader(message);
  const fields: [number, Uint8Array][] = [];
  while (reader.pos < reader.len) fields.push([reader.tag()[0], reader.bytes()]);
  return fields;
}

test('what is bound is left, with what it takes and answers, and nothing else', () => {
  const bound = boundDescriptors(quotesDescriptors, [get]);
  expect(readDescriptorSet(bound).methods.map(({ name }) => name)).toEqual(['acme.Quotes/Get']);
  expect(namesIn(quotesDescriptors)).toEqual([
    'google/api/http.proto',
    'google/protobuf/descriptor.proto',
    'google/api/annotations.proto',
    'google/protobuf/timestamp.proto',
    'quotes.proto',
  ]);
  expect(namesIn(bound)).toEqual(['google/protobuf/timestamp.proto', 'quotes.proto']);
  expect([quotesDescriptors.length > 20_000, bound.length < 1_200]).toEqual([true, true]);
});

test("several bindings of one method are one rule, in place of the method's own", () => {
  const bindings: JsonBinding[] = [
    get,
    { rpc: get.rpc, method: 'POST', template: '/quotes' },
    { rpc: get.rpc, method: 'DELETE', template: '/gone' },
  ];
  const [method] = decodeDescriptorSet(boundDescriptors(quotesDescriptors, bindings)).file.at(-1)!.service[0]!.method;
  const [option, ...others] = method!.options!.$unknown!;
  expect([option!.no, others]).toEqual([72_295_728, []]);
  const rule = fieldsOf(new BinaryReader(option!.data).bytes());
  const texts = (message: [number, Uint8Array][]) => message.map(([number, value]) => [number, Buffer.from(value).toString()]);
  expect(texts(rule.slice(0, 1))).toEqual([[2, '/quotes/{sku}']]);
  expect(rule.slice(1).map(([number, value]) => [number, texts(fieldsOf(value))])).toEqual([
    [
      11,
      [
        [4, '/quotes'],
        [7, '*'],
      ],
    ],
    [11, [[5, '/gone']]],
  ]);
});

test('comments are left out', () => {
  const commented = changed((file) => {
    file.sourceCodeInfo = create(SourceCodeInfoSchema, { location: [{ leadingComments: 'a comment' }] });
  });
  expect(boundDescriptors(commented, [get])).toBe(boundDescriptors(quotesDescriptors, [get]));
});

test('where imports are known by their place among all, none is left out', () => {
  const ordered = changed((file) => {
    if (file.name === 'quotes.proto') file.publicDependency = [1];
  });
  expect(namesIn(boundDescriptors(ordered, [get]))).toEqual(namesIn(quotesDescriptors));
});

test('the same input, the same bytes', () =>
  expect(boundDescriptors(quotesDescriptors, [get])).toBe(boundDescriptors(quotesDescriptors, [get])));
