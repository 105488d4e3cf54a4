import type { FileDescriptorProto, FileDescriptorSet } from '@bufbuild/protobuf/wkt/google/protobuf/descriptor_pb.js';
import { protobuf } from './protobuf.js';

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
 * @throws Error where it is none
 */
export function readDescriptorSet(base64: string): DescriptorSet {
  const known = lately.get(base64);
  if (known !== undefined) return known;
  const { file } = decodeDescriptorSet(base64);
  const set: DescriptorSet = {
    methods: file.flatMap(methodsIn),
    messages: new Map(file.flatMap((each) => messagesBelow(each.messageType, each.package))),
  };
  lately.set(base64, set);
  if (lately.size > remembered) lately.delete(lately.keys().next().value!);
  return set;
}

/** Each route asks again what its service said, and to read a mebibyte takes a second. */
const lately = new Map<string, DescriptorSet>();

/** Of how many services. */
const remembered = 16;

/** @throws Error where it is none */
export const decodeDescriptorSet = (base64: string): FileDescriptorSet =>
  protobuf().fromBinary(protobuf().FileDescriptorSetSchema, Buffer.from(base64, 'base64'));

export const qualified = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`);

const methodsIn = ({ package: scope, service }: FileDescriptorProto): Method[] =>
  service.flatMap(({ name: owner, method }) =>
    method.map(({ name, inputType, clientStreaming, serverStreaming }) => ({
      name: `${qualified(scope, owner)}/${name}`,
      input: inputType.replace(/^\./, ''),
      takesStream: clientStreaming,
      answersStream: serverStreaming,
    })),
  );

type Message = FileDescriptorProto['messageType'][number];

/** Messages stand in files and in each other. */
const messagesBelow = (messages: readonly Message[], scope: string): (readonly [string, MessageField[]])[] =>
  messages.flatMap(({ name, field, nestedType }) => {
    const full = qualified(scope, name);
    return [[full, field.map(fieldOf)] as const, ...messagesBelow(nestedType, full)];
  });

function fieldOf({ name, jsonName, label, type }: Message['field'][number]): MessageField {
  const { FieldDescriptorProto_Label: Label, FieldDescriptorProto_Type: Type } = protobuf();
  return { name, jsonName, single: label !== Label.REPEATED && type !== Type.MESSAGE && type !== Type.GROUP };
}
