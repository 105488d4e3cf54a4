import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect as session } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type ConnectionOptions, connect as secure } from 'node:tls';
import { type Bootstrap, compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { forged } from './forged.js';
import { asking, endHeaders, endStream, fields, frame, preface } from './frames.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: { timeout: '2s' } } },
      orders: { image: 'orders', listen: { protocol: 'http', port: 8080 } },
    },
    gateways: {
      web: { kind: 'http', auth: 'public', throttle: { rate: 10, burst: 10 }, routes: { 'ANY /{path+}': { to: 'orders' } } },
    },
  }),
);
const [client, orders] = ['client', 'orders'].map((name) => architecture.services.find((each) => each.name === name)!);
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let [front, local, inbound] = [0, 0, 0];
let seen: IncomingHttpHeaders[];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const server = createServer({ maxHeaderSize: 131_072 /* more than Envoys take */ }, (request, response) => {
    seen.push({ ...request.headers, method: request.method });
    response.end();
  });
  const app = await trial.listen(server);
  [front, local, inbound] = [trial.port(), trial.port(), trial.port()];
  const endpoints = () => ({ addresses: [at(inbound)] });
  await trial.start({
    ingress: compileIngress(architecture, trial.placement('ingress', { front: () => at(front), endpoints })),
    client: compileSidecar(architecture, client!.versions[0]!, trial.placement('client', { local: () => at(local), endpoints })),
    orders: impatient(
      compileSidecar(architecture, orders!.versions[0]!, trial.placement('orders', { inbound: at(inbound), app: at(app.port) })),
    ),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
});

/** Ten seconds are long for a test. */
function impatient(bootstrap: Bootstrap): Bootstrap {
  const text = JSON.stringify(bootstrap);
  expect(text).toContain('"transport_socket_connect_timeout":"10s"');
  return JSON.parse(text.replace('"transport_socket_connect_timeout":"10s"', '"transport_socket_connect_timeout":"0.5s"')) as Bootstrap;
}

/** The status that these bytes are answered with. */
const statusOf = (port: number, bytes: string): Promise<number> =>
  new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('error', failed).once('data', (answer) => {
      socket.destroy();
      done(Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString('latin1'))?.[1]));
    });
  });

const route = 'host: a\r\nx-edge-route: ANY /{path+}\r\n';
const get = (lines: string): string => `GET /menu HTTP/1.1\r\n${route}${lines}\r\n`;
const post = (lines: string, body: string): string => `POST /menu HTTP/1.1\r\n${route}${lines}\r\n\r\n${body}`;
const chunked = 'transfer-encoding: chunked';

describe.each([
  ['at the ingress', 'ingress', 'from/web', () => front],
  ["at the caller's sidecar", 'client', 'to/orders', () => local],
])('HTTP/1.1 %s', (_where, envoy, listener, port) => {
  test.each([
    ['two lengths', 400, post('content-length: 1\r\ncontent-length: 2', 'ab')],
    ['a length twice', 400, post('content-length: 2\r\ncontent-length: 2', 'ab')],
    ['a length with a sign', 400, post('content-length: +2', 'ab')],
    ['a length and chunks', 400, post(`content-length: 6\r\n${chunked}`, '0\r\n\r\nG')],
    ['chunks, then not', 501, post(`${chunked}\r\ntransfer-encoding: identity`, '0\r\n\r\n')],
    ['what only looks like chunks', 501, post('transfer-encoding: xchunked', '0\r\n\r\n')],
    ['a space before the colon', 400, post('transfer-encoding : chunked', '0\r\n\r\n')],
    ['NUL in a header', 400, get('x-a: b\0c\r\n')],
    ['NUL in the path', 400, `GET /menu\0 HTTP/1.1\r\n${route}\r\n`],
    ['a fragment', 400, `GET /menu#a HTTP/1.1\r\n${route}\r\n`],
    ['bytes beyond ASCII in the path', 400, `GET /men\xfc HTTP/1.1\r\n${route}\r\n`],
    ['a host in place of a path', 400, `GET evil:80 HTTP/1.1\r\n${route}\r\n`],
    ['another scheme', 400, `GET ftp://evil/menu HTTP/1.1\r\n${route}\r\n`],
    ['CONNECT', 404, `CONNECT evil:80 HTTP/1.1\r\n${route}\r\n`],
    ['OPTIONS of everything', 404, `OPTIONS * HTTP/1.1\r\n${route}\r\n`],
    ['a method that nobody knows', 400, `FOO /menu HTTP/1.1\r\n${route}\r\n`],
    ['an upgrade that is not declared', 403, get('connection: upgrade\r\nupgrade: websocket\r\n')],
    ['an older HTTP', 426, `GET /menu HTTP/1.0\r\n${route}\r\n`],
    ['no host', 400, 'GET /menu HTTP/1.1\r\nx-edge-route: ANY /{path+}\r\n\r\n'],
    ['an underscore in the name of a header', 400, get('x_edge_principal: root\r\n')],
    ['more than 100 headers', 431, get('x-a: b\r\n'.repeat(101))],
    ['more than 60 KiB of headers', 431, get(`x-a: ${'b'.repeat(61_440)}\r\n`)],
  ])('[safe-defaults] refuses %s with %i, and counts it', async (_what, status, bytes) => {
    const counters = `^http.${listener}.downstream_rq_[45]xx`;
    const count = async () => Object.values(await trial.statistics(envoy, counters)).reduce((sum, each) => sum + each, 0);
    const before = await count();
    expect(await statusOf(port(), bytes)).toBe(status);
    expect({ seen, counted: (await count()) - before }).toEqual({ seen: [], counted: 1 });
  });

  test('[safe-defaults] lines that are folded or end oddly are one header each for everyone behind', async () => {
    expect(await statusOf(port(), get('x-a: b\r\n x-edge-role: folded\r\nx-b: c\rx-edge-role: cut\r\n'))).toBe(200);
    expect(await statusOf(port(), get('').replaceAll('\r\n', '\n'))).toBe(200);
    expect(await statusOf(port(), get('connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n'))).toBe(200);
    expect(seen.flatMap((headers) => Object.keys(headers)).filter((name) => /role|upgrade|settings|connection/.test(name))).toEqual([]);
  });
});

test('[safe-defaults] the ingress speaks no HTTP/2, which no load balancer asks of it', async () => {
  expect(await statusOf(front, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe(400);
});

const counted = async (counter: string): Promise<number> => (await trial.statistics('orders', `^${counter}$`))[counter] ?? 0;

/** Waits until the counter of the callee's sidecar has grown. */
async function grown(counter: string, before: number): Promise<void> {
  while ((await counted(counter)) === before) await wait(20);
}

/** Connects as the client, or as it is said, and says these words once the connection is there. */
function dial(options: ConnectionOptions, speak: (socket: Socket) => void = () => {}): Socket {
  const own = trial.filesOf(client!.identity);
  const socket = secure({ port: inbound, host: '127.0.0.1', ...own, rejectUnauthorized: false, ALPNProtocols: ['h2'], ...options }, () =>
    speak(socket),
  );
  return socket.on('error', () => {}).resume();
}

describe('HTTP/2', () => {
  const open = frame('headers', endHeaders, 1, asking('POST'));
  const streams = (count: number, each: (stream: number) => Buffer[]) =>
    Buffer.concat(Array.from({ length: count }, (_, index) => each(2 * index + 1)).flat());
  const often = (count: number, one: Buffer) => Buffer.concat(Array.from({ length: count }, () => one));
  const reset = (stream: number) => frame('reset', 0, stream, Buffer.from([0, 0, 0, 8]));
  const request = (...more: [string, string][]) => frame('headers', endStream | endHeaders, 1, asking('GET', ...more));
  const beginning = frame('headers', endStream, 1, asking('GET'));

  test.each([
    [
      'requests that are taken back at once',
      'http.inbound.downstream_rq_too_many_premature_resets',
      // Of these, one may be on its way to the app before it is taken back.
      streams(1000, (id) => [frame('headers', 5, id, asking('POST')), reset(id)]),
    ],
    ['more than 100 requests at a time', 'http2.stream_refused_errors', streams(101, (id) => [frame('headers', 4, id, asking('POST'))])],
    [
      'headers without end',
      'http2.header_overflow',
      Buffer.concat([beginning, often(200, frame('continuation', 0, 1, fields([['a', 'b']])))]),
    ],
    ['empty headers without end', 'http2.inbound_empty_frames_flood', Buffer.concat([beginning, often(1000, frame('continuation', 0, 1))])],
    ['empty bodies without end', 'http2.inbound_empty_frames_flood', Buffer.concat([open, often(1000, frame('data', 0, 1))])],
    ['priorities without end', 'http2.inbound_priority_frames_flood', often(1000, frame('priority', 0, 3, Buffer.from([0, 0, 0, 1, 1])))],
    [
      'window updates without end',
      'http2.inbound_window_update_frames_flood',
      often(1000, frame('windowUpdate', 0, 0, Buffer.from([0, 0, 0, 1]))),
    ],
    ['a line break in a header', 'http2.rx_messaging_error', request(['x-a', 'b\r\nx-edge-principal: root'])],
    ['a colon in the name of a header', 'http2.rx_messaging_error', request(['x-edge-principal: root', 'b'])],
    ['a second path', 'http2.rx_messaging_error', request([':path', '/admin'])],
    ['headers of HTTP/1.1 connections', 'http2.rx_messaging_error', request(['connection', 'x-edge-principal'])],
    ['chunks', 'http2.rx_messaging_error', request(['transfer-encoding', 'chunked'])],
    [
      'a WebSocket that is not declared',
      'http2.rx_messaging_error',
      frame('headers', endHeaders, 1, asking('CONNECT', [':protocol', 'websocket'])),
    ],
  ])('[safe-defaults] a sidecar takes no harm from %s, nor does anybody else who asks', async (_what, counter, frames) => {
    const before = await counted(counter);
    const socket = dial({}, (it) => it.write(Buffer.concat([preface, frames])));
    const others = trial.send({ port: local, path: '/menu' });
    await grown(counter, before);
    expect(await others).toMatchObject({ status: 200 });
    expect(await trial.send({ port: local, path: '/menu' })).toMatchObject({ status: 200 });
    expect(seen.filter(({ method }) => method === 'GET')).toHaveLength(2);
    socket.destroy();
  });

  test('[safe-defaults] a sidecar offers 100 streams, 64 KiB a stream and 1 MiB a connection, and no WebSocket', async () => {
    const offered = session(`https://127.0.0.1:${inbound}`, { ...trial.filesOf(client!.identity), rejectUnauthorized: false });
    await new Promise((told) => offered.once('remoteSettings', told));
    await new Promise((done) => offered.ping(done));
    expect(offered.remoteSettings).toMatchObject({ maxConcurrentStreams: 100, initialWindowSize: 65_536, enableConnectProtocol: false });
    expect(offered.state.remoteWindowSize).toBe(1_048_576);
    offered.destroy();
  });
});

describe('a handshake', () => {
  const ssl = (counter: string) => `listener.inbound.ssl.${counter}`;
  const own = [{ type: 'url' as const, value: client!.identity }];
  const hour = 3_600_000;

  test.each([
    ['has expired', 'fail_verify_error', () => forged(trial.authority, own, { from: -2 * hour, until: -60_000 })],
    ['is not valid yet', 'fail_verify_error', () => forged(trial.authority, own, { from: hour, until: 2 * hour })],
    [
      'was signed by a service, with its own good certificate',
      'fail_verify_error',
      async () => forged(trial.authority, own, { by: await forged(trial.authority, [{ type: 'url', value: orders!.identity }]) }),
    ],
    ['is for servers alone', 'fail_verify_error', () => forged(trial.authority, own, { forServers: true })],
    ['says its name as a host', 'fail_verify_san', () => forged(trial.authority, [{ type: 'dns', value: client!.identity }])],
    [
      'has an identity with another inside',
      'fail_verify_san',
      () => forged(trial.authority, [{ type: 'url', value: `${orders!.identity};URI=${client!.identity}` }]),
    ],
  ])('[mutual-tls] a handshake with a certificate that %s is refused', async (_what, counter, make) => {
    const before = await counted(ssl(counter));
    const { cert, key } = await make();
    const socket = dial({ cert, key }, (it) => it.write(Buffer.concat([preface, frame('headers', 5, 1, asking('GET'))])));
    await grown(ssl(counter), before);
    socket.destroy();
    expect(seen).toEqual([]);
  });

  test('[mutual-tls] a handshake of TLS 1.2 is refused', async () => {
    const before = await counted(ssl('connection_error'));
    const socket = dial({ maxVersion: 'TLSv1.2' });
    await grown(ssl('connection_error'), before);
    socket.destroy();
  });

  test('[mutual-tls] a handshake leaves nothing to resume: each connection proves who it is', async () => {
    let tickets = 0;
    const again = session(`https://127.0.0.1:${inbound}`, { ...trial.filesOf(client!.identity), rejectUnauthorized: false });
    again.once('connect', () => again.socket.on('session', () => (tickets += 1)));
    await new Promise((done) => again.once('remoteSettings', () => again.ping(done)));
    expect(tickets).toBe(0);
    again.destroy();
  });

  test('[safe-defaults] a handshake that does not come is not waited for', async () => {
    const silent = connect(inbound, '127.0.0.1').resume();
    await new Promise((closed) => silent.on('close', closed));
    expect(await counted('listener.inbound.downstream_cx_transport_socket_connect_timeout')).toBe(1);
  });
});
