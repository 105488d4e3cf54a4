import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { CertificateAuthority, type CertificateFiles } from '../../lib/twin/certificate-authority.js';
import { requestDirectly } from '../../lib/twin/direct-request.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { type Asked, ask } from './client.js';

const mesh = 'spiffe://shop.local.mesh.internal';
let twin: Twin;

beforeAll(async () => {
  twin = await up(resolve(shop));
});
afterAll(() => twin?.stop());

/** How much each of these counters grows while it runs. */
async function growth(envoy: string, counters: readonly string[], task: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await twin.statistics(envoy);
  await task();
  const after = await twin.statistics(envoy);
  return Object.fromEntries(counters.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}

const ssl = (counter: string): string => `listener.inbound.ssl.${counter}`;
const toOrders = (path: string, certificate?: CertificateFiles, asked?: Asked) =>
  requestDirectly({ port: twin.instance('orders').inboundPort, path, certificate, ...asked });
const as = async (identity: string, path: string, asked?: Asked) => toOrders(path, await twin.authority.issueIdentity(identity), asked);

test('[access-by-caller] who is declared may ask for what is declared', async () => {
  expect(await as(`${mesh}/svc/nightly`, '/orders/42')).toMatchObject({ status: 200 });
});

describe('the handshake', () => {
  test('[mutual-tls] refuses whoever has no certificate', async () => {
    const refused = () => expect(toOrders('/orders/42')).rejects.toThrow(/certificate required|closed|reset/i);
    expect(await growth('orders-1', [ssl('fail_verify_no_cert')], refused)).toEqual({ [ssl('fail_verify_no_cert')]: 1 });
  });

  test('[mutual-tls] refuses plain text', async () => {
    const refused = () =>
      expect(ask(`http://127.0.0.1:${twin.instance('orders').inboundPort}/orders/42`)).rejects.toThrow(/hang up|reset|parse/i);
    expect(await growth('orders-1', [ssl('connection_error')], refused)).toEqual({ [ssl('connection_error')]: 1 });
  });

  test('[mutual-tls] refuses a certificate of another CA, even with the right identity', async () => {
    const rogue = await CertificateAuthority.create(twin.folder, 'rogue');
    const certificate = await rogue.issueIdentity(`${mesh}/svc/nightly`);
    const refused = () => expect(toOrders('/orders/42', certificate)).rejects.toThrow(/unknown ca|closed|reset/i);
    expect(await growth('orders-1', [ssl('fail_verify_error')], refused)).toEqual({ [ssl('fail_verify_error')]: 1 });
  });

  test.each([
    ['another service of the mesh, whose call is not declared', `${mesh}/svc/pricing`],
    ['the service itself', `${mesh}/svc/orders`],
    ['an identity that begins like a declared one', `${mesh}/svc/nightly2`],
    ['the same service of another environment', 'spiffe://shop.prod.mesh.internal/svc/nightly'],
  ])('[access-by-caller] refuses the identity of %s', async (_, identity) => {
    const refused = () => expect(as(identity, '/orders/42')).rejects.toThrow(/certificate|closed|reset/i);
    expect(await growth('orders-1', [ssl('fail_verify_san')], refused)).toEqual({ [ssl('fail_verify_san')]: 1 });
  });
});

describe('access', () => {
  const denied = 'http.inbound.rbac.denied';

  test('[access-by-request] refuses a request that is not admitted, of a caller that is', async () => {
    const refused = async () => expect(await as(`${mesh}/svc/nightly`, '/orders', { method: 'POST' })).toMatchObject({ status: 403 });
    expect(await growth('orders-1', [denied], refused)).toEqual({ [denied]: 1 });
  });

  test.each(['/orders', '/orders/', '/orders/42/items', '/orders-archive/42', '/Orders/42', '/'])(
    '[access-by-request] refuses the path %s, which only looks like /orders/{id}',
    async (path) => {
      const refused = async () => expect(await as(`${mesh}/svc/nightly`, path)).toMatchObject({ status: 403 });
      expect(await growth('orders-1', [denied], refused)).toEqual({ [denied]: 1 });
    },
  );

  test.each(['/orders/../admin', '/orders/%2e%2e/admin', '/orders/..;/admin'])(
    '[safe-defaults] refuses the path %s, which leads out of /orders',
    async (path) => {
      const refused = async () => expect(await as(`${mesh}/svc/nightly`, path)).toMatchObject({ status: 403 });
      expect(await growth('orders-1', [denied], refused)).toEqual({ [denied]: 1 });
    },
  );

  test.each(['/orders/..%2fadmin', '/orders/%5c../admin'])('[safe-defaults] refuses the path %s, whose slash is escaped', async (path) => {
    const counter = 'http.inbound.downstream_rq_failed_path_normalization';
    const refused = async () => expect(await as(`${mesh}/svc/nightly`, path)).toMatchObject({ status: 400 });
    expect(await growth('orders-1', [counter], refused)).toEqual({ [counter]: 1 });
  });

  test('[safe-defaults] refuses a header with an underscore, which some apps read as a dash', async () => {
    const counter = 'http2.requests_rejected_with_underscores_in_headers';
    const refused = () => as(`${mesh}/svc/nightly`, '/orders/42', { headers: { x_edge_principal: 'root' } }).catch(() => undefined);
    expect(await growth('orders-1', [counter], refused)).toEqual({ [counter]: 1 });
  });

  test('[gateway-identity] removes what only a gateway may say from what a service says', async () => {
    const { text } = await as(`${mesh}/svc/nightly`, '/orders/42', { headers: { 'x-edge-principal': 'root' } });
    expect(JSON.parse(text)).not.toHaveProperty('principal');
  });
});

test('[declared-egress] a service has no listener for what it does not declare', () => {
  expect([...twin.instance('nightly').localPorts.keys()]).toEqual(['orders']);
  expect([...twin.instance('pricing-v1').localPorts.keys()]).toEqual([]);
});

test('[safe-defaults] administration is on a Unix socket that only this user may open', async () => {
  const { statSync } = await import('node:fs');
  for (const { socket } of twin.envoys.filter(({ running }) => running)) expect(statSync(socket).mode & 0o777).toBe(0o600);
});

// Last, because it leaves catalog without a sidecar.
test('[mutual-tls] a callee that is not who it should be gets nothing from its caller', async () => {
  const catalog = twin.instance('catalog');
  await catalog.killSidecar();
  const files = await twin.authority.issueIdentity(`${mesh}/svc/pricing`);
  let received = 0;
  const impostor = createSecureServer({ cert: readFileSync(files.certificate), key: readFileSync(files.privateKey) }, (_, response) => {
    received += 1;
    response.end();
  });
  impostor.on('sessionError', () => {});
  await new Promise<void>((done) => impostor.listen(catalog.inboundPort, '127.0.0.1', done));
  try {
    const asking = async () =>
      expect(await ask(`http://127.0.0.1:${twin.instance('orders').localPorts.get('catalog')}/`)).toMatchObject({ status: 503 });
    const counter = 'cluster.catalog.ssl.fail_verify_san';
    // One try and one retry: it never reached an app, so it may be tried again.
    expect(await growth('orders-1', [counter], asking)).toEqual({ [counter]: 2 });
    expect(received).toBe(0);
  } finally {
    await new Promise((done) => impostor.close(done));
  }
});
