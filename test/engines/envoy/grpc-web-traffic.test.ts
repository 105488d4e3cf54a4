import { request } from 'node:http';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { frame, grpcServer } from '../../../lib/twin/grpc.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: { quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 } } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        routes: {
          'POST /acme.Quotes/Get': { to: 'quotes', grpcWeb: true },
          'POST /acme.Quotes/List': { to: 'quotes' },
        },
      },
    },
  }),
);
const [quotes] = architecture.services;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let front: number;
let seen: { readonly url: string; readonly type: string | undefined }[];
let status: number;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  front = trial.port();
  const inbound = trial.port();
  const app = await trial.listen(
    grpcServer(async ({ url, headers }) => {
      seen.push({ url, type: headers['content-type'] });
      return { status, text: 'quoted' };
    }),
  );
  await trial.start({
    ingress: compileIngress(
      architecture,
      trial.placement('ingress', { front: () => at(front), endpoints: () => ({ addresses: [at(inbound)] }) }),
    ),
    quotes: compileSidecar(architecture, quotes!.versions[0]!, trial.placement('quotes', { inbound: at(inbound), app: at(app.port) })),
  });
});

afterAll(() => trial.stop());
beforeEach(() => {
  seen = [];
  status = 200;
});

interface Said {
  readonly status: number;
  readonly type: string | undefined;
  /** The message, and the trailers, which gRPC-Web writes after it. */
  readonly message: string;
  readonly trailers: string;
}

/** Calls as a browser does, over HTTP/1.1, by way of a gateway. */
function call(method: string, text = false): Promise<Said> {
  const type = text ? 'application/grpc-web-text' : 'application/grpc-web+proto';
  const headers = { 'content-type': type, accept: type, 'x-edge-route': `POST /acme.Quotes/${method}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: front, method: 'POST', path: `/acme.Quotes/${method}`, headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          resolve({ status: answer.statusCode!, type: answer.headers['content-type'], ...parsed(text ? decoded(body.toString()) : body) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(text ? frame('').toString('base64') : frame(''));
  });
}

/** Message and trailers are encoded each for itself, with padding between them. */
const decoded = (text: string): Buffer => Buffer.concat((text.match(/.{4}/g) ?? []).map((four) => Buffer.from(four, 'base64')));

function parsed(body: Buffer): Pick<Said, 'message' | 'trailers'> {
  const length = body.length < 5 ? 0 : body.readUInt32BE(1);
  return { message: body.subarray(5, 5 + length).toString(), trailers: body.subarray(10 + length).toString() };
}

test.each([
  ['binary', false],
  ['text', true],
])('[grpc-web] a call of a browser, in %s, is gRPC to the service, and its trailers are in the body', async (_form, text) => {
  const said = await call('Get', text);
  expect(said).toMatchObject({ status: 200, message: 'quoted' });
  expect(said.type).toMatch(/^application\/grpc-web/);
  expect(said.trailers).toContain('grpc-status:0');
  expect(seen).toEqual([{ url: '/acme.Quotes/Get', type: 'application/grpc' }]);
});

test('[grpc-web] where a route does not say so, nothing is translated', async () => {
  await call('List');
  expect(seen).toEqual([{ url: '/acme.Quotes/List', type: 'application/grpc-web+proto' }]);
});
