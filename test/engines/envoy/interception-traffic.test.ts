import { createServer as createHttpServer, request } from 'node:http';
import { connect } from 'node:http2';
import { createServer, connect as dial } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as secure, createServer as secureServer } from 'node:tls';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve } from '../../../lib/index.js';
import { Ports } from '../../../lib/twin/ports.js';
import { type Asked, Trial } from './trial.js';

/**
 * What is told of an intercepted connection, and what becomes of it. A connection that nobody redirected is for the port where it arrives, so each callee here
 * listens where its caller's sidecar takes what is redirected. That the network does redirect is proven by interception.engine.test.ts.
 */
const architectureAt = (requests: number, bytes: number, names: number): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        shop: { image: 'shop', interception: true, calls: { pricing: { timeout: '400ms' }, stock: {}, saas: {} } },
        teller: { image: 'teller', interception: true, calls: { ledger: {} } },
        agent: { image: 'agent', interception: true, calls: { bank: {} }, consumes: ['jobs'] },
        pricing: { image: 'pricing', listen: { protocol: 'http', port: requests }, access: { shop: ['GET /{rest+}'] } },
        stock: {
          image: 'stock',
          listen: { protocol: 'http', port: requests },
          routes: [{ match: { path: '/live' }, upgrade: 'websocket' }],
        },
        ledger: { image: 'ledger', listen: { protocol: 'tcp', port: bytes } },
      },
      external: {
        saas: { protocol: 'http', host: 'SaaS.example', port: requests },
        bank: { protocol: 'tls', host: 'Bank.example', port: names },
        jobs: { protocol: 'https', kind: 'queue', host: 'jobs.example', port: names },
      },
    }),
  );
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let requests: number;
let bytes: number;
let names: number;

beforeAll(async () => {
  const ports = await Ports.reserve(3);
  [requests, bytes, names] = [ports.take(), ports.take(), ports.take()];
  const architecture = architectureAt(requests, bytes, names);
  trial = await Trial.of(architecture);
  const find = (name: string) => architecture.services.find((each) => each.name === name)!;
  const inbounds = Object.fromEntries(['pricing', 'stock', 'ledger'].map((name) => [name, trial.port()]));
  const locals = Object.fromEntries(architecture.calls.map(({ callee }) => [callee, trial.port()]));
  const web = (name: string) =>
    trial.app(async (request, response) => {
      await wait(request.url === '/slow' ? 800 : 0);
      const { host, 'x-forwarded-client-cert': caller } = request.headers;
      response.end(JSON.stringify({ name, host, caller, path: request.url }));
    });
  const live = createHttpServer((asked, response) =>
    response.end(JSON.stringify({ name: 'stock', host: asked.headers.host, caller: asked.headers['x-forwarded-client-cert'] })),
  );
  live.on('upgrade', (_, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\nlive'),
  );
  const speaking = (name: string) => createServer((socket) => socket.on('error', () => {}).end(`${name}\n`));
  const files = trial.filesOf(find('agent').identity);
  const secret = (name: string) => secureServer(files, (socket) => socket.on('error', () => {}).end(`${name}\n`));
  const apps = {
    pricing: await web('pricing'),
    stock: await trial.listen(live),
    ledger: await trial.listen(speaking('ledger')),
    saas: await web('saas'),
    bank: await trial.listen(secret('bank')),
    jobs: await trial.listen(secret('jobs')),
  };
  const callee = (name: 'pricing' | 'stock' | 'ledger') =>
    compileSidecar(
      architecture,
      find(name).versions[0]!,
      trial.placement(name, { inbound: at(inbounds[name]!), app: at(apps[name].port) }),
    );
  const caller = (name: string, port: number) =>
    compileSidecar(
      architecture,
      find(name).versions[0]!,
      trial.placement(name, {
        interception: { address: at(port), hosts: ({ to }) => [to, `${to}.trial.internal`] },
        local: (call) => at(locals[call.callee]!),
        endpoints: ({ service }) => ({ addresses: [at(inbounds[service]!)] }),
        external: ({ name: external, host }) => ({
          addresses: [at(apps[external as 'saas'].port)],
          sni: host!,
          roots: { filename: trial.authority.roots },
        }),
      }),
    );
  await ports.release();
  await trial.start({
    shop: caller('shop', requests),
    teller: caller('teller', bytes),
    agent: caller('agent', names),
    pricing: callee('pricing'),
    stock: callee('stock'),
    ledger: callee('ledger'),
  });
});

afterAll(() => trial.stop());

const ask = (host: string, asked: Partial<Asked> = {}) => trial.send({ port: requests, path: '/a?b=c', ...asked, headers: { host } });
const answer = async (host: string, asked: Partial<Asked> = {}) => {
  const { status, body } = await ask(host, asked);
  return { status, ...(JSON.parse(body) as object) };
};
const count = async (envoy: string, counter: string): Promise<number | undefined> => (await trial.statistics(envoy, counter))[counter];

/** What comes until the end, or `closed`. */
const heard = (socket: ReturnType<typeof dial>): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => (text += data.toString()));
    socket.on('close', () => resolve(text.trim() || 'closed'));
  });
const byTls = (servername: string) => heard(secure({ ...at(names), host: '127.0.0.1', servername, rejectUnauthorized: false }));

test('[interception] callees at one port are told apart by the host that a request names, with and without port and namespace', async () => {
  const caller = 'URI=spiffe://trial.local.mesh.internal/svc/shop';
  for (const host of ['pricing', `pricing:${requests}`, 'pricing.trial.internal', `Pricing.trial.internal:${requests}`])
    expect(await answer(host)).toEqual({
      status: 200,
      name: 'pricing',
      host: 'pricing',
      caller: expect.stringContaining(caller),
      path: '/a?b=c',
    });
  expect(await answer('stock')).toMatchObject({ name: 'stock', host: 'stock', caller: expect.stringContaining(caller) });
  expect(await answer(`saas.example:${requests}`)).toEqual({ status: 200, name: 'saas', host: `SaaS.example:${requests}`, path: '/a?b=c' });
});

test("[interception] what is intercepted is the call: its timeout holds, its callee's access rules hold, and it counts with it", async () => {
  const counted = async () => (await count('shop', 'http.to/pricing.downstream_rq_completed')) ?? 0;
  const before = await counted();
  expect((await ask('pricing', { path: '/slow' })).status).toBe(504);
  expect(await ask('pricing', { method: 'POST' })).toMatchObject({ status: 403, body: 'RBAC: access denied' });
  expect((await counted()) - before).toBe(2);
});

test('[interception] HTTP/2 is passed on as it came, and so is a WebSocket', async () => {
  const session = connect(`http://127.0.0.1:${requests}`);
  const status = (authority: string) =>
    new Promise((resolve) => {
      const stream = session.request({ ':path': '/a', ':authority': authority });
      stream.on('response', (headers) => resolve(headers[':status']));
      stream.resume();
    });
  expect([await status(`pricing:${requests}`), await status('evil.example')]).toEqual([200, 403]);
  session.destroy();
  const headers = {
    host: 'stock',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'AQIDBAUGBwgJCgsMDQ4PEA==',
    'sec-websocket-version': '13',
  };
  const word = new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port: requests, path: '/live', headers });
    asked.on('response', ({ statusCode }) => resolve(statusCode));
    asked.on('upgrade', (_, socket, head) => {
      if (head.length > 0) resolve(head.toString());
      socket.on('data', (data: Buffer) => resolve(data.toString())).on('error', () => {});
    });
    asked.end();
  });
  expect(await word).toBe('live');
});

test('[interception] a host that no call is declared for is 403, counted and logged with what was asked', async () => {
  const before = (await count('shop', `http.intercepted/${requests}.no_route`)) ?? 0;
  for (const host of ['evil.example', 'ledger', 'pricing.evil.example'])
    expect(await ask(host)).toMatchObject({ status: 403, body: 'not declared: no call leads to this host\n' });
  expect(await count('shop', `http.intercepted/${requests}.no_route`)).toBe(before + 3);
  const line = await trial.loggedWhere(['shop'], { listener: `intercepted/${requests}`, host: 'evil.example' });
  expect(line).toMatchObject({ refused: 'not declared', destination: `127.0.0.1:${requests}`, method: 'GET', path: '/a', flags: 'NR' });
});

/** The status of a request as it is written, byte for byte. */
const written = (...lines: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = dial(requests, '127.0.0.1').on('error', reject);
    socket.once('data', (data: Buffer) => {
      resolve(Number(data.toString().split(' ')[1]));
      socket.destroy();
    });
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });

test.each([
  ['the host of a whole address is meant, not the header', 403, ['GET http://evil.example/a HTTP/1.1', 'Host: pricing']],
  ['and the other way round', 200, ['GET http://pricing/a HTTP/1.1', 'Host: evil.example']],
  ['a tunnel is no request', 403, ['CONNECT pricing:443 HTTP/1.1', 'Host: pricing:443']],
  ['nor is one beside a declared host', 403, ['CONNECT evil.example:443 HTTP/1.1', 'Host: pricing']],
  ['two hosts are none', 403, ['GET /a HTTP/1.1', 'Host: pricing', 'Host: evil.example']],
  ['nor is a list of them', 400, ['GET /a HTTP/1.1', 'Host: pricing, evil.example']],
  ['nor a user at a host', 403, ['GET /a HTTP/1.1', 'Host: evil.example@pricing']],
  ['nor none', 403, ['GET /a HTTP/1.1', 'Host:']],
  ['nor a name with a dot at its end', 403, ['GET /a HTTP/1.1', 'Host: pricing.']],
  ['HTTP/1.0 is too old', 426, ['GET /a HTTP/1.0', 'Host: pricing']],
  ['HTTP/2 is not asked for by HTTP/1.1', 200, ['GET /a HTTP/1.1', 'Host: pricing', 'Connection: Upgrade', 'Upgrade: h2c']],
  ['a body has one length', 400, ['POST /a HTTP/1.1', 'Host: pricing', 'Content-Length: 4', 'Transfer-Encoding: chunked', '', '0']],
])('[interception] however it is written, a request reaches what is declared: %s', async (_, status, lines) => {
  expect(await written(...lines)).toBe(status);
});

test('[interception] TCP is told by its port alone, and a server that speaks first is heard', async () => {
  expect(await heard(dial(bytes, '127.0.0.1'))).toBe('ledger');
  expect(await count('ledger', 'listener.inbound.ssl.handshake')).toBeGreaterThan(0);
});

test("[interception] the app's own TLS passes to whom it names: what is called, and queues; nobody else", async () => {
  expect(await byTls('bank.example')).toBe('bank');
  expect(await byTls('jobs.example')).toBe('jobs');
  const before = (await count('agent', 'listener.intercepted.no_filter_chain_match'))!;
  expect(await byTls('evil.example')).toBe('closed');
  expect(await count('agent', 'listener.intercepted.no_filter_chain_match')).toBe(before + 1);
  const line = await trial.loggedWhere(['agent'], { listener: 'intercepted', name: 'evil.example' });
  expect(line).toMatchObject({ refused: 'not declared', destination: `127.0.0.1:${names}`, flags: 'NR' });
});
