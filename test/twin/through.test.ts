import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { rateLimitConfiguration } from '../../lib/engines/envoy/index.js';
import { CertificateAuthority } from '../../lib/twin/certificate-authority.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { portOf } from '../../lib/twin/ports.js';
import { reachedBy, systemRoots } from '../../lib/twin/through.js';
import { RateLimitService } from '../engines/envoy/rate-limit-service.js';

/** Servers of this test in the place of real hosts: all of them are `localhost`. */
let folder: string;
let twin: Twin;
const servers: Server[] = [];
const heard: string[] = [];
let connections = 0;
const before = process.env['SSL_CERT_FILE'];

const listening = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((done) => server.listen({ host: '127.0.0.1', port: 0 }, done));
  return portOf(server);
};

async function https(authority: CertificateAuthority, name: string): Promise<number> {
  const { certificate, privateKey } = await authority.issueHost(name);
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, ({ headers, url }, response) => {
    heard.push(`${name} ${url} ${headers.host?.replace(/:\d+$/, '')}`);
    response.end(JSON.stringify({ real: name }));
  });
  return listening(server);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'through-'));
  const [trusted, stranger] = await Promise.all(
    ['trusted', 'stranger'].map(() => CertificateAuthority.create(mkdtempSync(join(folder, 'ca-')))),
  );
  process.env['SSL_CERT_FILE'] = trusted!.roots;
  const ledger = createTcpServer((socket) => {
    connections += 1;
    socket.on('data', (data) => heard.push(data.toString()));
  });
  const at = { host: 'localhost', protocol: 'https' } as const;
  const architecture = resolve(
    defineArchitecture({
      name: 'shop',
      mesh: { defaults: { retries: false } },
      services: { orders: { calls: { stripe: {}, other: {}, strange: {}, saas: {}, ledger: {} } } },
      external: {
        stripe: { ...at, port: await https(trusted!, 'localhost') },
        other: { ...at, port: await https(trusted!, 'other.example') },
        strange: { ...at, port: await https(stranger!, 'localhost') },
        saas: { host: 'saas.example', protocol: 'https' },
        ledger: { host: 'localhost', protocol: 'tcp', port: await listening(ledger) },
      },
    }),
  );
  twin = await up(architecture, { through: ['stripe', 'other', 'strange', 'ledger'] });
});
afterAll(async () => {
  await twin?.stop();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env['SSL_CERT_FILE'];
  else process.env['SSL_CERT_FILE'] = before;
});

const orders = async () => new Map((await twin.run('orders')).map((report) => [report.to, report]));

test('who is let through answers itself, under its own name; who is not is a stub', async () => {
  const reports = await orders();
  expect(reports.get('stripe')).toMatchObject({ status: 200, answer: { real: 'localhost' } });
  expect(heard).toContain('localhost / localhost');
  expect(reports.get('saas')).toMatchObject({ status: 200, answer: { external: 'saas' } });
  expect([...twin.externals.keys()]).toEqual(['saas']);
});

test.each([
  ['other', 'whose certificate is for another name', 'ssl.fail_verify_san'],
  ['strange', 'whose root this system does not know', 'ssl.fail_verify_error'],
])('%s, %s, is refused', async (name, _, counter) => {
  expect((await orders()).get(name)).toMatchObject({ status: 503 });
  const statistics = await twin.statistics('orders-1', `cluster.external/${name}.${counter}`);
  expect(statistics[`cluster.external/${name}.${counter}`]).toBeGreaterThan(0);
  expect(heard.filter((each) => each.startsWith('other'))).toEqual([]);
});

test('a stub says nothing to a real host over bytes', async () => {
  expect((await orders()).get('ledger')).toMatchObject({ status: 'connected', answer: 'connected; nothing was said' });
  expect(connections).toBeGreaterThan(0);
  expect(heard.join()).not.toContain('hello');
});

test('what sidecars themselves ask is let through as well: who counts for all instances, and who collects traces', async () => {
  const traces: string[] = [];
  const collector = createHttpServer((request, response) => {
    traces.push(`${request.method} ${request.url}`);
    response.end();
  });
  const at = { host: 'localhost', protocol: 'http' } as const;
  const architectureAt = (limits: number, otel: number) =>
    resolve(
      defineArchitecture({
        name: 'limited',
        mesh: { rateLimitService: { to: 'limits', timeout: '10s', unavailable: 'refuse' } },
        observability: { traces: { to: 'otel', sample: 100 } },
        services: {
          client: { calls: { busy: { timeout: '20s' } } },
          busy: { listen: { protocol: 'http', port: 8080 }, globalRateLimit: { requests: 1, unit: 'day' } },
        },
        external: { limits: { ...at, port: limits }, otel: { ...at, port: otel } },
      }),
    );
  const counting = new RateLimitService(rateLimitConfiguration(architectureAt(1, 2))!);
  const architecture = architectureAt(await listening(counting.server as unknown as Server), await listening(collector));
  const limited = await up(architecture, { through: ['limits', 'otel'] });
  try {
    const statuses: unknown[] = [];
    for (let time = 0; time < 2; time += 1) statuses.push(...(await limited.run('client')).map(({ status }) => status));
    expect(statuses).toEqual([200, 429]);
    while (traces.length === 0) await wait(50);
    expect(traces[0]).toBe('POST /v1/traces');
  } finally {
    await limited.stop();
  }
});

describe('names', () => {
  const architecture = resolve(
    defineArchitecture({
      name: 'shop',
      services: { orders: {} },
      external: { stripe: { host: 'api.stripe.com', protocol: 'https' }, db: { protocol: 'tcp', port: 1 } },
    }),
  );
  const refused = (name: string) => () => reachedBy(architecture, ['stripe', name]);

  test('with a typo are told the nearest', () =>
    expect(refused('strpe')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_NAME', message: '"strpe" is not an external; did you mean "stripe"?' }),
    ));

  test('of services are none', () => expect(refused('orders')).toThrow('"orders" is not an external; allowed: db, stripe'));

  test('without a host say where to declare it', () =>
    expect(refused('db')).toThrow(
      expect.objectContaining({
        code: 'NO_HOST',
        message: 'db has no host to be let through to; declare external.db.host, or environments.local.external.db.host',
      }),
    ));

  test('stop a twin before anything is started', () => expect(up(architecture, { through: ['db'] })).rejects.toThrow('db has no host'));
});

describe('roots', () => {
  test('are those that SSL_CERT_FILE names', () => expect(systemRoots(folder, { SSL_CERT_FILE: __filename })).toBe(__filename));
  test("are else this system's, or those of Node", () => {
    const roots = readFileSync(systemRoots(folder, { SSL_CERT_FILE: '/nonexistent' }), 'utf8');
    expect(roots).toContain('BEGIN CERTIFICATE');
    expect(rootCertificates.length).toBeGreaterThan(50);
  });
});
