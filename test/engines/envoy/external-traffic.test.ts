import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer, connect as dial } from 'node:net';
import { createServer as createSecureServer, connect as secure } from 'node:tls';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Call, defineArchitecture, resolve } from '../../../lib/index.js';
import { CertificateAuthority } from '../../../lib/twin/certificate-authority.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: {
        image: 'client',
        calls: { stripe: { retries: { max: 1, on: ['unavailable'] } }, impostor: {}, unvouched: {}, ordersDb: {}, monolith: {}, vault: {} },
      },
    },
    external: {
      stripe: { host: 'api.stripe.example', protocol: 'https' },
      impostor: { host: 'api.impostor.example', protocol: 'https' },
      unvouched: { host: 'api.unvouched.example', protocol: 'https' },
      ordersDb: { host: 'db.example', protocol: 'tcp', port: 5432 },
      monolith: { host: 'legacy.internal', protocol: 'http' },
      vault: { host: 'vault.example', protocol: 'tls' },
    },
  }),
);
const client = architecture.services[0]!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: ReadonlyMap<string, number>;
/** What the hosts outside got since the test began, and what they answer next. */
let seen: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
let answer: { readonly status: number; readonly headers?: Record<string, string> };

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const { certificate, privateKey } = await trial.authority.issueHost('api.stripe.example');
  const vault = await trial.authority.issueHost('vault.example');
  const take = (request: { url?: string | undefined; headers: IncomingHttpHeaders }) =>
    seen.push({ url: request.url!, headers: request.headers });
  const outside = {
    // The impostor's host shows a certificate of the same authority for another name.
    https: await trial.listen(
      createTlsServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, (request, response) => {
        take(request);
        response.writeHead(answer.status, answer.headers).end();
      }),
    ),
    http: await trial.app((request, response) => {
      take(request);
      response.end();
    }),
    tcp: await trial.listen(createServer((socket) => socket.end('5432 says hello\n'))),
    tls: await trial.listen(
      createSecureServer({ cert: readFileSync(vault.certificate), key: readFileSync(vault.privateKey) }, (socket) => {
        socket.end('the vault says hello\n');
      }),
    ),
  };
  const rogue = await (await CertificateAuthority.create(trial.folder, 'rogue')).issueHost('api.unvouched.example');
  const unvouched = await trial.listen(
    createTlsServer({ cert: readFileSync(rogue.certificate), key: readFileSync(rogue.privateKey) }, (request, response) => {
      take(request);
      response.end();
    }),
  );
  local = new Map(architecture.calls.map(({ to }) => [to, trial.port()]));
  const sidecar = trial.placement('client', {
    local: ({ to }: Call) => at(local.get(to)!),
    external: ({ name, host, protocol }) => ({
      addresses: [at((name === 'unvouched' ? unvouched : outside[protocol]).port)],
      sni: host!,
      roots: { filename: trial.authority.roots },
    }),
  });
  await trial.start({ client: compileSidecar(architecture, client.versions[0]!, sidecar) });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
  answer = { status: 200 };
});

const send = (to: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  trial.send({ port: local.get(to)!, method, path, headers });

test('[tls-origination] a host outside is asked over TLS, by its own name, for the very path the app wrote', async () => {
  expect(await send('stripe', '/v1/%2e%2e//a%2Fb?q=%20')).toMatchObject({ status: 200 });
  expect(seen).toMatchObject([{ url: '/v1/%2e%2e//a%2Fb?q=%20', headers: { host: 'api.stripe.example' } }]);
});

test('[externals] what the mesh says to itself stays inside', async () => {
  await send('monolith', '/', { 'x-edge-principal': 'alice', 'x-envoy-max-retries': '9', 'x-request-id': 'one' });
  expect(Object.keys(seen[0]!.headers).sort()).toEqual(['host', 'x-forwarded-proto', 'x-request-id']);
});

test('[tls-origination] a host whose certificate is for another name is not asked', async () => {
  expect(await send('impostor', '/')).toMatchObject({ status: 503 });
  expect(seen).toEqual([]);
  const counted = await trial.statistics('client', 'cluster.external/impostor.ssl.fail_verify_san');
  expect(counted['cluster.external/impostor.ssl.fail_verify_san']).toBeGreaterThan(0);
});

test('[tls-origination] a host whose certificate no known root vouches for is not asked', async () => {
  expect(await send('unvouched', '/')).toMatchObject({ status: 503 });
  expect(seen).toEqual([]);
  const counted = await trial.statistics('client', 'cluster.external/unvouched.ssl.fail_verify_error');
  expect(counted['cluster.external/unvouched.ssl.fail_verify_error']).toBeGreaterThan(0);
});

test('[externals] a host outside cannot claim that it did not see a POST', async () => {
  answer = { status: 503, headers: { 'x-mesh-unprocessed': 'true' } };
  await send('stripe', '/v1/charges', {}, 'POST');
  expect(seen).toHaveLength(1);
});

test('[externals] a database that speaks first is heard', async () => {
  const heard = await new Promise((resolve) => dial(local.get('ordersDb')!, '127.0.0.1').on('data', (data) => resolve(data.toString())));
  expect(heard).toBe('5432 says hello\n');
});

describe('TLS of the app itself', () => {
  /** What the app hears through its sidecar when it asks for this name and verifies the certificate, or why it does not. */
  const ask = (servername: string) =>
    new Promise<string>((resolve) => {
      const ca = readFileSync(trial.authority.roots);
      const socket = secure({ host: '127.0.0.1', port: local.get('vault')!, servername, ca });
      socket.on('data', (data) => resolve(data.toString().trim()));
      socket.on('error', (error) => resolve(`refused: ${(error as { code?: string }).code}`));
    });

  test('[tls-passthrough] it ends at the host, whose certificate the app verifies itself', async () => {
    expect(await ask('vault.example')).toBe('the vault says hello');
    expect(await trial.statistics('client', 'cluster.external/vault.ssl.handshake')).toEqual({});
  });

  test('[tls-passthrough] what asks for another name, or is no TLS, is closed before the host is asked', async () => {
    const counter = 'listener.to/vault.no_filter_chain_match';
    const connected = 'cluster.external/vault.upstream_cx_total';
    const before = await trial.statistics('client', connected);
    expect(await ask('elsewhere.example')).toBe('refused: ECONNRESET');
    const plain = await new Promise((resolve) => {
      const socket = dial(local.get('vault')!, '127.0.0.1').on('close', () => resolve('closed'));
      socket.on('data', resolve).on('error', () => {});
      socket.write('GET / HTTP/1.1\r\nhost: vault.example\r\n\r\n');
    });
    expect(plain).toBe('closed');
    expect(await trial.statistics('client', counter)).toEqual({ [counter]: 2 });
    expect(await trial.statistics('client', connected)).toEqual(before);
  });
});

test('the app may speak HTTP/2 to its sidecar', async () => {
  const session = connect(`http://127.0.0.1:${local.get('monolith')}`);
  const status = await new Promise((resolve, reject) => {
    session.on('error', reject);
    session
      .request({ ':path': '/two' })
      .on('response', (headers) => resolve(headers[':status']))
      .on('error', reject)
      .end();
  });
  session.destroy();
  expect({ status, url: seen[0]!.url }).toEqual({ status: 200, url: '/two' });
});
