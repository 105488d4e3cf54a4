import { connect, createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { answerGrpc, frame } from '../../../lib/twin/grpc.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { pricing: { timeout: '700ms', idempotent: true, retries: { max: 1, on: ['unavailable'] } } } },
      pricing: {
        image: 'pricing',
        listen: { protocol: 'grpc', port: 9090 },
        outlierDetection: { errors: 1000 },
        access: { client: ['POST /acme.Pricing/{method}'] },
      },
    },
  }),
);
const [client, pricing] = architecture.services;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
/** What the app got since the test began, and what it does next. */
let seen: IncomingHttpHeaders[];
let cancelled: number;
let serve: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  local = trial.port();
  const inbound = trial.port();
  const server = createServer();
  server.on('stream', (stream, headers) => {
    seen.push(headers);
    stream.on('aborted', () => (cancelled += 1));
    stream.on('error', () => {});
    serve(stream, headers);
  });
  const app = await trial.listen(server);
  await trial.start({
    client: compileSidecar(
      architecture,
      client!.versions[0]!,
      trial.placement('client', { local: () => at(local), endpoints: () => ({ addresses: [at(inbound)] }) }),
    ),
    pricing: compileSidecar(architecture, pricing!.versions[0]!, trial.placement('pricing', { inbound: at(inbound), app: at(app.port) })),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
  cancelled = 0;
  serve = (stream) => answerGrpc(stream, 200, 'quoted');
});

/** A call as a gRPC client makes it: what came back, trailers and all. */
function call(path: string, headers: OutgoingHttpHeaders = {}): Promise<IncomingHttpHeaders & { readonly message: string }> {
  const session = connect(`http://127.0.0.1:${local}`);
  return new Promise<IncomingHttpHeaders & { message: string }>((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers });
    let said: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', (found) => (said = { ...said, ...found }));
    stream.on('trailers', (found) => (said = { ...said, ...found }));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => resolve({ ...said, message: Buffer.concat(chunks).subarray(5).toString('utf8') }));
    stream.end(frame(''));
  }).finally(() => session.destroy());
}

test('[grpc] a call passes both sidecars with its message, and its status in the trailers', async () => {
  expect(await call('/acme.Pricing/Quote')).toMatchObject({ ':status': 200, 'grpc-status': '0', message: 'quoted' });
  expect(seen).toMatchObject([{ ':method': 'POST', ':authority': 'pricing', te: 'trailers' }]);
});

test('[grpc] what is not admitted is PERMISSION_DENIED, in the words of gRPC', async () => {
  expect(await call('/acme.Admin/Drop')).toMatchObject({ ':status': 200, 'grpc-status': '7' });
  expect(await trial.statistics('pricing', 'http.inbound.rbac.denied')).toEqual({ 'http.inbound.rbac.denied': 1 });
  expect(seen).toEqual([]);
});

test.each([
  ['300m', { 'grpc-timeout': '300m' }],
  ['700m', { 'grpc-timeout': '60000m' }],
  ['700m', {}],
])('[grpc-timeout] the app reads the deadline %s', async (timeout, headers) => {
  await call('/acme.Pricing/Quote', headers);
  expect(seen).toMatchObject([{ 'grpc-timeout': timeout }]);
});

test('[grpc-timeout] a deadline of the request that is shorter than the rule holds, and the app learns that nobody waits', async () => {
  serve = async (stream) => {
    await wait(2_000, undefined, { ref: false });
    if (!stream.destroyed) answerGrpc(stream, 200, 'late');
  };
  const start = performance.now();
  expect(await call('/acme.Pricing/Quote', { 'grpc-timeout': '200m' })).toMatchObject({ 'grpc-status': '4' });
  expect(performance.now() - start).toBeLessThan(600);
  expect(await trial.statistics('client', 'http.to/pricing.downstream_rq_max_duration_reached')).toEqual({
    'http.to/pricing.downstream_rq_max_duration_reached': 1,
  });
  while (cancelled === 0) await wait(10);
});

test.each([
  ['with a longer deadline of its own', { 'grpc-timeout': '60S' }],
  ['without one', {}],
])('[grpc-timeout] a request %s ends with the rule, as DEADLINE_EXCEEDED', async (_how, headers) => {
  serve = () => {};
  const start = performance.now();
  expect(await call('/acme.Pricing/Quote', headers)).toMatchObject({ 'grpc-status': '4' });
  const took = performance.now() - start;
  expect([took > 650, took < 1_800]).toEqual([true, true]);
});

test('[grpc-status] how a call ended is counted on both sides by its status, and logged, while every answer is a 200', async () => {
  const counted = async (name: string, cluster: string): Promise<number[]> => {
    const names = [0, 7, 12].map((status) => `cluster.${cluster}.grpc.${status}`);
    const found = await trial.statistics(name, `^cluster.${cluster}.grpc`);
    return names.map((each) => Number(found[each] ?? 0));
  };
  const asked = async () => [await counted('client', 'pricing'), await counted('pricing', 'local/app')];
  const before = await asked();
  await call('/acme.Pricing/Quote', { 'x-request-id': 'well' });
  serve = (stream) => answerGrpc(stream, 404, '');
  await call('/acme.Pricing/Missing', { 'x-request-id': 'missing' });
  await call('/acme.Admin/Drop', { 'x-request-id': 'refused' });
  expect(await asked()).toEqual(before.map((counts) => counts.map((count) => count + 1)));
  const ended = { well: 'OK', missing: 'Unimplemented', refused: 'PermissionDenied' };
  for (const [id, grpcStatus] of Object.entries(ended))
    for (const name of ['client', 'pricing']) expect(await trial.logged([name], id)).toMatchObject({ status: 200, grpcStatus });
});
