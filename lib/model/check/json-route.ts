import type { DescriptorSet } from '../descriptor/descriptor-set.js';
import type { PathPattern } from '../path.js';
import { member, notAmong, show } from '../problem.js';
import { at, type Walk } from './walk.js';

/** The methods that `google.api.http` has words for. */
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What the template of `google.api.http` would read otherwise, such as the verb in `/orders:cancel`. */
const plainSegment = /^[A-Za-z0-9._~-]+$/;

/** The service that a route asks, as far as it can be told. */
export interface Asked {
  readonly to: string;
  readonly speaksGrpc: boolean;
  /** What its methods take; undefined where it does not say, or wrongly. */
  readonly descriptors: DescriptorSet | undefined;
  /** Whether it says so at all. */
  readonly described: boolean;
}

/** A route whose clients speak JSON: what its key and its service's descriptors have to say for the ingress to make gRPC of it. */
export function checkJsonRoute(
  walk: Walk,
  route: unknown,
  path: string,
  key: { method: string | undefined; path: PathPattern },
  asked: Asked | undefined,
): void {
  const rpc = at(route, 'rpc');
  if (typeof rpc !== 'string') return;
  const place = member(path, 'rpc');
  if (at(route, 'grpcWeb') !== undefined)
    walk.add(member(path, 'grpcWeb'), 'clients of a route speak JSON or gRPC-Web; remove this, or `rpc`');
  if (at(route, 'path') !== undefined)
    walk.add(member(path, 'path'), 'means nothing beside `rpc`, which says what the service sees; remove one of the two');
  if (key.method === undefined || !methods.includes(key.method))
    walk.add(path, `got ${key.method ?? 'ANY'}; a route with \`rpc\` is one of ${methods.join(', ')}`);
  if (asked === undefined) return;
  const { to, speaksGrpc, described, descriptors } = asked;
  if (!speaksGrpc) return walk.add(place, `${to} is no service that speaks grpc; remove this, or choose another target`);
  const service = member('services', to.split(':')[0]!);
  if (!described) return walk.add(place, `needs ${service}.descriptors, which say what ${rpc} takes and answers`);
  if (descriptors === undefined) return;
  const method = descriptors.methods.find(({ name }) => name === rpc);
  if (method === undefined) {
    const names = descriptors.methods.map(({ name }) => name);
    return walk.add(place, notAmong(rpc, `a method in ${service}.descriptors`, names));
  }
  if (method.takesStream)
    return walk.add(place, `${rpc} takes a stream of messages, and a request in JSON is one; choose a method that takes one`);
  checkParameters(walk, key.path, path, method.input, descriptors);
}

/** A path's parameters become fields of what the method takes. */
function checkParameters(walk: Walk, { text, segments }: PathPattern, path: string, input: string, { messages }: DescriptorSet): void {
  const odd = segments.find((segment) => segment.kind === 'literal' && !plainSegment.test(segment.value));
  if (odd?.kind === 'literal')
    walk.add(path, `got ${show(text)}; beside \`rpc\` a path has segments of letters, digits and ._~-, not ${show(odd.value)}`);
  const fields = messages.get(input) ?? [];
  for (const segment of segments) {
    if (segment.kind === 'literal') continue;
    const field = fields.find(({ name, jsonName }) => name === segment.name || jsonName === segment.name);
    const fillable = fields.filter(({ single }) => single).map(({ name }) => name);
    if (field === undefined) walk.add(path, `{${segment.name}}: ${notAmong(segment.name, `a field of ${input}`, fillable)}`);
    else if (!field.single) walk.add(path, `{${segment.name}} is a list or a message in ${input}; a path has one value for it`);
  }
}
