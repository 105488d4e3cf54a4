import { request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, type MtlsSpec, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const architectureWith = (mtls: MtlsSpec<'orders' | 'prices'>) =>
  resolve(
    defineArchitecture({
      name: 'trial',
      mesh: { mtls },
      services: {
        client: { image: 'client', calls: { orders: {} } },
        stranger: { image: 'stranger' },
        orders: { image: 'orders', listen: { protocol: 'http', port: 8080 }, access: { client: ['GET /orders/{id}'] } },
        prices: { image: 'prices', listen: { protocol: 'http', port: 8081 } },
      },
    }),
  );
const at = (port: number) => ({ address: '127.0.0.1', port });

interface Running {
  readonly trial: Trial;
  readonly identity: (name: string) => string;
  readonly inbound: (name: string) => number;
  /** Where the client's app asks for orders. */
  readonly local: number;
}

/** What the app got since it was looked at last. */
let seen: Record<string, unknown>[] = [];

async function run(mtls: MtlsSpec<'orders' | 'prices'>): Promise<Running> {
  const architecture = architectureWith(mtls);
  const named = (name: string) => architecture.services.find((each) => each.name === name)!;
  const trial = await Trial.of(architecture);
  const app = await trial.app((asked, response) => {
    seen.push({ url: asked.url, ...asked.headers });
    response.end();
  });
  const ports = new Map(['orders', 'prices'].map((name) => [name, trial.port()]));
  const local = trial.port();
  const placed = {
    client: { local: () => at(local), endpoints: () => ({ addresses: [at(ports.get('orders')!)] }) },
    orders: { inbound: at(ports.get('orders')!), app: at(app.port) },
    prices: { inbound: at(ports.get('prices')!), app: at(app.port) },
  };
  const compiled = Object.entries(placed).map(
    ([name, own]) => [name, compileSidecar(architecture, named(name).versions[0]!, trial.placement(name, own))] as const,
  );
  await trial.start(Object.fromEntries(compiled)).catch(async (error: unknown) => {
    await trial.stop();
    throw error;
  });
  return { trial, identity: (name) => named(name).identity, inbound: (name) => ports.get(name)!, local };
}

/** A plaintext request from an address of this machine; why there was no answer, where there was none. */
const plain = (port: number, path: string, from: string, headers: Record<string, string> = {}): Promise<number | string> =>
  new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, localAddress: from, agent: false, timeout: 5_000 }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode!));
    });
    sent.on('timeout', () => sent.destroy(new Error('silence')));
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end();
  });

async function grown(trial: Trial, envoy: string, counter: string, task: () => Promise<unknown>): Promise<number> {
  const count = async () => (await trial.statistics(envoy, counter))[counter] ?? 0;
  const before = await count();
  await task();
  return (await count()) - before;
}

beforeEach(() => {
  seen = [];
});

describe('permissive', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run({
      permissive: {
        until: '2027-03-31',
        clients: {
          legacy: { from: ['127.0.0.2/32', '127.1.0.0/16'], to: ['orders'] },
          reports: { from: ['127.0.0.3/32'], to: ['orders'] },
        },
      },
    });
  });
  afterAll(() => running?.trial.stop());

  test('[mtls-permissive] a named client asks in plaintext, from its own addresses, and is counted by name', async () => {
    const { trial, inbound } = running;
    expect(await plain(inbound('orders'), '/orders/1', '127.0.0.2')).toBe(200);
    expect(await plain(inbound('orders'), '/orders/1', '127.1.2.3')).toBe(200);
    expect(await plain(inbound('orders'), '/anything', '127.0.0.3')).toBe(200);
    expect(await trial.statistics('orders', '^http.plaintext/.*downstream_rq_2xx')).toEqual({
      'http.plaintext/legacy.downstream_rq_2xx': 2,
      'http.plaintext/reports.downstream_rq_2xx': 1,
    });
  });

  test('[mtls-permissive] whoever else speaks plaintext is closed at once, and counted', async () => {
    const { trial, inbound } = running;
    const refused = async () => expect(await plain(inbound('orders'), '/orders/1', '127.0.0.1')).toBe('ECONNRESET');
    expect(await grown(trial, 'orders', 'listener.inbound.no_filter_chain_match', refused)).toBe(1);
    expect(seen).toEqual([]);
  });

  test('[mtls-permissive] a service that no plaintext client names is as strict as ever', async () => {
    const { trial, inbound } = running;
    const refused = async () => expect(await plain(inbound('prices'), '/', '127.0.0.2')).toMatch(/ECONNRESET|hang up|Parse/);
    expect(await grown(trial, 'prices', 'listener.inbound.ssl.connection_error', refused)).toBe(1);
  });

  test('a client in the mesh asks by mutual TLS meanwhile, and its access holds', async () => {
    const { trial, local, identity, inbound } = running;
    expect(await trial.send({ port: local, path: '/orders/1' })).toMatchObject({ status: 200 });
    expect(seen[0]!['x-forwarded-client-cert']).toContain(`URI=${identity('client')}`);
    const asked = { port: inbound('orders'), path: '/other' };
    const refused = async () => expect(await trial.sendAs(identity('client'), asked)).toMatchObject({ status: 403 });
    expect(await grown(trial, 'orders', 'http.inbound.rbac.denied', refused)).toBe(1);
    await expect(trial.sendAs(identity('stranger'), asked)).rejects.toThrow();
  });

  test('TLS without a certificate is no plaintext: it is refused, from a named address too', async () => {
    const { trial, inbound } = running;
    const refused = () =>
      new Promise((resolve) => {
        const socket = connectTls({
          port: inbound('orders'),
          host: '127.0.0.1',
          localAddress: '127.0.0.2',
          rejectUnauthorized: false,
        } as never);
        socket.on('error', resolve).on('close', resolve);
      });
    expect(await grown(trial, 'orders', 'listener.inbound.ssl.fail_verify_no_cert', refused)).toBe(1);
  });

  test('what a plaintext client says of itself and of clients does not reach the app', async () => {
    const headers = {
      'x-forwarded-client-cert': `URI=${running.identity('client')}`,
      'x-edge-principal': 'root',
      'x-envoy-max-retries': '9',
    };
    expect(await plain(running.inbound('orders'), '/', '127.0.0.2', headers)).toBe(200);
    expect(Object.keys(seen[0]!)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^x-(forwarded-client-cert|edge-|envoy-max)/)]),
    );
    expect(seen[0]).not.toHaveProperty('x-forwarded-client-cert');
    expect(seen[0]).not.toHaveProperty('x-edge-principal');
    expect(seen[0]).not.toHaveProperty('x-envoy-max-retries');
  });

  test.each(['/orders/..%2fadmin', '/%5c../admin'])('a path that can be read in two ways is refused in plaintext too: %s', async (path) => {
    expect(await plain(running.inbound('orders'), path, '127.0.0.2')).toBe(400);
  });
});

describe('off', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run('off');
  });
  afterAll(() => running?.trial.stop());

  test('[mtls-off] sidecars speak plaintext, and whoever connects may ask what some caller may', async () => {
    const { trial, local } = running;
    expect(await trial.send({ port: local, path: '/orders/1' })).toMatchObject({ status: 200 });
    expect(seen[0]).not.toHaveProperty('x-forwarded-client-cert');
    expect(await trial.statistics('orders', 'listener.inbound.ssl.handshake')).toEqual({});
    const refused = async () => expect(await trial.send({ port: local, path: '/admin' })).toMatchObject({ status: 403 });
    expect(await grown(trial, 'orders', 'http.inbound.rbac.denied', refused)).toBe(1);
  });
});
