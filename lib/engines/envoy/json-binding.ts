import { fieldNumber, qualified } from '../../model/descriptor/descriptor-set.js';
import { type Field, fieldsOf, lengthField, messageOf, messagesIn, textIn } from '../../model/descriptor/wire.js';

/** What an HTTP request becomes: a method, and where its message comes from. */
export interface JsonBinding {
  /** `acme.Quotes/Get`. */
  readonly rpc: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A template of `google.api.http`, such as `/quotes/{sku}`. */
  readonly template: string;
}

/** Numbers in `google/api/http.proto` and `google/api/annotations.proto`. */
const httpRule = { GET: 2, PUT: 3, POST: 4, DELETE: 5, PATCH: 6, body: 7, additional: 11 } as const;
const httpOption = 72_295_728;
const annotations = 'google/api/annotations.proto';

/**
 * The descriptors of the bound methods alone, each with these bindings as its `google.api.http` and no others, and of what they take and answer. Comments, other
 * services and other methods are left out: an Envoy's configuration has room for little.
 *
 * @param base64 a FileDescriptorSet
 * @param bindings at least one
 */
export function boundDescriptors(base64: string, bindings: readonly JsonBinding[]): string {
  const files = messagesIn(fieldsOf(Buffer.from(base64, 'base64')), fieldNumber.set.file).map((file) => boundFile(file, bindings));
  return messageOf(needed(files).map((file) => lengthField(fieldNumber.set.file, messageOf(file)))).toString('base64');
}

function boundFile(file: readonly Field[], bindings: readonly JsonBinding[]): Field[] {
  const { service, sourceCodeInfo, dependency, publicDependency, weakDependency, package: scope } = fieldNumber.file;
  // Their options are left out, so who imports only what options are said with imports it no more. Others are known by their place among the imports.
  const ordered = file.some(({ number }) => number === publicDependency || number === weakDependency);
  return file.flatMap((field) => {
    if (field.number === sourceCodeInfo) return [];
    if (field.number === dependency && !ordered && field.value.toString() === annotations) return [];
    if (field.number !== service) return [field];
    const bound = boundService(fieldsOf(field.value), textIn(file, scope), bindings);
    return bound === undefined ? [] : [lengthField(service, messageOf(bound))];
  });
}

function boundService(service: readonly Field[], scope: string, bindings: readonly JsonBinding[]): Field[] | undefined {
  const { name, method } = fieldNumber.service;
  const owner = qualified(scope, textIn(service, name));
  const methods = messagesIn(service, method).flatMap((each) => {
    const own = bindings.filter(({ rpc }) => rpc === `${owner}/${textIn(each, fieldNumber.method.name)}`);
    return own.length === 0 ? [] : [lengthField(method, messageOf(boundMethod(each, own)))];
  });
  return methods.length === 0 ? undefined : [lengthField(name, textIn(service, name)), ...methods];
}

function boundMethod(method: readonly Field[], [first, ...more]: readonly JsonBinding[]): Field[] {
  const rule = [...ruleOf(first!), ...more.map((binding) => lengthField(httpRule.additional, messageOf(ruleOf(binding))))];
  const options = lengthField(fieldNumber.method.options, messageOf([lengthField(httpOption, messageOf(rule))]));
  return [...method.filter(({ number }) => number !== fieldNumber.method.options), options];
}

/** A body is the whole message, but for what the path says; without one, the query says the rest. */
const ruleOf = ({ method, template }: JsonBinding): Field[] => [
  lengthField(httpRule[method], template),
  ...(method === 'GET' || method === 'DELETE' ? [] : [lengthField(httpRule.body, '*')]),
];

/** Files with services, and what they import, in the order in which they stand. */
function needed(files: readonly Field[][]): Field[][] {
  const { name, dependency, service } = fieldNumber.file;
  const byName = new Map(files.map((file) => [textIn(file, name), file]));
  const wanted = new Set<string>();
  const want = (file: readonly Field[]): void => {
    if (wanted.has(textIn(file, name))) return;
    wanted.add(textIn(file, name));
    for (const { number, value } of file) if (number === dependency) want(byName.get(value.toString()) ?? []);
  };
  for (const file of files) if (file.some(({ number }) => number === service)) want(file);
  return files.filter((file) => wanted.has(textIn(file, name)));
}
