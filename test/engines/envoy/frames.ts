const types = { data: 0, headers: 1, priority: 2, reset: 3, settings: 4, ping: 6, windowUpdate: 8, continuation: 9 };

/** HTTP/2 byte for byte, for what no well-behaved client writes. */
export const preface = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame('settings', 0, 0)]);

/** For `flags` of headers: nothing follows the headers, no further frame of headers follows. */
export const [endStream, endHeaders] = [1, 4];

export function frame(type: keyof typeof types, flags: number, stream: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(body.length, 0, 3);
  head.writeUInt8(types[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, body]);
}

/** A header as it is, neither indexed nor compressed (HPACK); the value has less than 127 bytes. */
const literal = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]);

export const fields = (headers: readonly (readonly [string, string])[]): Buffer =>
  Buffer.concat(headers.map(([name, value]) => literal(name, value)));

/** The headers of a request to `/orders/1`, and further ones. */
export const asking = (method: string, ...more: readonly (readonly [string, string])[]): Buffer =>
  fields([[':method', method], [':scheme', 'https'], [':path', '/orders/1'], [':authority', 'orders'], ...more]);
