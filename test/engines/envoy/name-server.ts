import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';

/** Seconds that an answer may be kept. */
const ttl = 1;

/** A name server on 127.0.0.1 that answers every name with the addresses that it is told. */
export class NameServer {
  addresses: readonly string[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('message', (query, { port, address }) => socket.send(this.answer(query), port, address));
  }

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket);
  }

  /** `typed_dns_resolver_config` of an Envoy that asks it, and nobody else. */
  get resolver(): JsonObject {
    return {
      name: 'envoy.network.dns_resolver.cares',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
        resolvers: [{ socket_address: { address: '127.0.0.1', port_value: this.socket.address().port } }],
        dns_resolver_options: { no_default_search_domain: true },
      },
    };
  }

  stop(): void {
    this.socket.close();
  }

  /** RFC 1035: 12 bytes of header, the question as it was asked, and for type A (1) a record for each address; none for other types. */
  private answer(query: Buffer): Buffer {
    let end = 12;
    while (query[end] !== 0) end += query[end]! + 1;
    const question = query.subarray(12, end + 5);
    const found = query.readUInt16BE(end + 1) === 1 ? this.addresses : [];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8580, 2); // an answer, with authority
    for (const [at, count] of [1, found.length, 0, 0].entries()) header.writeUInt16BE(count, 4 + 2 * at);
    const record = (address: string) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, ttl, 0, 4, ...address.split('.').map(Number)]);
    return Buffer.concat([header, question, ...found.map(record)]);
  }
}
