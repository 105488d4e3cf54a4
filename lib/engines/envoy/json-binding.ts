import type { FileDescriptorProto, MethodDescriptorProto, MethodOptions } from '@bufbuild/protobuf/wkt/google/protobuf/descriptor_pb.js';
import { decodeDescriptorSet, qualified } from '../../model/descriptor/descriptor-set.js';
import { protobuf } from '../../model/descriptor/protobuf.js';

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
  const { toBinary, FileDescriptorSetSchema } = protobuf();
  const set = decodeDescriptorSet(base64);
  for (const file of set.file) bind(file, bindings);
  set.file = needed(set.file);
  return Buffer.from(toBinary(FileDescriptorSetSchema, set)).toString('base64');
}

function bind(file: FileDescriptorProto, bindings: readonly JsonBinding[]): void {
  delete file.sourceCodeInfo;
  // Their options are left out, so who imports only what options are said with imports it no more. Others are known by their place among the imports.
  const ordered = file.publicDependency.length > 0 || file.weakDependency.length > 0;
  if (!ordered) file.dependency = file.dependency.filter((name) => name !== annotations);
  for (const service of file.service) {
    delete service.options;
    const bindingsOf = ({ name }: MethodDescriptorProto) =>
      bindings.filter(({ rpc }) => rpc === `${qualified(file.package, service.name)}/${name}`);
    service.method = service.method.filter((method) => bindingsOf(method).length > 0);
    for (const method of service.method) method.options = optionsOf(bindingsOf(method));
  }
  file.service = file.service.filter(({ method }) => method.length > 0);
}

/** No other options than these bindings, of which the first holds the others. */
function optionsOf([first, ...more]: readonly JsonBinding[]): MethodOptions {
  const { create, BinaryWriter, MethodOptionsSchema, WireType } = protobuf();
  const options = create(MethodOptionsSchema);
  const rule = new BinaryWriter();
  const write = ({ method, template }: JsonBinding): void => {
    rule.tag(httpRule[method], WireType.LengthDelimited).string(template);
    // A body is the whole message, but for what the path says; without one, the query says the rest.
    if (method !== 'GET' && method !== 'DELETE') rule.tag(httpRule.body, WireType.LengthDelimited).string('*');
  };
  rule.fork();
  write(first!);
  for (const binding of more) {
    rule.tag(httpRule.additional, WireType.LengthDelimited).fork();
    write(binding);
    rule.join();
  }
  options.$unknown = [{ no: httpOption, wireType: WireType.LengthDelimited, data: rule.join().finish() }];
  return options;
}

/** Files with services, and what they import, in the order in which they stand. */
function needed(files: readonly FileDescriptorProto[]): FileDescriptorProto[] {
  const wanted = new Set<string>();
  const want = (file: FileDescriptorProto | undefined): void => {
    if (file === undefined || wanted.has(file.name)) return;
    wanted.add(file.name);
    for (const name of file.dependency) want(files.find((each) => each.name === name));
  };
  for (const file of files) if (file.service.length > 0) want(file);
  return files.filter(({ name }) => wanted.has(name));
}
