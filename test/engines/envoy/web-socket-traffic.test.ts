import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { chat: { timeout: '300ms' } } },
      chat: {
        image: 'chat',
        listen: { protocol: 'http', port: 8080 },
        routes: [{ match: { path: '/rooms/{room}' }, upgrade: 'websocket', idle: '900ms' }],
      },
    },
  }),
);
const [chat, client] = architecture.services;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
let inbound: number;
let seen: IncomingMessage[];

/** What a server answers to a key (RFC 6455, 4.2.2). */
const accepted = (key: string): string => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

beforeAll(async () => {
  trial = await Trial.of(architecture);
  [local, inbound] = [trial.port(), trial.port()];
  const server = createServer((incoming, response) => {
    seen.push(incoming);
    response.end('no socket');
  });
  // Repeats what it hears. The bytes of frames are the affair of the ends.
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
    seen.push(incoming);
    const accept = accepted(incoming.headers['sec-websocket-key']!);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', (data) => socket.write(data)).on('error', () => {});
  });
  const app = await trial.listen(server);
  await trial.start({
    client: compileSidecar(
      architecture,
      client!.versions[0]!,
      trial.placement('client', { local: () => at(local), endpoints: () => ({ addresses: [at(inbound)] }) }),
    ),
    chat: compileSidecar(architecture, chat!.versions[0]!, trial.placement('chat', { inbound: at(inbound), app: at(app.port) })),
  });
});

afterAll(() => trial.stop());
beforeEach(() => (seen = []));

interface Opened {
  readonly status: number;
  readonly socket?: Socket;
  readonly accept?: string | undefined;
}

/** Asks for a WebSocket as a browser does. */
function open(path: string, upgrade = 'websocket'): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade, 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
    const sent = request({ host: '127.0.0.1', port: local, path, headers, agent: false });
    sent.on('upgrade', (answer, socket: Socket) => {
      socket.on('error', () => {});
      resolve({ status: answer.statusCode!, socket, accept: answer.headers['sec-websocket-accept'] as string });
    });
    sent.on('response', (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode! });
    });
    sent.on('error', reject);
    sent.end();
  });
}

const heard = (socket: Socket): Promise<string> =>
  new Promise((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));

test('[websocket] a WebSocket passes both sidecars, longer than any timeout', async () => {
  const { status, socket, accept } = await open('/rooms/blue');
  expect({ status, accept }).toEqual({ status: 101, accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' });
  for (const word of ['one', 'two', 'three']) {
    socket!.write(word);
    expect(await heard(socket!)).toBe(word);
    await wait(300); // the whole timeout of the call, each time
  }
  socket!.destroy();
  expect(seen).toMatchObject([{ url: '/rooms/blue', method: 'GET', headers: { upgrade: 'websocket' } }]);
  const counted = await trial.statistics('chat', 'http.inbound.downstream_cx_upgrades_total|cluster.local/app.upstream_cx_http1_total');
  expect(counted).toMatchObject({ 'http.inbound.downstream_cx_upgrades_total': 1 });
});

test('[websocket] one that falls silent is closed', async () => {
  const { socket } = await open('/rooms/blue', 'WebSocket');
  const start = performance.now();
  await new Promise((resolve) => socket!.resume().once('close', resolve));
  const took = performance.now() - start;
  expect([took > 800, took < 2_500]).toEqual([true, true]);
});

test.each([
  ['another path', '/elsewhere', 'websocket'],
  ['another protocol', '/rooms/blue', 'h2c'],
])('[websocket] %s becomes none', async (_what, path, upgrade) => {
  expect((await open(path, upgrade)).socket).toBeUndefined();
  expect(seen.filter(({ headers }) => headers.upgrade !== undefined)).toEqual([]);
});

test('[websocket] an ordinary request of the same path has its timeout', async () => {
  expect(await trial.send({ port: local, path: '/rooms/blue' })).toMatchObject({ status: 200, body: 'no socket' });
  expect(seen).toMatchObject([{ headers: { 'x-envoy-expected-rq-timeout-ms': '300' } }]);
});
