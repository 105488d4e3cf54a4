import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { createSigningKey, keySetOf } from '../../../lib/twin/signing-key.js';
import { quotesDescriptors } from './descriptors/index.js';
import { type Answer, Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      quotes: {
        image: 'quotes',
        listen: { protocol: 'grpc', port: 9090 },
        descriptors: quotesDescriptors,
        routes: [{ match: { rpc: 'acme.Quotes/Drop' }, timeout: '300ms', retries: false }],
        access: { gateways: { allow: ['POST /acme.Quotes/Get', 'POST /acme.Quotes/List', 'POST /acme.Quotes/Drop'] } },
      },
    },
    authorizers: { members: { kind: 'jwt', issuer: 'https://login.example/', audience: ['quotes'] } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        routes: {
          'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
          'POST /quotes': { to: 'quotes', rpc: 'acme.Quotes/Get' },
          'PUT /named/{fullName}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
          'GET /all/{prefix+}': { to: 'quotes', rpc: 'acme.Quotes/List' },
          'DELETE /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Drop' },
          'GET /mine/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get', auth: 'members' },
        },
      },
    },
  }),
);
const [quotes] = architecture.services;
const at = (port: number) => ({ address: '127.0.0.1', port });

/** A message on the wire: not compressed, its length, itself. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A text as the field of this number. */
const text = (number: number, value: string): Buffer => Buffer.from([number * 8 + 2, value.length, ...Buffer.from(value)]);

/** A Quote of so many cents. */
const quote = (sku: string, cents: number): Buffer => Buffer.concat([text(1, sku), Buffer.from([0x10, cents])]);

interface Seen {
  readonly request: string;
  readonly type: string | undefined;
  readonly message: Buffer;
}

let trial: Trial;
let front: number;
let seen: Seen[];
let say: (stream: ServerHttp2Stream) => void;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  front = trial.port();
  const inbound = trial.port();
  const server = createServer();
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {}); // whoever asked has gone
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const message = Buffer.concat(chunks).subarray(5);
      seen.push({ request: `${headers[':method']} ${headers[':path']}`, type: headers['content-type'], message });
      say(stream);
    });
  });
  const app = await trial.listen(server);
  const jwks = keySetOf(await createSigningKey());
  await trial.start({
    ingress: compileIngress(
      architecture,
      trial.placement('ingress', { front: () => at(front), endpoints: () => ({ addresses: [at(inbound)] }), keys: () => ({ jwks }) }),
    ),
    quotes: compileSidecar(architecture, quotes!.versions[0]!, trial.placement('quotes', { inbound: at(inbound), app: at(app.port) })),
  });
});

afterAll(() => trial.stop());

/** Answers with these messages, and then a status. */
const messages =
  (...each: readonly Buffer[]) =>
  (stream: ServerHttp2Stream, status = 0): void => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
    stream.end(Buffer.concat(each.map(framed)));
  };

beforeEach(() => {
  seen = [];
  say = messages(quote('a7', 5));
});

/** As API Gateway passes on a client's request for a route. */
function ask(route: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const method = route.slice(0, route.indexOf(' '));
  return trial.send({
    port: front,
    method,
    path,
    headers: { 'x-edge-route': route, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

const refusedCounter = 'http.from/web.downstream_rq_4xx';
const refused = async (): Promise<number> => Number((await trial.statistics('ingress', `^${refusedCounter}$`))[refusedCounter]);

test('[grpc-json] a body of JSON is the message, and the answer is JSON', async () => {
  const { status, headers, body } = await ask('POST /quotes', '/quotes', '{"sku":"k","fullName":"n"}');
  expect({ status, type: headers['content-type'], body: JSON.parse(body) as unknown }).toEqual({
    status: 200,
    type: 'application/json',
    body: { sku: 'a7', cents: '5' },
  });
  const message = Buffer.concat([text(1, 'k'), text(5, 'n')]);
  expect(seen).toEqual([{ request: 'POST /acme.Quotes/Get', type: 'application/grpc', message }]);
});

test('[grpc-json] a path and a query are fields of the message, whatever an annotation of the method says', async () => {
  expect((await ask('GET /quotes/{sku}', '/quotes/a%20b?count=3&buyer.name=bo&tag=x&tag=y')).status).toBe(200);
  expect((await ask('PUT /named/{fullName}', '/named/Ann', '{"sku":"k"}')).status).toBe(200);
  const [byQuery, byBody] = seen.map(({ message }) => message.toString('latin1'));
  for (const field of [text(1, 'a b'), Buffer.from([0x10, 3]), text(3, '\n\x02bo'), text(4, 'x'), text(4, 'y')])
    expect(byQuery).toContain(field.toString('latin1'));
  for (const field of [text(1, 'k'), text(5, 'Ann')]) expect(byBody).toContain(field.toString('latin1'));
});

test('[grpc-json] a stream of answers is a list, and the rest of a path is one value', async () => {
  say = messages(quote('a', 1), quote('b', 2));
  expect(JSON.parse((await ask('GET /all/{prefix+}', '/all/x/y')).body)).toEqual([
    { sku: 'a', cents: '1' },
    { sku: 'b', cents: '2' },
  ]);
  expect(seen.map(({ request, message }) => [request, message])).toEqual([['POST /acme.Quotes/List', text(1, 'x/y')]]);
});

test.each([
  [3, 400],
  [5, 404],
  [7, 403],
  [8, 429],
  [13, 500],
  [14, 503],
  [16, 401],
])('[grpc-json] status %i of gRPC is %i, with its words', async (grpc, http) => {
  say = (stream) =>
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': grpc, 'grpc-message': 'not so' },
      { endStream: true },
    );
  const { status, body } = await ask('GET /quotes/{sku}', '/quotes/a');
  expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: http, body: { code: grpc, message: 'not so' } });
});

test.each([
  ['JSON that ends early', 'POST /quotes', '/quotes', '{"sku":'],
  ['a list', 'POST /quotes', '/quotes', '[1]'],
  ['a text for a number', 'POST /quotes', '/quotes', '{"count":"many"}'],
  ['a parameter that is no field', 'GET /quotes/{sku}', '/quotes/a?nope=1', undefined],
  ['a value that its field cannot have', 'GET /quotes/{sku}', '/quotes/a?count=many', undefined],
])('[grpc-json] %s is a 400 of the ingress, which says so in its log, and the service gets no message', async (_, route, path, body) => {
  const id = `wrong-${path}-${body}`;
  const before = await refused();
  expect((await ask(route, path, body, { 'x-request-id': id })).status).toBe(400);
  expect(seen).toEqual([]);
  const { detail } = await trial.logged(['ingress'], id);
  expect(detail).toMatch(/grpc_json_transcode_failure\{INVALID_ARGUMENT\}$/);
  expect(await refused()).toBe(before + 1);
});

test.each([
  ['GET /quotes/{sku}', '/quotes/a?sku=b', undefined],
  ['GET /quotes/{sku}', '/quotes/a?count=3&%73%6B%75=b', undefined],
  ['PUT /named/{fullName}', '/named/Ann?fullName=Eve', '{}'],
  ['PUT /named/{fullName}', '/named/Ann?full_name=Eve', '{}'],
  ['PUT /named/{fullName}', '/named/Ann', '{"full_name":"Eve"}'],
  ['GET /all/{prefix+}', '/all/x?prefix=y', undefined],
])('[grpc-json] a field of the path is what the path says: %s refuses %s (%s)', async (route, path, body) => {
  expect((await ask(route, path, body)).status).toBe(400);
  expect(seen).toEqual([]);
});

test('[grpc-json] a value that looks like a field of the path, and a field of a similar name, are neither', async () => {
  for (const query of ['tag=sku=b', 'tag=1%26sku=b', 'tag=x;sku=b', 'buyer.name=sku'])
    expect((await ask('GET /quotes/{sku}', `/quotes/a?${query}`)).status).toBe(200);
  for (const { message } of seen) expect(message.subarray(0, 3)).toEqual(text(1, 'a'));
  await ask('PUT /named/{fullName}', '/named/Ann', '{"fullName":"Eve"}');
  expect(seen.at(-1)!.message.toString('latin1')).toMatch(/Ann$/); // of a field that comes twice, the later holds
});

test('[grpc-json] a method that no route names is not asked, nor one by gRPC, nor past the filter', async () => {
  const others: [string, string, string | undefined, Record<string, string>][] = [
    ['GET /quotes/{sku}', '/v1/quotes/a', undefined, {}], // as its own annotation says
    ['POST /quotes', '/acme.Orders/Place', '{}', {}],
    ['POST /quotes', '/acme.Quotes/Drop', '{}', {}],
    ['POST /quotes', '/acme.Quotes/Get', '{}', {}],
  ];
  for (const [route, path, body, headers] of others) expect((await ask(route, path, body, headers)).status).toBe(404);
  const grpc = await ask('POST /quotes', '/quotes', '\0\0\0\0\0', { 'content-type': 'application/grpc', te: 'trailers' });
  expect(grpc.headers['grpc-status']).not.toBe('0');
  expect(seen).toEqual([]);
});

test('[grpc-json] a route that asks for a token asks for it before it looks at the JSON, and for what it becomes', async () => {
  expect((await ask('GET /mine/{sku}', '/mine/a')).status).toBe(401);
  const made = { port: front, method: 'POST', path: '/acme.Quotes/Get', headers: { 'x-edge-route': 'GET /mine/{sku}' } };
  const past = await trial.send({ ...made, headers: { ...made.headers, 'content-type': 'application/grpc', te: 'trailers' } });
  expect(past.headers['grpc-status']).toBe('16');
  expect(seen).toEqual([]);
});

test('[grpc-status] what became of JSON as gRPC is counted where it is made so, and logged by the service', async () => {
  const counter = 'cluster.gateway/web/quotes.grpc.5';
  const count = async () => Number((await trial.statistics('ingress', `^${counter}$`))[counter] ?? 0);
  const before = await count();
  say = (stream) => stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': 5 }, { endStream: true });
  await ask('GET /quotes/{sku}', '/quotes/a', undefined, { 'x-request-id': 'counted' });
  expect(await count()).toBe(before + 1);
  // What its clients get has no status of gRPC any more; Envoy would make one up of the status of HTTP.
  expect(await trial.logged(['ingress'], 'counted')).toMatchObject({ status: 404 });
  expect(await trial.logged(['ingress'], 'counted')).not.toHaveProperty('grpcStatus');
  expect(await trial.logged(['quotes'], 'counted')).toMatchObject({ status: 200, grpcStatus: 'NotFound' });
});

test("[grpc-json] the rules of the service hold for what it is asked: its method's timeout is a 504", async () => {
  say = (stream) => void wait(2_000, undefined, { ref: false }).then(() => stream.destroy());
  const { status, body } = await ask('DELETE /quotes/{sku}', '/quotes/a');
  expect([status, body]).toEqual([504, 'downstream duration timeout']);
  expect(seen.map(({ request }) => request)).toEqual(['POST /acme.Quotes/Drop']);
});

test('[grpc-json] an answer of up to 1 MiB is passed on, a larger one is a 500', async () => {
  const long = (length: number): Buffer =>
    Buffer.concat([Buffer.from([0x0a, 128 + (length % 128), 128 + ((length >> 7) % 128), length >> 14]), Buffer.alloc(length, 'x')]);
  say = messages(long(900_000));
  expect((await ask('GET /quotes/{sku}', '/quotes/a')).body).toHaveLength(900_000 + '{"sku":""}'.length);
  say = messages(long(1_100_000));
  expect((await ask('GET /quotes/{sku}', '/quotes/a')).status).toBe(500);
});
