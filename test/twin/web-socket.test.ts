import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';

let twin: Twin;
beforeAll(async () => {
  twin = await up(
    resolve(
      defineArchitecture({
        name: 'talk',
        services: {
          client: { calls: { chat: {} } },
          chat: { listen: { protocol: 'http', port: 8080 }, routes: [{ match: { path: '/rooms/{room}' }, upgrade: 'websocket' }] },
        },
      }),
    ),
  );
});
afterAll(() => twin?.stop());

/** As a client: in a mask. */
function masked(opcode: number, text: string, final = true): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0, 0x80 | payload.length])
      : Buffer.from([0, 0x80 | 126, payload.length >> 8, payload.length & 255]);
  head[0] = (final ? 0x80 : 0) | opcode;
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4]!)]);
}

interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket?: Duplex;
  /** What was said, as opcode and text. */
  readonly heard: [number, string][];
}

/** Asks as the client's app. */
function open(path: string, headers: Record<string, string> = {}): Promise<Opened> {
  const heard: [number, string][] = [];
  return new Promise((settle, fail) => {
    const sent = request({
      host: '127.0.0.1',
      port: twin.instance('client').localPorts.get('chat'),
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    sent.on('error', fail);
    sent.on('response', (answer) => {
      answer.resume();
      settle({ status: answer.statusCode ?? 0, headers: answer.headers, heard });
    });
    sent.on('upgrade', (answer, socket, head) => {
      let rest = head;
      const take = (data: Buffer) => {
        rest = Buffer.concat([rest, data]);
        while (rest.length >= 2) {
          const long = rest[1] === 126 ? 2 : 0;
          if (rest.length < 2 + long) return;
          const size = long === 0 ? rest[1]! : rest.readUInt16BE(2);
          if (rest.length < 2 + long + size) return;
          heard.push([rest[0]!, rest.subarray(2 + long, 2 + long + size).toString()]);
          rest = rest.subarray(2 + long + size);
        }
      };
      socket.on('data', take).on('error', () => {});
      take(Buffer.alloc(0));
      settle({ status: answer.statusCode ?? 0, headers: answer.headers, socket, heard });
    });
    sent.end();
  });
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await wait(25);
};

test('a stub takes a WebSocket through both sidecars, says who called, and repeats what it hears', async () => {
  const { status, headers, socket, heard } = await open('/rooms/7', { 'sec-websocket-protocol': 'talk, other' });
  expect({ status, protocol: headers['sec-websocket-protocol'] }).toEqual({ status: 101, protocol: 'talk' });
  expect(headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo='); // RFC 6455, 1.3
  await until(() => heard.length === 1);
  expect(JSON.parse(heard[0]![1])).toEqual({
    service: 'chat',
    instance: 1,
    path: '/rooms/7',
    calledBy: 'spiffe://talk.local.mesh.internal/svc/client',
  });
  const long = 'long '.repeat(100);
  socket!.write(Buffer.concat([masked(1, 'hello'), masked(9, 'there?'), masked(1, 'in ', false), masked(0, 'parts'), masked(1, long)]));
  await until(() => heard.length === 6);
  expect(heard.slice(1)).toEqual([
    [0x81, 'hello'],
    [0x8a, 'there?'],
    [0x01, 'in '],
    [0x80, 'parts'],
    [0x81, long],
  ]);
  const closed = new Promise((done) => socket!.once('close', done));
  socket!.write(masked(8, '\u0003\u00e8'));
  await closed;
  expect(heard).toHaveLength(7);
  expect(heard[6]![0]).toBe(0x88);
});

test('a frame without a mask, which no client sends, ends it', async () => {
  const { socket, heard } = await open('/rooms/7');
  const closed = new Promise((done) => socket!.once('close', done));
  socket!.write(Buffer.from([0x81, 5, ...Buffer.from('hello')]));
  await closed;
  expect(heard.map(([opcode]) => opcode)).toEqual([0x81, 0x88]);
});

test('killed, it ends; made to fail, it says so; elsewhere a request is one like others', async () => {
  const { socket } = await open('/rooms/7');
  const closed = new Promise((done) => socket!.once('close', done));
  await twin.instance('chat').stopApp();
  await closed;
  await twin.instance('chat').startApp();
  twin.instance('chat').failApp(503);
  expect(await open('/rooms/7')).toMatchObject({ status: 503 });
  twin.instance('chat').failApp(undefined);
  expect((await open('/elsewhere')).status).not.toBe(101);
});
