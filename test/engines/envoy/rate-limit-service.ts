import { createServer, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { answerGrpc } from '../../../lib/twin/grpc.js';

type Entry = readonly [key: string, value: string];
interface Descriptor {
  readonly key: string;
  readonly value?: string;
  readonly rate_limit?: { readonly requests_per_unit: number };
  readonly descriptors?: readonly Descriptor[];
}
interface Configuration {
  readonly domain: string;
  readonly descriptors: readonly Descriptor[];
}

/**
 * Speaks the protocol of the rate limit service (`envoy.service.ratelimit.v3`) and counts by its configuration, as the real one does, in a window that never
 * ends. The real one, with Redis, is run by `npm run test:engines`.
 */
export class RateLimitService {
  private readonly counts = new Map<string, number>();
  private readonly configuration: Configuration;
  /** How often it was asked since somebody last set this. */
  asked = 0;
  /** What it does when it is asked. */
  mood: 'counts' | 'fails' | 'is silent' = 'counts';

  constructor(configuration: string) {
    this.configuration = parse(configuration) as Configuration;
  }

  readonly server = createServer().on('stream', (stream) => {
    stream.on('error', () => {}); // whoever asked has gone
    void this.answer(stream);
  });

  private async answer(stream: ServerHttp2Stream): Promise<void> {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => stream.on('end', resolve));
    this.asked += 1;
    if (this.mood === 'is silent') return void (await wait(60_000, undefined, { ref: false }));
    if (this.mood === 'fails') return answerGrpc(stream, 500, '');
    answerGrpc(stream, 200, this.admits(Buffer.concat(chunks).subarray(5)) ? '\b\u0001' : '\b\u0002'); // field 1: OK or OVER_LIMIT
  }

  /** Counts for every descriptor, also where another one is exhausted. */
  private admits(request: Buffer): boolean {
    const [, domain] = fieldsOf(request).find(([field]) => field === 1)!;
    if (domain.toString() !== this.configuration.domain) return true;
    const descriptors = fieldsOf(request).filter(([field]) => field === 2);
    return descriptors.map(([, descriptor]) => this.counted(entriesOf(descriptor))).every(Boolean);
  }

  private counted(entries: readonly Entry[]): boolean {
    let level: readonly Descriptor[] | undefined = this.configuration.descriptors;
    let found: Descriptor | undefined;
    for (const [key, value] of entries) {
      found = level?.find((each) => each.key === key && (each.value === undefined || each.value === value));
      level = found?.descriptors;
    }
    if (found?.rate_limit === undefined) return true;
    const id = JSON.stringify(entries);
    const count = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, count);
    return count <= found.rate_limit.requests_per_unit;
  }
}

const entriesOf = (descriptor: Buffer): Entry[] =>
  fieldsOf(descriptor).map(([, entry]) => {
    const [key, value] = fieldsOf(entry).map(([, text]) => text.toString());
    return [key!, value!];
  });

/** The texts and messages in a message of protobuf, with the numbers of their fields. */
function fieldsOf(message: Buffer): (readonly [field: number, value: Buffer])[] {
  const found: (readonly [number, Buffer])[] = [];
  for (let at = 0; at < message.length; ) {
    const [tag, content] = varint(message, at);
    const [size, start] = varint(message, content);
    const isText = (tag & 7) === 2;
    if (isText) found.push([tag >> 3, message.subarray(start, start + size)]);
    at = isText ? start + size : start;
  }
  return found;
}

function varint(message: Buffer, start: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = start; ; at += 1) {
    value += (message[at]! & 127) << (7 * (at - start));
    if (message[at]! < 128) return [value, at + 1];
  }
}
