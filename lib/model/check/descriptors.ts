import { type DescriptorSet, readDescriptorSet } from '../descriptor/descriptor-set.js';
import { protobuf } from '../descriptor/protobuf.js';
import { member } from '../problem.js';
import { at, entries, type Walk } from './walk.js';

const howTo = 'allowed: the file that `protoc --include_imports --descriptor_set_out=FILE` writes, in base64';

/** A service's descriptors are such, and it has a listener that speaks gRPC. */
export function checkDescriptors(walk: Walk, service: unknown, name: string, path: string): void {
  const written = at(service, 'descriptors');
  if (typeof written !== 'string' || walk.hasWithin(member(path, 'descriptors'))) return;
  const place = member(path, 'descriptors');
  const listeners = [at(service, 'listen'), ...entries(at(service, 'ports')).map(([, listen]) => listen)];
  if (!listeners.some((listen) => at(listen, 'protocol') === 'grpc'))
    return walk.add(place, `are of gRPC, and ${name} has no listener that speaks it; remove this, or say \`protocol: 'grpc'\``);
  const read = descriptorsIn(service);
  if (typeof read === 'string') walk.add(place, `are no FileDescriptorSet: ${read}; ${howTo}`);
  else if (read !== undefined && read.methods.length === 0) walk.add(place, `describe no service of gRPC; ${howTo}`);
}

/** What a service says of its methods; undefined where it says nothing, a text where it cannot be read. */
export function descriptorsIn(service: unknown): DescriptorSet | string | undefined {
  const written = at(service, 'descriptors');
  if (typeof written !== 'string') return undefined;
  protobuf(); // that it is not installed says nothing of the text
  try {
    return readDescriptorSet(written);
  } catch (error) {
    return (error as Error).message;
  }
}
