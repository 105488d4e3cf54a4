import { boundDescriptors, type JsonBinding } from '../../../lib/engines/envoy/json-binding.js';
import { readDescriptorSet } from '../../../lib/model/descriptor/descriptor-set.js';
import { type Field, fieldsOf, lengthField, messageOf, messagesIn, textIn } from '../../../lib/model/descriptor/wire.js';
import { quotesDescriptors } from './descriptors/index.js';

const get: JsonBinding = { rpc: 'acme.Quotes/Get', method: 'GET', template: '/quotes/{sku}' };
const filesIn = (base64: string): Field[][] => messagesIn(fieldsOf(Buffer.from(base64, 'base64')), 1);
const namesIn = (base64: string): string[] => filesIn(base64).map((file) => textIn(file, 1));

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
  const [method] = messagesIn(messagesIn(filesIn(boundDescriptors(quotesDescriptors, bindings)).at(-1)!, 6)[0]!, 2);
  const [rule] = messagesIn(messagesIn(method!, 4)[0]!, 72_295_728);
  const [post, gone] = messagesIn(rule!, 11);
  expect([textIn(rule!, 2), textIn(rule!, 7)]).toEqual(['/quotes/{sku}', '']);
  expect([textIn(post!, 4), textIn(post!, 7)]).toEqual(['/quotes', '*']);
  expect([textIn(gone!, 5), textIn(gone!, 7)]).toEqual(['/gone', '']);
});

test('comments are left out', () => {
  const files = filesIn(quotesDescriptors).map((file) => lengthField(1, messageOf([...file, lengthField(9, 'a comment')])));
  const commented = messageOf(files).toString('base64');
  expect(boundDescriptors(commented, [get])).toBe(boundDescriptors(quotesDescriptors, [get]));
});

test('where imports are known by their place among all, none is left out', () => {
  const files = filesIn(quotesDescriptors).map((file) =>
    lengthField(
      1,
      messageOf([
        ...file,
        ...(textIn(file, 1) === 'quotes.proto' ? [{ number: 10, kind: 'varint', value: Buffer.from([1]) } as const] : []),
      ]),
    ),
  );
  expect(namesIn(boundDescriptors(messageOf(files).toString('base64'), [get]))).toEqual(namesIn(quotesDescriptors));
});

test('the same input, the same bytes', () =>
  expect(boundDescriptors(quotesDescriptors, [get])).toBe(boundDescriptors(quotesDescriptors, [get])));
