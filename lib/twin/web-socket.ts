import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455, 1.3: what a server adds to a client's key. */
const proof = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame is held until it is there as a whole: 1 MiB at most. */
const longest = 1 << 20;

/** Takes a connection over as a WebSocket: greets it, and repeats every message that it hears. */
export function repeatMessages(
  { headers }: { readonly headers: IncomingHttpHeaders },
  socket: Duplex,
  head: Buffer,
  greeting: string,
): void {
  const key = headers['sec-websocket-key'];
  if (key === undefined) return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  // A browser that names protocols wants one of them.
  const [protocol] = String(headers['sec-websocket-protocol'] ?? '').split(',');
  const accept = createHash('sha1').update(`${key}${proof}`).digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'upgrade: websocket',
      'connection: Upgrade',
      `sec-websocket-accept: ${accept}`,
      ...(protocol === undefined || protocol === '' ? [] : [`sec-websocket-protocol: ${protocol.trim()}`]),
      '\r\n',
    ].join('\r\n'),
  );
  socket.write(frameOf(opcodes.text, Buffer.from(greeting)));
  let rest = head;
  const take = (data: Buffer): void => {
    rest = Buffer.concat([rest, data]);
    for (let frame = firstIn(rest); frame !== undefined && !socket.writableEnded; frame = firstIn(rest)) {
      rest = rest.subarray(frame.length);
      answer(socket, frame);
    }
  };
  socket.on('data', take);
  socket.on('end', () => socket.end());
  take(Buffer.alloc(0));
}

interface Frame {
  /** Of all its bytes. */
  readonly length: number;
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

function answer(socket: Duplex, { opcode, payload, final }: Frame): void {
  if (opcode === opcodes.close) socket.end(frameOf(opcodes.close, payload));
  else if (opcode === opcodes.ping) socket.write(frameOf(opcodes.pong, payload));
  else if (opcode === opcodes.text || opcode === opcodes.binary || opcode === opcodes.continuation)
    socket.write(frameOf(opcode, payload, final));
  else if (opcode !== opcodes.pong) socket.end(closing(1_002));
}

/** The first frame in these bytes; undefined while it is not there as a whole. One that is no client's, or too long, is read as its end. */
function firstIn(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const begin = 2 + extended + 4;
  if (bytes.length < begin) return undefined;
  const size = extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const masked = (second & 0x80) !== 0;
  if (!masked || size > longest)
    return { length: bytes.length, final: true, opcode: opcodes.close, payload: codeOf(masked ? 1_009 : 1_002) };
  if (bytes.length < begin + size) return undefined;
  const mask = bytes.subarray(begin - 4, begin);
  const payload = Buffer.from(bytes.subarray(begin, begin + size).map((byte, index) => byte ^ mask[index % 4]!));
  return { length: begin + size, final: (first & 0x80) !== 0, opcode: first & 0x0f, payload };
}

/** A server's frame has no mask. */
function frameOf(opcode: number, payload: Buffer, final = true): Buffer {
  const first = (final ? 0x80 : 0) | opcode;
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload]);
  const head = Buffer.alloc(payload.length < 65_536 ? 4 : 10);
  head[0] = first;
  head[1] = head.length === 4 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(payload.length, 2);
  else head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

function codeOf(code: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return payload;
}

const closing = (code: number): Buffer => frameOf(opcodes.close, codeOf(code));
