import { readDescriptorSet } from '../../../lib/model/descriptor/descriptor-set.js';
import { quotesDescriptors } from '../../engines/envoy/descriptors/index.js';

const { methods, messages } = readDescriptorSet(quotesDescriptors);

test('methods have their services, what they take, and which way messages stream', () => {
  const unary = { input: 'acme.GetRequest', takesStream: false, answersStream: false };
  expect(methods).toEqual([
    { ...unary, name: 'acme.Quotes/Get' },
    { ...unary, name: 'acme.Quotes/List', input: 'acme.ListRequest', answersStream: true },
    { ...unary, name: 'acme.Quotes/Watch', takesStream: true, answersStream: true },
    { ...unary, name: 'acme.Quotes/Drop' },
    { ...unary, name: 'acme.Orders/Place' },
  ]);
});

test('messages have their fields, and the messages within them', () => {
  expect(messages.get('acme.GetRequest')).toEqual([
    { name: 'sku', jsonName: 'sku', single: true },
    { name: 'count', jsonName: 'count', single: true },
    { name: 'buyer', jsonName: 'buyer', single: false },
    { name: 'tag', jsonName: 'tag', single: false },
    { name: 'full_name', jsonName: 'fullName', single: true },
  ]);
  expect(messages.get('acme.GetRequest.Buyer')).toEqual([{ name: 'name', jsonName: 'name', single: true }]);
});

test('what was read is not read again for each route, and forgotten where others come', () => {
  expect(readDescriptorSet(quotesDescriptors)).toBe(readDescriptorSet(quotesDescriptors));
  const other = (name: string) => Buffer.from([0x0a, 2 + name.length, 0x0a, name.length, ...Buffer.from(name)]).toString('base64'); // a file of this name alone
  for (let index = 0; index < 20; index += 1) expect(readDescriptorSet(other(`${index}.proto`)).methods).toEqual([]);
  expect(readDescriptorSet(quotesDescriptors)).not.toBe(readDescriptorSet(other('0.proto')));
  expect(readDescriptorSet(quotesDescriptors).methods).toEqual(methods);
});

test('what is no set of descriptors throws', () => {
  expect(() => readDescriptorSet(Buffer.from('syntax = "proto3";').toString('base64'))).toThrow();
});
