import { type Field, fieldsOf, messagesIn, numberIn, textIn } from './wire.js';

/** Numbers of fields in `google/protobuf/descriptor.proto`. */
export const fieldNumber = {
  set: { file: 1 },
  file: { name: 1, package: 2, dependency: 3, message: 4, service: 6, sourceCodeInfo: 9, publicDependency: 10, weakDependency: 11 },
  message: { name: 1, field: 2, nested: 3 },
  field: { name: 1, label: 4, type: 5, jsonName: 10 },
  service: { name: 1, method: 2 },
  method: { name: 1, input: 2, options: 4, clientStreaming: 5, serverStreaming: 6 },
} as const;

/** A method of a gRPC service. */
export interface Method {
  /** `acme.Quotes/Get`. */
  readonly name: string;
  /** The full name of what it takes: `acme.GetRequest`. */
  readonly input: string;
  readonly takesStream: boolean;
  readonly answersStream: boolean;
}

/** A field of a message, as far as a path may fill it. */
export interface MessageField {
  readonly name: string;
  readonly jsonName: string;
  /** Neither repeated nor a message. */
  readonly single: boolean;
}

/** What a FileDescriptorSet says of methods and of what they take. */
export interface DescriptorSet {
  readonly methods: readonly Method[];
  /** By the full name of the message. */
  readonly messages: ReadonlyMap<string, readonly MessageField[]>;
}

/**
 * Reads a FileDescriptorSet, as `protoc --descriptor_set_out` writes one. Whether it is whole and consistent, Envoy says.
 *
 * @param base64 its bytes
 * @throws RangeError where it is none
 */
export function readDescriptorSet(base64: string): DescriptorSet {
  const files = messagesIn(fieldsOf(Buffer.from(base64, 'base64')), fieldNumber.set.file);
  return {
    methods: files.flatMap(methodsIn),
    messages: new Map(files.flatMap((file) => messagesBelow(file, fieldNumber.file.message, textIn(file, fieldNumber.file.package)))),
  };
}

export const qualified = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`);

function methodsIn(file: readonly Field[]): Method[] {
  const { name, input, clientStreaming, serverStreaming } = fieldNumber.method;
  return messagesIn(file, fieldNumber.file.service).flatMap((service) => {
    const owner = qualified(textIn(file, fieldNumber.file.package), textIn(service, fieldNumber.service.name));
    return messagesIn(service, fieldNumber.service.method).map((method) => ({
      name: `${owner}/${textIn(method, name)}`,
      input: textIn(method, input).replace(/^\./, ''),
      takesStream: numberIn(method, clientStreaming) === 1,
      answersStream: numberIn(method, serverStreaming) === 1,
    }));
  });
}

/** Messages stand in files and in each other. */
function messagesBelow(parent: readonly Field[], number: number, scope: string): (readonly [string, MessageField[]])[] {
  return messagesIn(parent, number).flatMap((message) => {
    const name = qualified(scope, textIn(message, fieldNumber.message.name));
    const own = messagesIn(message, fieldNumber.message.field).map(fieldOf);
    return [[name, own] as const, ...messagesBelow(message, fieldNumber.message.nested, name)];
  });
}

const repeated = 3;
/** A group, and a message. */
const composed = [10, 11];

function fieldOf(field: readonly Field[]): MessageField {
  const { name, label, type, jsonName } = fieldNumber.field;
  return {
    name: textIn(field, name),
    jsonName: textIn(field, jsonName),
    single: numberIn(field, label) !== repeated && !composed.includes(numberIn(field, type)),
  };
}
